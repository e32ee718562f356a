"""Markdown as blocks and runs: just enough to write the same content in another markup."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from backlint.text.markdown import tidy

_FENCE = re.compile(r"\s*(`{3,}|~{3,})(.*)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})[ \t]+(.*?)\s*#*\s*$|\s{0,3}(#{2,6})([^#\s].*)$")
_ITEM = re.compile(r"(\s*)([-*+]|\d{1,3}[.)])(?:\s+(\[[ xX]\](?=\s|$))?\s*(.*)|\s*)$")
_IMAGE = re.compile(r"<img\s[^<>]*?src=[\"']([^\"'<>]+)[\"'][^<>]*>", re.IGNORECASE)
_RULER = re.compile(r"[|:\- \t]*-[|:\- \t]*")
_RUN = re.compile(
    r"(?P<code>`[^`\n]+`)|!\[(?P<alt>[^\[\]\n]*)\]\((?P<image>[^()\s]+)[^()\n]*\)"
    r"|\[(?P<text>[^\[\]\n]*)\]\((?P<url>[^()\s]*)[^()\n]*\)|<(?P<auto>https?://[^<>\s]+)>"
    r"|(?P<strong>\*\*[^*\n]+\*\*|__[^_\n]+__)|(?<![\w*])(?P<em>\*[^*\s][^*\n]*\*)(?![\w*])"
    r"|(?<![\w_])(?P<em2>_[^_\s][^_\n]*_)(?![\w_])"
    r"|(?P<strike>~~[^~\n]+~~)|(?P<escaped>\\[!-/:-@\[-`{-~])"
)


class Run(NamedTuple):
    """A piece of a line: its text, its mark (`strong`, `em`, `strike`, `code`, `image`, `link`), and where to."""

    text: str
    mark: str = ""
    url: str = ""
    inside: tuple["Run", ...] = ()


class Block(NamedTuple):
    """A block: `heading`, `item`, `code`, `quote`, `table`, `rule` or `text`."""

    kind: str
    lines: list[str]
    level: int = 0
    is_ordered: bool = False
    box: str = ""


def runs(text: str) -> Iterator[Run]:
    """The pieces of one line."""
    start = 0
    for found in _RUN.finditer(text):
        if found.start() > start:
            yield Run(text[start : found.start()])
        start = found.end()
        yield _run(found)
    if start < len(text):
        yield Run(text[start:])


def _run(found: re.Match[str]) -> Run:
    name = found.lastgroup or ""
    said = found[0]
    if name == "code":
        return Run(said[1:-1], "code")
    if name == "image":
        return Run(found["alt"], "image", found["image"])
    if name == "url":
        return Run(found["text"], "link", found["url"], tuple(runs(found["text"])))
    if name == "auto":
        return Run(found["auto"], "link", found["auto"])
    if name == "escaped":
        return Run(said[1:])
    width = 2 if name in {"strong", "strike"} else 1
    return Run(said[width:-width], name.rstrip("2"), "", tuple(runs(said[width:-width])))


def blocks(source: str) -> list[Block]:
    """The blocks of a Markdown text. A list item goes on in the indented lines below it."""
    found: list[Block] = []
    lines = _IMAGE.sub(r"![image](\1)", tidy(source)).split("\n")
    at = 0
    is_gap = True
    while at < len(lines):
        line = lines[at]
        fence = _FENCE.match(line)
        if fence and not fence[2].count("`"):
            end = next((n for n in range(at + 1, len(lines)) if lines[n].strip().startswith(fence[1])), len(lines))
            found.append(Block("code", lines[at + 1 : end]))
            at = end + 1
            is_gap = True
            continue
        if not line.strip():
            is_gap = True
        else:
            _line(line, found, is_gap=is_gap)
            is_gap = False
        at += 1
    return found


def _line(line: str, found: list[Block], *, is_gap: bool) -> None:
    heading, item = _HEADING.match(line), _ITEM.match(line)
    last = found[-1] if found and not is_gap else None
    if line.lstrip().startswith(">"):
        quoted = line.lstrip()[1:].removeprefix(" ")
        _add("quote", quoted, found, last)
    elif heading:
        found.append(Block("heading", [heading[2] or heading[4] or ""], len(heading[1] or heading[3])))
    elif line.lstrip().startswith("|") and line.count("|") > 1:
        _add("table", line.strip(), found, last)
    elif last and last.kind == "text" and len(last.lines) == 1 and re.fullmatch(r"\s*(=+|-{3,})\s*", line):
        found[-1] = Block("heading", last.lines, 1 if "=" in line else 2)
    elif re.fullmatch(r"\s*([-*_] ?){3,}\s*", line):
        found.append(Block("rule", []))
    elif item:
        indent = len(item[1].expandtabs(4))
        found.append(Block("item", [item[4] or ""], indent, item[2][0].isdigit(), item[3] or ""))
    elif last and last.kind == "item":
        last.lines.append(line.strip())
    else:
        _add("text", line.strip(), found, last)


def _add(kind: str, line: str, found: list[Block], last: Block | None) -> None:
    if last and last.kind == kind:
        last.lines.append(line)
    else:
        found.append(Block(kind, [line]))


def rows(table: Block) -> tuple[list[list[str]], bool]:
    """A table's cells, and whether its first row is a head."""
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.lines if not _RULER.fullmatch(line)
    ]
    return cells, len(cells) < len(table.lines)


def depths(found: list[Block]) -> list[int]:
    """How deep each block's list is, from 1; 0 where it is no item."""
    told: list[int] = []
    indents: list[int] = []
    for block in found:
        if block.kind != "item":
            indents = []
            told.append(0)
            continue
        while indents and indents[-1] > block.level:
            indents.pop()
        if not indents or indents[-1] < block.level:
            indents.append(block.level)
        told.append(len(indents))
    return told
