"""Jira's wiki markup to Markdown, in one pass: linear in the text, whatever was pasted into it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import takewhile

from backlint.markup.inline import fenced, quoted, table
from backlint.markup.wikiline import line_to_markdown

_COLOUR = re.compile(r"(?<!\\)\{color(?::[^}\n]{1,30})?\}", re.IGNORECASE)
_MACRO = re.compile(r"(?<!\\)\{(code|noformat|quote|panel|expand)(?::([^}\n]{0,500}))?\}", re.IGNORECASE)
_LANGUAGE = re.compile(r"(?:^|\|)(?:language=)?([A-Za-z0-9+#-]{1,20})(?=$|\|)")
_TITLE = re.compile(r"(?:^|\|)title=([^|}]*)")
_HEADING = re.compile(r"h([1-6])\.\s*(.*)$")
_LIST = re.compile(r"(?!-{2,3}\s)([*#-]{1,9})\s+(\S.*)$")
_RULE = re.compile(r"-{4,}\s*$")

VERBATIM = ("code", "noformat")


class _Is(Enum):
    """What a piece of a text is."""

    LINES = auto()
    BLOCK = auto()
    QUOTATION_MARK = auto()


@dataclass
class _Page:
    """What was written so far: finished blocks, and the one that is open."""

    done: list[str] = field(default_factory=list[str])
    lines: list[str] = field(default_factory=list[str])
    rows: list[list[str]] = field(default_factory=list[list[str]])
    has_head: bool = False
    marker: str = ""
    """The marker of the last item of the open list, such as `*#`; `""`: no list is open."""
    counts: list[int] = field(default_factory=list[int])
    """How many items each level of the open list has."""

    def close(self) -> None:
        if self.rows:
            self.done.append(table(self.rows, self.has_head))
        if self.lines:
            self.done.append("\n".join(self.lines))
        self.lines, self.rows, self.counts, self.marker, self.has_head = [], [], [], "", False

    def add(self, block: str) -> None:
        self.close()
        if block.strip():
            self.done.append(block)

    def text(self) -> str:
        self.close()
        return "\n\n".join(self.done)


def wiki_to_markdown(text: str) -> str:
    """Turn wiki markup into Markdown; a macro it does not know keeps its text."""
    page = _Page()
    quotation: _Page | None = None
    for kind, said in _pieces(_COLOUR.sub("", text)):
        if kind is _Is.QUOTATION_MARK and quotation:
            page.add(quoted(quotation.text()))
            quotation = None
        elif kind is _Is.QUOTATION_MARK:
            quotation = _Page()
        elif kind is _Is.BLOCK:
            (quotation or page).add(said)
        else:
            for line in said.split("\n"):
                _line(line.strip(), quotation or page)
    if quotation:
        page.add(quoted(quotation.text()))
    return page.text()


def _pieces(text: str) -> Iterator[tuple[_Is, str]]:
    start = 0
    while match := _MACRO.search(text, start):
        name, options = match[1].lower(), match[2] or ""
        if before := text[start : match.start()].strip(" \t"):
            yield _Is.LINES, before
        start = match.end()
        if name in VERBATIM:
            closing = re.compile(rf"\{{{name}\}}", re.IGNORECASE).search(text, start)
            yield _Is.BLOCK, _verbatim(text[start : closing.start() if closing else None], name, options)
            start = closing.end() if closing else len(text)
        elif name == "quote":
            yield _Is.QUOTATION_MARK, ""
        else:
            yield _Is.BLOCK, _title(name, options)
    yield _Is.LINES, text[start:].strip(" \t")


def _verbatim(text: str, name: str, options: str) -> str:
    language = _LANGUAGE.search(options) if name == "code" else None
    return fenced(text.strip("\n"), language[1].lower() if language else "")


def _title(name: str, options: str) -> str:
    """What stands above a panel or a fold; it opens a section as a heading does."""
    title = _TITLE.search(options)
    said = title[1] if title else options if name == "expand" else ""
    return f"#### {said.strip()}" if said.strip() else ""


def _line(line: str, page: _Page) -> None:
    if not line:
        page.close()
    elif heading := _HEADING.match(line):
        page.add(f"{'#' * int(heading[1])} {line_to_markdown(heading[2])}" if heading[2] else "")
    elif _RULE.match(line):
        page.add("---")
    elif line.startswith("bq. "):
        page.add(quoted(line_to_markdown(line[4:])))
    elif line.startswith("|") and line.count("|") > 1:
        _row(line, page)
    elif listed := _LIST.match(line):
        _item(listed[1], listed[2], page)
    else:
        _text(line_to_markdown(line), page)


def _text(text: str, page: _Page) -> None:
    if page.rows:
        page.close()
    page.lines.append(f"  {text}" if page.marker else text)


def _row(line: str, page: _Page) -> None:
    if page.lines:
        page.close()
    if not page.rows:
        page.has_head = line.startswith("||")
    cells = line_to_markdown(line).replace("||", "|").strip("|").split("|")
    page.rows.append([cell.strip() for cell in cells])


def _item(marker: str, text: str, page: _Page) -> None:
    """One item of a list: `#*` is a bullet below a number, and a level that is skipped counts as a bullet."""
    if not page.marker:
        page.close()
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(page.marker, marker, strict=False)))
    del page.counts[same:]
    page.counts += [0] * (len(marker) - len(page.counts))
    page.counts[-1] += 1
    page.marker = marker
    indent = "".join("   " if sign == "#" else "  " for sign in marker[:-1])
    sign = f"{page.counts[-1]}." if marker[-1] == "#" else "-"
    page.lines.append(f"{indent}{sign} {line_to_markdown(text)}")
