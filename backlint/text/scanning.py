"""A body as a list of lines, each with what it is.

People write headings in many disguises (bold lines, labels, underlined lines, cells of a table); here they all become
headings, so that nothing above has to know.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from backlint.text.labels import LONGEST_BOLD_HEADING, LONGEST_LABEL, emphasised, label_of
from backlint.text.lexicon import Topic, fold, may_be_bare, topic_of, topic_of_bare_line
from backlint.text.lines import BOLD_LEVEL, CODE, HEADING, ITEM, LABEL_LEVEL, PROSE, QUOTE, Line
from backlint.text.markdown import plain
from backlint.text.tables import rows_of

TAB = 4

_ITEM = re.compile(
    r"(?:[-*+\u2022\u00b7\u25aa\u25e6\u2023\u2013]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])(?:\s+|$|(?=\[[ xX]?\]))"
)
_BOX = re.compile(r"(?:\[([ xX]?)\]|([\u2610\u2611\u2705\u2714]))(?:\s+|$)")
_ATX = re.compile(r"`?(#{1,6})`?[ \t]+(\S.*)|(#{2,6})([^#\s].*)")
_AFTER_A_NUMBER = frozenset(".)")
"""`a.` and `b)` number the items of a list; other letters begin sentences, as most lines do."""
_SETEXT = re.compile(r"=+|-{3,}")
_RULE = re.compile(r"([-*_] ?){3,}")
_TAG_HEADING = re.compile(r"<h([1-6])>([^<\n]{1,200})", re.IGNORECASE)
_TAG_ITEM = re.compile(r"<li>", re.IGNORECASE)


def scan(source: str) -> list[Line]:
    """The lines of a tidy body, in order; blank lines and rules only leave gaps."""
    found: list[Line] = []
    table: list[str] = []
    gap = False
    raws = iter(source.split("\n"))
    for raw in raws:
        line = raw.strip()
        if table and line[:1] != "|":
            found += rows_of(table)
            table = []
        if not line:
            gap = True
        elif line[0].isalpha() and line[1:2] not in _AFTER_A_NUMBER:
            found += _heading_in_disguise(line, gap)
            gap = False
        elif line.startswith(("```", "~~~")):
            found += _code(line, raws, gap)
        elif line[0] == "|" and line.count("|") > 1:
            table.append(line)
        elif line[0] in "=-" and _underlines(line, found, gap=gap):
            found.append(_underlined(found.pop(), line))
        elif line[0] in "-*_" and _RULE.fullmatch(line):
            gap = True
        else:
            found += _told(line, _indent(raw) if raw[0].isspace() else 0, gap)
            gap = False
    found += rows_of(table)
    for told, folded in zip(found, fold("\n".join([told.text for told in found])).split("\n"), strict=False):
        told.folded = folded
    return found


def _code(opening: str, raws: Iterator[str], gap: bool) -> Iterable[Line]:
    """The lines down to the end of the fence, unless it closes on its own line: ```` ```a``` ````."""
    fence = opening[: len(opening) - len(opening.lstrip(opening[0]))]
    inside = opening.strip("`~ ")
    if inside and opening.endswith(fence):
        yield Line(CODE, inside, inside, gap=gap)
        return
    for raw in raws:
        line = raw.strip()
        if line.startswith(fence) and not line.strip("`~"):
            return
        if line:
            yield Line(CODE, line, line)


def _indent(raw: str) -> int:
    wide = raw.expandtabs(TAB)
    return len(wide) - len(wide.lstrip())


def _underlines(line: str, found: list[Line], *, gap: bool) -> bool:
    """Whether the line is the underline of a heading: the line above is short, prose, and right above it."""
    if gap or not found or not _SETEXT.fullmatch(line):
        return False
    above = found[-1]
    return above.mark is PROSE and len(above.text) <= LONGEST_BOLD_HEADING and (above.gap or len(found) == 1)


def _underlined(above: Line, line: str) -> Line:
    return Line(HEADING, above.text, above.raw, 1 if line[0] == "=" else 2, None, above.gap, topic_of(above.text))


def _told(line: str, indent: int, gap: bool) -> Iterable[Line]:
    """What one line says: one `Line`, or two where a label and its content share it."""
    first = line[0]
    if first == ">":
        quoted = line.lstrip("> ")
        return (Line(QUOTE, plain(quoted), line, 0, None, gap),) if quoted else ()
    if first in "#`" and (marked := _marked_heading(line)):
        level, text, topic, rest = marked
        heading = Line(HEADING, text, line, level, None, gap, topic)
        return (heading, Line(ITEM, plain(rest), rest, 1)) if rest else (heading,)
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


@lru_cache(maxsize=1024)
def _marked_heading(line: str) -> tuple[int, str, Topic | None, str] | None:
    """Level, words and topic of a `# heading`, and what follows its label; kept, as templates repeat their headings."""
    atx = _ATX.match(line)
    if atx is None:
        return None
    words, level = atx[2] or atx[4], len(atx[1] or atx[3])
    text = plain(words.rstrip("#"))
    topic = topic_of(text)
    label = None if topic else label_of(words)
    return (level, *label[:2], label[2]) if label and label[2] else (level, text, topic, "")


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
