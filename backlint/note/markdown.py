"""The note in Markdown, for GitHub."""

from backlint import safe
from backlint.markup.inline import code
from backlint.note.address import address
from backlint.note.layout import laid_out
from backlint.note.marker import marker
from backlint.note.tree import Code, Leaf, Link, Note, Strong, Task, Text, shown


def to_markdown(note: Note) -> str:
    """The note as the body of a comment, its marker hidden in the first line."""
    blocks = "\n\n".join(laid_out(note, _leaf, _task))
    return f"{marker(note.item, note.fingerprint)}\n{blocks}"


def _task(task: Task, line: str) -> str:
    return f"- [{'x' if task.is_done else ' '}] {line}"


def _leaf(leaf: Leaf) -> str:
    said = shown(leaf.said)
    match leaf:
        case Text():
            return safe.markdown(said)
        case Strong():
            return f"**{safe.markdown(said)}**"
        case Code():  # whoever answers by mail sends the words without their code span
            return code(said.replace("@", f"@{safe.ZERO_WIDTH}"))
        case Link():
            return f"[{safe.markdown(said)}](<{address(leaf.url)}>)"
