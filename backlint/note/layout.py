"""How the pieces of a note stand on the page, which is the same in every markup that is lines of text."""

from collections.abc import Callable

from backlint.note.tree import Leaf, Note, Paragraph, Strong, Task, shown

OfLeaf = Callable[[Leaf], str]
"""Writes one leaf; the only place where a markup must be safe."""

OfTask = Callable[[Task, str], str]
"""Writes one task, given the line that its leaves make."""


def laid_out(note: Note, leaf: OfLeaf, task: OfTask) -> list[str]:
    """The blocks of a note as texts; leaves that show nothing are left out."""

    def line(leaves: tuple[Leaf, ...]) -> str:
        return " ".join(leaf(each) for each in leaves if shown(each.said))

    texts: list[str] = []
    for block in note.blocks:
        if isinstance(block, Paragraph):
            texts.append(line(block.leaves))
            continue
        tasks = "\n".join(task(each, line(each.leaves)) for each in block.tasks)
        texts.append(f"{leaf(Strong(block.title))}\n\n{tasks}" if block.title else tasks)
    return texts
