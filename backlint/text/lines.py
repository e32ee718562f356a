"""A body as a list of lines, each with what it is: heading, list item, code, quote, table row, or prose.

People write headings in many disguises (bold lines, labels, underlined lines, cells of a table); here they all become
headings, so that nothing above has to know.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from backlint.text.labels import LONGEST_BOLD_HEADING, LONGEST_LABEL, emphasised, label_of
from backlint.text.lexicon import Topic, may_be_bare, topic_of, topic_of_bare_line, topic_of_label
from backlint.text.markdown import plain

BOLD_LEVEL = 7
LABEL_LEVEL = 8
TAB = 4


class Mark(IntEnum):
    """What a line is."""

    PROSE = 0
    ITEM = 1
    HEADING = 2
    CODE = 3
    QUOTE = 4
    ROW = 5


PROSE, ITEM, HEADING, CODE, QUOTE, ROW = Mark
WORDS = (PROSE, ITEM)
"""The marks of lines that people write sentences in. A tuple: it is asked of every line, and compared by identity."""


class Line(NamedTuple):
    """One line that says something, or tries to.

    `raw` is a piece of the body as it was written; `text` is the same without markup. `level` is a heading's depth
    from 1 (bold lines and labels are below all real headings) or a list item's indentation. `checked` is the state of
    a task, `None` where there is no box. `gap` says that a blank line stands above.
    """

    mark: Mark
    text: str
    raw: str
    level: int = 0
    checked: bool | None = None
    gap: bool = False
    topic: Topic | None = None


_ITEM = re.compile(
    r"(?:[-*+\u2022\u00b7\u25aa\u25e6\u2023\u2013]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])(?:\s+|$|(?=\[[ xX]?\]))"
)
_BOX = re.compile(r"(?:\[([ xX]?)\]|([\u2610\u2611\u2705\u2714]))(?:\s+|$)")
_ATX = re.compile(r"`?(#{1,6})`?[ \t]+(\S.*)|(#{2,6})([^#\s].*)")
_SETEXT = re.compile(r"=+|-{3,}")
_RULE = re.compile(r"([-*_] ?){3,}")
_CELLS_ONLY_DASHES = re.compile(r"[|:\- \t]+")
_TAG_HEADING = re.compile(r"<h([1-6])>([^<\n]{1,200})", re.IGNORECASE)
_TAG_ITEM = re.compile(r"<li>", re.IGNORECASE)


def scan(source: str) -> list[Line]:
    """The lines of a tidy body, in order; blank lines and rules only leave gaps."""
    page = _Page()
    for raw in source.split("\n"):
        page.take(raw)
    page.end_table()
    return page.found


@dataclass
class _Page:
    """What was read so far, and what is open: a table, a fence of code, a gap above the next line."""

    found: list[Line] = field(default_factory=list[Line])
    table: list[str] = field(default_factory=list[str])
    fence: str = ""
    gap: bool = False

    def take(self, raw: str) -> None:
        """Read one more line."""
        line = raw.strip()
        if self.table and not line.startswith("|"):
            self.end_table()
        if self.fence:
            self._code(line)
        elif not line:
            self.gap = True
        elif line.startswith(("```", "~~~")):
            self._open_fence(line)
        elif line[0] == "|" and line.count("|") > 1:
            self.table.append(line)
        elif line[0] in "=-" and _underlines(line, self.found, gap=self.gap):
            above = self.found.pop()
            level = 1 if line[0] == "=" else 2
            self.found.append(above._replace(mark=HEADING, level=level, topic=topic_of(above.text)))
        else:
            self._words(line, raw)

    def end_table(self) -> None:
        """Read the rows that were collected."""
        self.found.extend(_rows(self.table))
        self.table = []

    def _code(self, line: str) -> None:
        if line.startswith(self.fence) and not line.strip("`~"):
            self.fence = ""
        elif line:
            self.found.append(Line(CODE, line, line))

    def _open_fence(self, line: str) -> None:
        """Open a fence, unless it closes on its own line: ```` ```a``` ````."""
        fence = line[: len(line) - len(line.lstrip(line[0]))]
        inside = line.strip("`~ ")
        if line.endswith(fence) and inside:
            self.found.append(Line(CODE, inside, inside, gap=self.gap))
        else:
            self.fence = fence

    def _words(self, line: str, raw: str) -> None:
        if line[0] in "-*_" and _RULE.fullmatch(line):
            self.gap = True
            return
        indent = _indent(raw) if raw[0].isspace() else 0
        if _is_plain(line):
            self.found.extend(_heading_in_disguise(line, self.gap))
        else:
            self.found.extend(_told(line, indent, self.gap))
        self.gap = False


def _indent(raw: str) -> int:
    wide = raw.expandtabs(TAB)
    return len(wide) - len(wide.lstrip())


def _is_plain(line: str) -> bool:
    """Whether the line begins as sentences do: with a letter, and not as `a.` and `b)` do."""
    return line[0].isalpha() and line[1:2] not in (".", ")")


def _underlines(line: str, found: list[Line], *, gap: bool) -> bool:
    """Whether the line is the underline of a heading: the line above is short, prose, and right above it."""
    if gap or not found or not _SETEXT.fullmatch(line):
        return False
    above = found[-1]
    return above.mark is PROSE and len(above.text) <= LONGEST_BOLD_HEADING and (above.gap or len(found) == 1)


def _told(line: str, indent: int, gap: bool) -> Iterable[Line]:
    """What one line says: one `Line`, or two where a label and its content share it."""
    first = line[0]
    if first == ">":
        quoted = line.lstrip("> ")
        return (Line(QUOTE, plain(quoted), line, 0, None, gap),) if quoted else ()
    if first in "#`" and (atx := _ATX.match(line)):
        return _heading(line, atx, gap)
    if first == "<":
        if tagged := _TAG_HEADING.match(line):
            text = plain(tagged[2])
            return (Line(HEADING, text, line, int(tagged[1]), None, gap, topic_of(text)),)
        if tag := _TAG_ITEM.match(line):
            line = "- " + line[tag.end() :]
    item = _ITEM.match(line)
    box = _BOX.match(line, item.end() if item else 0)
    begun = box or item
    return _item(line, line[begun.end() :], indent, box, gap) if begun else _heading_in_disguise(line, gap)


def _heading(line: str, atx: re.Match[str], gap: bool) -> Iterable[Line]:
    words, level = atx[2] or atx[4], len(atx[1] or atx[3])
    text = plain(words.rstrip("#"))
    topic = topic_of(text)
    label = None if topic else label_of(words)
    if label and label[2]:
        heading = Line(HEADING, label[0], line, level, None, gap, label[1])
        return heading, Line(ITEM, plain(label[2]), label[2], 1)
    return (Line(HEADING, text, line, level, None, gap, topic),)


def _item(line: str, rest: str, indent: int, box: re.Match[str] | None, gap: bool) -> Iterable[Line]:
    if box:
        checked = (box[1] or "").strip() != "" or (box[2] or "\u2610") != "\u2610"
        return (Line(ITEM, plain(rest), line, indent, checked, gap),)
    label = label_of(rest)
    if not label:
        return (Line(ITEM, plain(rest), line, indent, None, gap),)
    heading = Line(HEADING, label[0], line, LABEL_LEVEL + indent, None, gap, label[1])
    return (heading, Line(ITEM, plain(label[2]), label[2], indent + 1)) if label[2] else (heading,)


def _heading_in_disguise(line: str, gap: bool) -> Iterable[Line]:
    """Bold lines, labels, and lines that are a known heading's words and nothing else; else prose."""
    label = label_of(line)
    if label:
        heading = Line(HEADING, label[0], line, LABEL_LEVEL, None, gap, label[1])
        return (heading, *_told(label[2], 0, gap=False)) if label[2] else (heading,)
    text = plain(line)
    bold = emphasised(line) if line[0] in "*_" else ""
    if bold:
        topic = topic_of(text)
        if topic or bold == "bold":
            return (Line(HEADING, text.rstrip(": "), line, BOLD_LEVEL, None, gap, topic),)
    topic = topic_of_bare_line(text) if len(text) <= LONGEST_LABEL and may_be_bare(text) else None
    if topic:
        return (Line(HEADING, text, line, LABEL_LEVEL, None, gap, topic),)
    return (Line(PROSE, text, line, 0, None, gap),)


def _rows(table: list[str]) -> Iterator[Line]:
    """A table. A column or a row that is headed by a known topic becomes a section; other rows stay rows."""
    if not table:
        return
    rows = [[plain(cell) for cell in row.strip("|").split("|")] for row in table if not _is_ruler(row)]
    raws = [row for row in table if not _is_ruler(row)]
    head = rows[0] if rows and len(rows) < len(table) else []
    topical = {column: topic for column, cell in enumerate(head) if (topic := topic_of_label(cell))}
    for column, topic in topical.items():
        yield Line(HEADING, head[column], raws[0], LABEL_LEVEL, topic=topic)
        for row, raw in zip(rows[1:], raws[1:], strict=True):
            if column < len(row) and row[column]:
                yield Line(ITEM, row[column], raw)
    for row, raw in zip(rows[bool(head) :], raws[bool(head) :], strict=True):
        topic_here = topic_of_label(row[0]) if row else None
        if topic_here and not topical:
            yield Line(HEADING, row[0], raw, LABEL_LEVEL, topic=topic_here)
            yield from (Line(ITEM, cell, raw) for cell in row[1:] if cell)
        elif not topical:
            yield Line(ROW, " ".join(cell for cell in row if cell), raw)


def _is_ruler(row: str) -> bool:
    return "-" in row and bool(_CELLS_ONLY_DASHES.fullmatch(row))
