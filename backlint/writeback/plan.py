"""A plan: what would be written, as data that can be read, kept, compared, and applied later."""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from backlint.errors import ConfigError
from backlint.model.item import strictly
from backlint.transport import Json
from backlint.writer import Note, Standing, Target

NOTE = "note"


@checked(frozen=True, slots=True, kw_only=True, config=strictly)
class Kept:
    """A note in a plan or a journal; `rules` are those whose findings it tells of, as far as that is known."""

    fingerprint: str
    body: Json
    rules: tuple[str, ...] = ()

    @property
    def note(self) -> Note:
        """As it is sent."""
        return Note(fingerprint=self.fingerprint, body=self.body)


@checked(frozen=True, slots=True, kw_only=True, config=strictly)
class NoteChange:
    """The note of an item becomes another one; `None` is no note."""

    before: Kept | None
    after: Kept | None
    what: Literal["note"] = "note"

    @property
    def slot(self) -> str:
        """What of the item is changed."""
        return NOTE

    @property
    def reversed(self) -> "NoteChange":
        """The change that undoes this one."""
        return NoteChange(before=self.after, after=self.before)

    def __str__(self) -> str:
        verb = "write" if self.before is None else "remove" if self.after is None else "edit"
        return f"{verb} the note"


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


Change = NoteChange | LabelChange


@checked(frozen=True, slots=True, kw_only=True, config=strictly)
class Step:
    """One write to one item. `person` is whose attention it takes (the assignee, else the author), by id.

    `seen` is the tracker's time of the item's last change when the plan was made: an item that changed since is not
    written to. An undo has none.
    """

    item: str
    key: str
    url: str
    change: Annotated[Change, Field(discriminator="what")]
    why: str
    person: str | None = None
    seen: AwareDatetime | None = None

    @property
    def target(self) -> Target:
        """The item, for a writer."""
        return Target(id=self.item, key=self.key)


@checked(frozen=True, slots=True, kw_only=True, config=strictly)
class Plan:
    """The steps to take in one source, in their order."""

    team: str
    source: str
    made_at: AwareDatetime
    steps: tuple[Step, ...] = ()
    format: Literal[1] = 1


STEP = TypeAdapter(Step)
PLANS = TypeAdapter(tuple[Plan, ...])


def plans_to_json(plans: tuple[Plan, ...]) -> bytes:
    """Plans as they are kept in a file."""
    return PLANS.dump_json(plans, indent=2) + b"\n"


def plans_of(content: bytes, name: str) -> tuple[Plan, ...]:
    """The plans in a file. Raises `ConfigError` for what is none."""
    try:
        return PLANS.validate_json(content)
    except ValidationError as error:
        at = ".".join(str(each) for each in error.errors()[0]["loc"])
        raise ConfigError(f'{name} is no plan of this version of backlint: see "{at}".') from None


def obstacle(step: Step, standing: Standing | None) -> str | None:
    """Why this item must not be written to now; `None` where nothing speaks against it."""
    if standing is None:
        return "the item is gone, or may not be seen any more"
    if standing.is_locked:
        return "the item is locked"
    is_saying = isinstance(step.change, NoteChange) and step.change.after is not None
    if is_saying and not standing.is_open:
        return "the item is closed"
    if is_saying and standing.is_confidential:
        return "the item is confidential"
    return None
