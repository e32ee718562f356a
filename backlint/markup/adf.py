"""Atlassian Document Format to Markdown: every node of its schema, and the text of those it does not know yet."""

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import cast

from backlint.markup.inline import code, fenced, link, literal, quoted, table, wrap

Node = dict[str, object]

DEEPEST = 60
"""Nodes nested deeper than this give their bare text: no person writes so, and no walker should fall over it."""

INLINE = {
    "text", "hardBreak", "mention", "emoji", "date", "status", "placeholder", "inlineCard", "mediaInline",
    "inlineExtension",
}  # fmt: skip
PLAIN = {"type", "text"}
MARKS = {"strong": "**", "em": "_", "strike": "~~"}
LISTS = {"bulletList", "orderedList", "taskList", "decisionList"}


def adf_to_markdown(document: object) -> str:
    """Turn a document into Markdown: a string is taken as text, and anything else that is no node as empty."""
    if isinstance(document, str):
        return literal(document)
    node = _node(document)
    return _block(node, 0).strip("\n") if node else ""


def _block(node: Node, depth: int) -> str:
    if depth > DEEPEST:
        return " ".join(_bare_text(node))
    type_ = _type(node)
    writer = BLOCKS.get(type_)
    if writer:
        return writer(node, depth)
    if type_ in INLINE:
        return _inline([node], depth)
    return _unknown(node, depth)


def _unknown(node: Node, depth: int) -> str:
    children = _children(node)
    if not children:
        return literal(_attribute(node, "text") or _text(node))
    if all(map(_is_inline, children)):
        return _inline(children, depth)
    return _blocks(node, depth)


def _blocks(node: Node, depth: int) -> str:
    """The children below one another; inline ones that stand among blocks make a paragraph of their own."""
    parts: list[str] = []
    for is_inline, run in groupby(_children(node), key=_is_inline):
        if is_inline:
            parts.append(_inline(list(run), depth + 1))
        else:
            parts += [_block(child, depth + 1) for child in run]
    return "\n\n".join([part for part in parts if part.strip()])


def _paragraph(node: Node, depth: int) -> str:
    return _inline(_children(node), depth)


def _heading(node: Node, depth: int) -> str:
    level = min(max(_number(node, "level", 1), 1), 6)
    text = _inline(_children(node), depth).replace("\\\n", " ").replace("\n", " ").strip()
    return f"{'#' * level} {text}" if text else ""


def _items(node: Node, depth: int) -> str:
    number = _number(node, "order", 1)
    lines: list[str] = []
    for child in _children(node):
        body = _block(child, depth + 1)
        if _type(child) in LISTS:
            lines.append(_indented(body, "  ", "  "))
            continue
        marker = f"{number}. " if _type(node) == "orderedList" else "- "
        number += 1
        lines.append(_indented(body, marker, " " * len(marker)))
    return "\n".join(lines)


def _item(node: Node, depth: int) -> str:
    """What an item holds, its lists close under its text."""
    children = _children(node)
    if all(map(_is_inline, children)):
        return _inline(children, depth)
    text = ""
    for child in children:
        part = _block(child, depth + 1)
        if part.strip():
            gap = "\n" if _type(child) in LISTS else "\n\n"
            text = f"{text}{gap}{part}" if text else part
    return text


def _task(node: Node, depth: int) -> str:
    box = "[x]" if _attribute(node, "state") == "DONE" else "[ ]"
    return f"{box} {_item(node, depth)}".rstrip()


def _quote(node: Node, depth: int) -> str:
    return quoted(_blocks(node, depth))


def _expand(node: Node, depth: int) -> str:
    """What is folded away, under its title: a title such as "Acceptance criteria" opens a section as a heading does."""
    title = literal(_attribute(node, "title") or "").strip()
    head = f"#### {title}" if _type(node) == "expand" else wrap(title, "**")
    return "\n\n".join(part for part in (head if title else "", _blocks(node, depth)) if part)


def _code_block(node: Node, _depth: int) -> str:
    return fenced("".join(_bare_text(node)), _attribute(node, "language") or "")


def _table(node: Node, depth: int) -> str:
    rows = [_children(row) for row in _children(node)]
    has_head = bool(rows) and bool(rows[0]) and all(_type(cell) == "tableHeader" for cell in rows[0])
    return table([[_blocks(cell, depth + 2) for cell in cells] for cells in rows], has_head)


def _rule(_node: Node, _depth: int) -> str:
    return "---"


def _media(node: Node, _depth: int = 0) -> str:
    name = _attribute(node, "alt") or "attachment"
    return f"![{literal(name)}]({_attribute(node, 'url') or 'attachment:' + (_attribute(node, 'id') or '')})"


def _card(node: Node, _depth: int = 0) -> str:
    return link("", _attribute(node, "url") or _attribute(_node(_attributes(node).get("data")) or {}, "url") or "")


def _inline(nodes: list[Node], depth: int) -> str:
    """Nodes of one line, runs that share their marks written as one: `**ab**` and not `**a****b**`."""
    if len(nodes) == 1 and nodes[0].keys() == PLAIN:  # most lines are, and it takes a third of the time
        return _word(nodes[0], depth).strip()
    said: list[str] = []
    for (is_text, marks), run in groupby(nodes, key=_looks):
        is_code = is_text and "code" in dict(marks)
        words = [_text(node) if is_code else _word(node, depth) for node in run]
        said.append(_marked("".join(words), marks) if marks else "".join(words))
    return "".join(said).strip()


def _word(node: Node, depth: int) -> str:
    writer = WORDS.get(_type(node))
    if writer:
        return writer(node)
    return literal(_attribute(node, "text") or _text(node)) or _blocks(node, depth)


def _plain(node: Node) -> str:
    return literal(_text(node))


def _mention(node: Node) -> str:
    name = _attribute(node, "text") or _attribute(node, "id") or ""
    return literal(name if name.startswith("@") else f"@{name}")


def _emoji(node: Node) -> str:
    return literal(_attribute(node, "text") or _attribute(node, "shortName") or "")


def _marked(text: str, marks: tuple[tuple[str, str], ...]) -> str:
    said = dict(marks)
    if "code" in said:
        text = code(text)
    for name, mark in MARKS.items():
        if name in said:
            text = wrap(text, mark)
    return link(text, said["link"]) if said.get("link") else text


def _looks(node: Node) -> tuple[bool, tuple[tuple[str, str], ...]]:
    return node.get("type") == "text", _marks(node) if "marks" in node else ()


def _marks(node: Node) -> tuple[tuple[str, str], ...]:
    marks = node["marks"]
    found = [mark for mark in map(_node, cast("list[object]", marks)) if mark] if isinstance(marks, list) else []
    return tuple((_type(mark), _attribute(mark, "href") or "") for mark in found)


def _day(node: Node) -> str:
    milliseconds = _attribute(node, "timestamp")
    try:
        return datetime.fromtimestamp(int(milliseconds or "") / 1000, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return literal(milliseconds or "")


def _bare_text(node: Node) -> Iterator[str]:
    """All text below a node, without recursion."""
    left = [node]
    while left:
        here = left.pop()
        if said := _text(here) or _attribute(here, "text"):
            yield said
        left += reversed(_children(here))


def _indented(text: str, first: str, others: str) -> str:
    if "\n" not in text:
        return f"{first}{text}".rstrip()
    lines = text.split("\n")
    return "\n".join([f"{first}{lines[0]}".rstrip(), *(f"{others}{line}".rstrip() for line in lines[1:])])


def _node(value: object) -> Node | None:
    """Asked of everything in a document, so it looks for what `json.loads` makes and not for any mapping."""
    return cast("Node", value) if isinstance(value, dict) else None


def _type(node: Node) -> str:
    return str(node.get("type", ""))


def _is_inline(node: Node) -> bool:
    return _type(node) in INLINE


def _text(node: Node) -> str:
    text = node.get("text")
    return text if isinstance(text, str) else ""


def _children(node: Node) -> list[Node]:
    content = node.get("content")
    if not isinstance(content, list):
        return []
    return [cast("Node", child) for child in cast("list[object]", content) if isinstance(child, dict) and child]


def _attributes(node: Node) -> Node:
    return _node(node.get("attrs")) or {}


def _attribute(node: Node, name: str) -> str | None:
    value = _attributes(node).get(name)
    return str(value) if isinstance(value, str | int | float) and value != "" else None


def _number(node: Node, name: str, default: int) -> int:
    value = _attributes(node).get(name)
    return int(value) if isinstance(value, int | float) and math.isfinite(value) else default


BLOCKS: Mapping[str, Callable[[Node, int], str]] = {
    "doc": _blocks,
    "paragraph": _paragraph,
    "caption": _paragraph,
    "heading": _heading,
    "bulletList": _items,
    "orderedList": _items,
    "taskList": _items,
    "decisionList": _items,
    "listItem": _item,
    "decisionItem": _item,
    "taskItem": _task,
    "blockTaskItem": _task,
    "blockquote": _quote,
    "panel": _blocks,
    "expand": _expand,
    "nestedExpand": _expand,
    "codeBlock": _code_block,
    "table": _table,
    "rule": _rule,
    "mediaSingle": _blocks,
    "mediaGroup": _blocks,
    "media": _media,
    "blockCard": _card,
    "embedCard": _card,
    "layoutSection": _blocks,
    "layoutColumn": _blocks,
    "bodiedExtension": _blocks,
    "bodiedSyncBlock": _blocks,
}
"""How each node that stands by itself is written; what is not here keeps its text."""

WORDS: Mapping[str, Callable[[Node], str]] = {
    "text": _plain,
    "hardBreak": lambda _: "\n",
    "mention": _mention,
    "emoji": _emoji,
    "date": _day,
    "mediaInline": _media,
    "inlineCard": _card,
}
"""How each node that stands within a line is written."""
