"""What a note is made of, whatever it will be written in.

A word from an issue can only ever be the `said` of a leaf. No leaf is a mention, a reference, a picture or HTML, and
only `Link` has an address, which is never taken from an issue: what a title can do to a note is decided here, and each
writer has only to make its leaves say nothing but their words.
"""

import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from hashlib import blake2s

from backlint.safe import visible, web_address
from backlint.text.clean import clean


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    said: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that are read first."""

    said: str


@dataclass(frozen=True, slots=True)
class Code:
    """Something to be typed as it stands."""

    said: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a page. Raises `ValueError` for an address that a browser should not be sent to."""

    said: str
    url: str

    def __post_init__(self) -> None:
        if web_address(self.url) is None:
            raise ValueError(f"{self.url!r} is no http or https address.")


Leaf = Text | Strong | Code | Link
"""Leaves stand on one line, and one space is between them."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of leaves."""

    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do."""

    leaves: tuple[Leaf, ...]
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Tasks:
    """Things to do, one below the other. Under a `title` they are folded away where the tracker can fold."""

    tasks: tuple[Task, ...]
    title: str = ""


Block = Paragraph | Tasks


@dataclass(frozen=True, slots=True)
class Note:
    """What stands on one item. `item` is the item's id in the model."""

    item: str
    blocks: tuple[Block, ...]

    @property
    def fingerprint(self) -> str:
        """The same for the same content: what does not show (a rank, a figure, the wording of a rule) is not in it."""
        content = json.dumps([*_shape(self.blocks)])
        return blake2s(content.encode(), digest_size=8).hexdigest()


def shown(said: str) -> str:
    """The words of a leaf on one line, with nothing unseen in them; it may be empty."""
    return visible(clean(said))


def _shape(blocks: tuple[Block, ...]) -> Iterator[object]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield ["Paragraph", *_leaves(block.leaves)]
        else:
            yield ["Tasks", block.title, *([task.is_done, *_leaves(task.leaves)] for task in block.tasks)]


def _leaves(leaves: tuple[Leaf, ...]) -> Iterator[object]:
    for leaf in leaves:
        yield [type(leaf).__name__, *astuple(leaf)]
