"""The note in Atlassian Document Format, for Jira Cloud: words are text nodes only, which nothing reads as markup."""

from collections.abc import Iterable, Iterator

from backlint.note.address import address
from backlint.note.marker import sign
from backlint.note.tree import Block, Code, Leaf, Link, Note, Paragraph, Strong, Task, Tasks, Text, shown

Node = dict[str, object]


def to_adf(note: Note) -> Node:
    """The note as a document, its marker in small letters in the last line: ADF can hide nothing."""
    content = [_block(block, f"{note.fingerprint}-{number}") for number, block in enumerate(note.blocks, 1)]
    small = _text(sign(note.item, note.fingerprint), {"type": "subsup", "attrs": {"type": "sub"}})
    return {"type": "doc", "version": 1, "content": [*content, _paragraph([small])]}


def _block(block: Block, identity: str) -> Node:
    if isinstance(block, Paragraph):
        return _paragraph(_line(block.leaves))
    tasks = _tasks(block, identity)
    return {"type": "expand", "attrs": {"title": shown(block.title)}, "content": [tasks]} if block.title else tasks


def _tasks(block: Tasks, identity: str) -> Node:
    """`localId` is what Jira tells the tasks of one document apart by; here it is the same for the same content."""
    tasks = [_task(task, f"{identity}-{number}") for number, task in enumerate(block.tasks, 1)]
    return {"type": "taskList", "attrs": {"localId": identity}, "content": tasks}


def _task(task: Task, identity: str) -> Node:
    state = "DONE" if task.is_done else "TODO"
    return {"type": "taskItem", "attrs": {"localId": identity, "state": state}, "content": [*_line(task.leaves)]}


def _paragraph(content: Iterable[Node]) -> Node:
    return {"type": "paragraph", "content": [*content]}


def _line(leaves: tuple[Leaf, ...]) -> Iterator[Node]:
    """The leaves with a space between them; an empty text node is no ADF, so what says nothing is left out."""
    for number, leaf in enumerate(leaf for leaf in leaves if shown(leaf.said)):
        if number:
            yield _text(" ")
        yield _leaf(leaf)


def _leaf(leaf: Leaf) -> Node:
    said = shown(leaf.said)
    match leaf:
        case Text():
            return _text(said)
        case Strong():
            return _text(said, {"type": "strong"})
        case Code():
            return _text(said, {"type": "code"})
        case Link():
            return _text(said, {"type": "link", "attrs": {"href": address(leaf.url)}})


def _text(said: str, *marks: Node) -> Node:
    node: Node = {"type": "text", "text": said}
    return node | {"marks": [*marks]} if marks else node
