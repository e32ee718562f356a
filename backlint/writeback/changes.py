"""What a step changes: the note of an item, one of its labels, or its place in the order."""

from collections.abc import Collection
from typing import Final, Literal

from pydantic.dataclasses import dataclass as checked

from backlint.model.item import strictly
from backlint.transport import Json
from backlint.writer import Note, Order

NOTE: Final = "note"
DASHBOARD: Final = "dashboard"
RANK: Final = "rank"


@checked(frozen=True, slots=True, kw_only=True, config=strictly)
class Kept:
    """A text of ours in a plan or a journal; `rules` are those whose findings it tells of, as far as that is known.

    `about` is the same for the same findings told in the same way, whatever their figures are; empty: not known.
    """

    fingerprint: str
    body: Json
    rules: tuple[str, ...] = ()
    about: str = ""

    @property
    def note(self) -> Note:
        """As it is sent."""
        return Note(fingerprint=self.fingerprint, body=self.body)


@checked(frozen=True, slots=True, kw_only=True, config=strictly)
class NoteChange:
    """The note of an item, or the dashboard of a team, becomes another one; `None` is none."""

    before: Kept | None
    after: Kept | None
    what: Literal["note", "dashboard"] = NOTE

    @property
    def slot(self) -> str:
        """What of the item is changed."""
        return self.what

    @property
    def reversed(self) -> "NoteChange":
        """The change that undoes this one."""
        return NoteChange(before=self.after, after=self.before, what=self.what)

    def __str__(self) -> str:
        verb = "write" if self.before is None else "remove" if self.after is None else "edit"
        return f"{verb} the {self.what}"


@checked(frozen=True, slots=True, kw_only=True, config=strictly)
class LabelChange:
    """A label is put on (`after`), or taken off."""

    name: str
    after: bool
    what: Literal["label"] = "label"

    @property
    def slot(self) -> str:
        """What of the item is changed."""
        return f"label:{self.name}"

    @property
    def reversed(self) -> "LabelChange":
        """The change that undoes this one."""
        return LabelChange(name=self.name, after=not self.after)

    def is_so(self, labels: Collection[str]) -> bool:
        """Whether the labels are as this makes them. GitHub takes `Ready` for `ready`, and keeps what stands there."""
        return (self.name.casefold() in {each.casefold() for each in labels}) is self.after

    def __str__(self) -> str:
        return f'put the label "{self.name}" on' if self.after else f'take the label "{self.name}" off'


@checked(frozen=True, slots=True, kw_only=True, config=strictly)
class Neighbour:
    """An item beside which another one stands: its id in the model, and what people call it."""

    id: str
    key: str


@checked(frozen=True, slots=True, kw_only=True, config=strictly)
class Place:
    """Where an item stands: what is directly above it and directly below it. `None`: it is the first, or the last."""

    above: Neighbour | None
    below: Neighbour | None

    @property
    def ids(self) -> tuple[str | None, str | None]:
        """The same, by id."""
        return (self.above.id if self.above else None, self.below.id if self.below else None)

    def __str__(self) -> str:
        if self.above and self.below:
            return f"between {self.above.key} and {self.below.key}"
        if self.below:
            return f"to the top, above {self.below.key}"
        return f"to the bottom, below {self.above.key}" if self.above else "nowhere else"


@checked(frozen=True, slots=True, kw_only=True, config=strictly)
class RankChange:
    """An item goes from one place of the order to another."""

    before: Place
    after: Place
    what: Literal["rank"] = RANK

    @property
    def slot(self) -> str:
        """What of the item is changed."""
        return self.what

    @property
    def reversed(self) -> "RankChange":
        """The change that undoes this one."""
        return RankChange(before=self.after, after=self.before)

    def is_so(self, item: str, order: Order) -> bool:
        """Whether the item stands directly below what it is to stand below; if that is gone, above what it is to.

        One side is enough: what the next steps of the same plan put below it does not undo this one.
        """
        around = order.around(item)
        above, below = self.after.ids
        if around is None:
            return False
        if above is None or above in order:
            return around[0] == above
        return around[1] == below

    def __str__(self) -> str:
        return f"move it {self.after}"


Change = NoteChange | LabelChange | RankChange
