"""Markdown inside a line: emphasis, code and links, written so that nothing of the text is lost."""

import re

_SWALLOWED = re.compile(r"<(?=[A-Za-z/!?])|\\(?=[!-/:-@\[-`{-~])|&(?=#?\w{1,31};)")
_DEFINITION = re.compile(r"^(\s{0,3})\[(?=[^\]\n]+\]:)", re.MULTILINE)
_ESCAPED = "<\\&["
_BACKTICKS = re.compile(r"`+")
_PARTS = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)


def literal(text: str) -> str:
    """Text as Markdown that shows all of it: what a renderer would swallow (a tag, an entity, a link definition).

    Nothing else is escaped: people paste Markdown into trackers that do not know it, and meant what it says.
    """
    if not any(map(text.__contains__, _ESCAPED)):  # asked of every word of every document, and seldom there
        return text
    return _DEFINITION.sub(r"\1\\[", _SWALLOWED.sub(r"\\\g<0>", text))


def wrap(text: str, mark: str) -> str:
    """Put a mark around text. Spaces at its ends stay outside, as Markdown wants it; blank text has no marks."""
    match = _PARTS.match(text)
    if match is None or not match[2]:
        return text
    return f"{match[1]}{mark}{match[2]}{mark}{match[3]}"


def code(text: str) -> str:
    """A code span, fenced by more backticks than it holds."""
    flat = text.replace("\n", " ")
    if not flat.strip():
        return flat
    fence = "`" * (max((len(run) for run in _BACKTICKS.findall(flat)), default=0) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def fenced(text: str, language: str = "") -> str:
    """A code block, fenced by more backticks than it holds."""
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def link(text: str, url: str) -> str:
    """A link; a bare one where there is no text of its own."""
    target = url.replace(" ", "%20").replace("\n", "").replace("(", "%28").replace(")", "%29")
    if not text.strip() or text.strip() == url:
        return f"<{target}>" if re.match(r"[a-z][a-z0-9+.-]*:[^<>\s]+$", target, re.IGNORECASE) else literal(url)
    return f"[{text.strip()}]({target})"


def quoted(block: str) -> str:
    """A block as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in block.split("\n"))


def row(cells: list[str]) -> str:
    """A row of a table; line breaks in a cell become `<br>`, which is all that a table can hold."""
    flat = (re.sub(r"\s*\n\s*", "<br>", cell.strip()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(flat)} |"


def table(rows: list[list[str]], has_head: bool) -> str:
    """A table; one that has no head gets an empty one, for Markdown has no other."""
    width = max((len(cells) for cells in rows), default=0)
    if not width:
        return ""
    full = [cells + [""] * (width - len(cells)) for cells in rows]
    head = full.pop(0) if has_head else [""] * width
    return "\n".join([row(head), row(["---"] * width), *(row(cells) for cells in full)])
