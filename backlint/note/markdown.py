"""The note in Markdown, for GitHub."""

from backlint import safe
from backlint.markup.inline import code
from backlint.note.address import address
from backlint.note.marker import marker
from backlint.note.tree import Block, Code, Leaf, Link, Note, Paragraph, Strong, Task, Text, shown


def to_markdown(note: Note) -> str:
    """The note as the body of a comment, its marker hidden in the first line."""
    blocks = "\n\n".join(_block(block) for block in note.blocks)
    return f"{marker(note.item, note.fingerprint)}\n{blocks}"


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _line(block.leaves)
    tasks = "\n".join(_task(task) for task in block.tasks)
    return f"{_leaf(Strong(block.title))}\n\n{tasks}" if block.title else tasks


def _task(task: Task) -> str:
    return f"- [{'x' if task.is_done else ' '}] {_line(task.leaves)}"


def _line(leaves: tuple[Leaf, ...]) -> str:
    return " ".join(_leaf(leaf) for leaf in leaves if shown(leaf.said))


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
