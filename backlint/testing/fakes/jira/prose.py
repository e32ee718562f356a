"""What a test writes as Markdown, as each flavour of Jira keeps it: ADF on Cloud, wiki markup on Data Center.

Only what backlog items are made of: headings, lists, task lists, code blocks, paragraphs, bold and links.
"""

import re
from typing import Any

Adf = dict[str, Any]

_ITEM = re.compile(r"^\s*(?:(\d+)\.|[-*])\s+(?:\[([ xX])\]\s+)?(.*)$")
_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_INLINE = re.compile(r"\*\*(?P<strong>[^*\n]+)\*\*|`(?P<code>[^`\n]+)`|\[(?P<text>[^\]\n]+)\]\((?P<url>[^)\s]+)\)")


def to_adf(text: str) -> Adf:
    """The text as an ADF document."""
    return {"type": "doc", "version": 1, "content": [_adf_block(block, n) for n, block in enumerate(_blocks(text))]}


def to_wiki(text: str) -> str:
    """The text as wiki markup."""
    return "\n\n".join(_wiki_block(block) for block in _blocks(text))


def _blocks(text: str) -> list[str]:
    """Paragraphs, headings, lists and fenced code; a heading, and the first item of a list, begin a block."""
    blocks: list[list[str]] = [[]]
    is_code = False
    for line in text.strip("\n").split("\n"):
        if line.startswith("```"):
            is_code = not is_code
            blocks[-1].append(line)
            if not is_code:
                blocks.append([])
        elif is_code:
            blocks[-1].append(line)
        elif not line.strip():
            blocks.append([])
        elif _HEADING.match(line):
            blocks += [[line], []]
        else:
            is_new = blocks[-1] and bool(_ITEM.match(line)) != bool(_ITEM.match(blocks[-1][0]))
            blocks.append([line]) if is_new and _ITEM.match(line) else blocks[-1].append(line)
    return ["\n".join(block) for block in blocks if block]


def _adf_block(block: str, number: int) -> Adf:
    if block.startswith("```"):
        return {"type": "codeBlock", "attrs": {}, "content": _words(_fenced(block), is_verbatim=True)}
    if heading := _HEADING.match(block):
        return {"type": "heading", "attrs": {"level": len(heading[1])}, "content": _words(heading[2])}
    items = [_ITEM.match(line) for line in block.split("\n")]
    if items[0] is None:
        return {"type": "paragraph", "content": _words(block)}
    found = [item for item in items if item]
    if found[0][2]:
        tasks = [_task(item, f"{number}-{n}") for n, item in enumerate(found)]
        return {"type": "taskList", "attrs": {"localId": str(number)}, "content": tasks}
    kind = "orderedList" if found[0][1] else "bulletList"
    return {"type": kind, "content": [_item(item) for item in found]}


def _task(item: re.Match[str], local_id: str) -> Adf:
    state = "DONE" if (item[2] or "").strip() else "TODO"
    return {"type": "taskItem", "attrs": {"localId": local_id, "state": state}, "content": _words(item[3])}


def _item(item: re.Match[str]) -> Adf:
    return {"type": "listItem", "content": [{"type": "paragraph", "content": _words(item[3])}]}


def _words(text: str, *, is_verbatim: bool = False) -> list[Adf]:
    """Text nodes; ADF knows no empty one."""
    said: list[Adf] = []
    start = 0
    matches = [] if is_verbatim else list(_INLINE.finditer(text))
    for match in matches:
        said += _text(text[start : match.start()])
        start = match.end()
        if match["url"]:
            said += _text(match["text"], {"type": "link", "attrs": {"href": match["url"]}})
        else:
            said += _text(match["strong"] or match["code"], {"type": "strong" if match["strong"] else "code"})
    return said + _text(text[start:])


def _text(text: str, mark: Adf | None = None) -> list[Adf]:
    if not text:
        return []
    return [{"type": "text", "text": text} | ({"marks": [mark]} if mark else {})]


def _fenced(block: str) -> str:
    return "\n".join(line for line in block.split("\n") if not line.startswith("```"))


def _wiki_block(block: str) -> str:
    if block.startswith("```"):
        return f"{{code}}\n{_fenced(block)}\n{{code}}"
    if heading := _HEADING.match(block):
        return f"h{len(heading[1])}. {_wiki_words(heading[2])}"
    return "\n".join(_wiki_line(line) for line in block.split("\n"))


def _wiki_line(line: str) -> str:
    item = _ITEM.match(line)
    if not item:
        return _wiki_words(line)
    box = f"[{item[2]}] " if item[2] else ""
    return f"{'#' if item[1] else '*'} {box}{_wiki_words(item[3])}"


def _wiki_words(text: str) -> str:
    def wiki(match: re.Match[str]) -> str:
        if match["url"]:
            return f"[{match['text']}|{match['url']}]"
        return f"*{match['strong']}*" if match["strong"] else f"{{{{{match['code']}}}}}"

    return _INLINE.sub(wiki, text)
