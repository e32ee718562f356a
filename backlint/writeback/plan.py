"""A plan: what would be written, as data that can be read, kept, compared, and applied later."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from backlint.errors import ConfigError
from backlint.model.item import strictly
from backlint.writeback.changes import Change, NoteChange
from backlint.writer import Standing, Target


@checked(frozen=True, slots=True, kw_only=True, config=strictly)
class Step:
    """One write to one item. `person` is whose attention it takes (the assignee, else the author), by id.

    `seen` is the tracker's time of the item's last change when the plan was made: an item that changed since is not
    written to; a move asks about its neighbours instead. An undo has none.
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
