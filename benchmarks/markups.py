"""Markdown written in Jira's wiki markup and as an Atlassian document: what is said must not depend on how."""

import re
from collections.abc import Iterable
from typing import Any

from benchmarks.blocks import Block, Run, blocks, depths, rows, runs

Node = dict[str, Any]

_SPECIAL = re.compile(r"[{}\[\]!|*_~^+\\]|(?<![\w-])-(?=\S)|\?(?=\?)")
_PICTURE = re.compile(r"[^\s!|]+\.\w{2,5}")


def to_wiki(source: str) -> str:
    found = blocks(source)
    said: list[str] = []
    for block, depth in zip(found, depths(found), strict=True):
        is_list_going_on = depth and said and said[-1].startswith(("*", "#"))
        if said and not is_list_going_on:
            said.append("")
        said.append(_wiki_block(block, depth))
    return "\n".join(said)


def _wiki_block(block: Block, depth: int) -> str:  # noqa: PLR0911 - one for each sort of block
    match block.kind:
        case "heading":
            return f"h{block.level}. {_wiki(block.lines[0])}"
        case "item":
            return _wiki_item(block, depth)
        case "code":
            body = "\n".join(block.lines)
            return f"{{code}}\n{body}\n{{code}}"
        case "quote":
            return "{quote}\n" + to_wiki("\n".join(block.lines)) + "\n{quote}"
        case "table":
            cells, has_head = rows(block)
            lines = ["|" + "|".join(_wiki(cell) or " " for cell in row) + "|" for row in cells]
            if has_head:
                lines[0] = "||" + "||".join(_wiki(cell) or " " for cell in cells[0]) + "||"
            return "\n".join(lines)
        case "rule":
            return "----"
        case _:
            return "\n".join(_wiki(line) for line in block.lines)


def _wiki_item(block: Block, depth: int) -> str:
    box = {"": "", "[ ]": "\\[ \\] "}.get(block.box, "\\[x\\] ")
    if not block.lines[0] and not box:
        return "1." if block.is_ordered else "-"
    marker = ("#" if block.is_ordered else "*") * depth
    return "\n".join([f"{marker} {box}{_wiki(block.lines[0])}", *(_wiki(line) for line in block.lines[1:])])


def _wiki(line: str) -> str:
    return "".join(_wiki_run(run) for run in runs(line))


def _wiki_run(run: Run) -> str:  # noqa: PLR0911 - one for each sort of run
    inside = "".join(_wiki_run(part) for part in run.inside)
    match run.mark:
        case "code":
            return f"{{{{{run.text}}}}}" if not set("{}") & set(run.text) else _escaped(run.text)
        case "image":
            return f"!{run.url}!" if _PICTURE.fullmatch(run.url) else f"[{run.text or 'image'}|{run.url}]"
        case "link":
            return f"[{run.text}|{run.url}]" if run.url and run.text != run.url else f"[{run.url}]"
        case "strong":
            return f"*{inside}*"
        case "em":
            return f"_{inside}_"
        case "strike":
            return f"-{inside}-"
        case _:
            return _escaped(run.text)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def to_adf(source: str) -> Node:
    found = blocks(source)
    return {"type": "doc", "version": 1, "content": _nodes(found)}


def _nodes(found: list[Block]) -> list[Node]:
    nodes: list[Node] = []
    at = 0
    while at < len(found):
        if found[at].kind == "item":
            end = next((n for n in range(at, len(found)) if found[n].kind != "item"), len(found))
            nodes += _lists(found[at:end])
            at = end
        else:
            nodes.append(_adf_block(found[at]))
            at += 1
    return nodes


def _lists(items: list[Block]) -> list[Node]:
    """Runs of items of one sort as lists, deeper ones within the item above them."""
    lists: list[Node] = []
    at = 0
    while at < len(items):
        first = items[at]
        end = next((n for n in range(at + 1, len(items)) if items[n].level <= first.level), len(items))
        deeper = _lists(items[at + 1 : end])
        kind = "taskList" if first.box else "orderedList" if first.is_ordered else "bulletList"
        if not lists or lists[-1]["type"] != kind:
            lists.append({"type": kind, "content": []})
        lists[-1]["content"] += _entry(first, deeper)
        at = end
    return lists


def _entry(item: Block, deeper: list[Node]) -> list[Node]:
    inline = _lines(item.lines)
    if item.box:
        state = "TODO" if item.box == "[ ]" else "DONE"
        return [{"type": "taskItem", "attrs": {"state": state}, "content": inline}, *deeper]
    return [{"type": "listItem", "content": [{"type": "paragraph", "content": inline}, *deeper]}]


def _adf_block(block: Block) -> Node:
    match block.kind:
        case "heading":
            return {"type": "heading", "attrs": {"level": block.level}, "content": _lines(block.lines)}
        case "code":
            return {"type": "codeBlock", "content": [{"type": "text", "text": "\n".join(block.lines)}]}
        case "quote":
            return {"type": "blockquote", "content": _nodes(blocks("\n".join(block.lines)))}
        case "table":
            cells, has_head = rows(block)
            return {"type": "table", "content": [_row(row, has_head and at == 0) for at, row in enumerate(cells)]}
        case "rule":
            return {"type": "rule"}
        case _:
            return {"type": "paragraph", "content": _lines(block.lines)}


def _row(cells: list[str], is_head: bool) -> Node:
    kind = "tableHeader" if is_head else "tableCell"
    return {
        "type": "tableRow",
        "content": [{"type": kind, "content": [{"type": "paragraph", "content": _lines([cell])}]} for cell in cells],
    }


def _lines(lines: list[str]) -> list[Node]:
    nodes: list[Node] = []
    for line in lines:
        if nodes:
            nodes.append({"type": "hardBreak"})
        nodes += _adf(runs(line), [])
    return nodes


def _adf(told: Iterable[Run], marks: list[Node]) -> list[Node]:
    nodes: list[Node] = []
    for run in told:
        if run.mark == "image":
            nodes.append({"type": "mediaInline", "attrs": {"alt": run.text or "image", "id": "1", "url": run.url}})
        elif run.mark == "link":
            own = [*marks, {"type": "link", "attrs": {"href": run.url}}]
            nodes += _adf(run.inside or [Run(run.text or run.url)], own)
        elif run.mark == "code":
            nodes.append({"type": "text", "text": run.text, "marks": [*marks, {"type": "code"}]})
        elif run.mark:
            nodes += _adf(run.inside, [*marks, {"type": run.mark}])
        elif run.text:
            nodes.append({"type": "text", "text": run.text, **({"marks": marks} if marks else {})})
    return nodes
