"""One product backlog item, and what it is made of.

Everything here is frozen and slotted, and checked where it enters: a connector that maps a tracker's answer
wrongly fails at the mapping, not in a rule. Every time is aware, in UTC.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field
from pydantic.dataclasses import dataclass

from backlint.model.words import (
    Empty,
    Framework,
    Happening,
    Kind,
    LinkKind,
    Moscow,
    SprintState,
    Stage,
    Unit,
)

strictly = ConfigDict(extra="forbid")


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]


@dataclass(frozen=True, slots=True, kw_only=True, config=strictly)
class Person:
    """Somebody, or some thing, that acts in the tracker. `on_team` is `None` where the tracker does not say."""

    id: str
    name: str
    is_bot: bool = False
    on_team: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=strictly)
class Priority:
    """The tracker's priority: `level` counts from 1, the highest; `name` is the tracker's own word."""

    level: Annotated[int, Field(ge=1)]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True, config=strictly)
class Estimate:
    """How large the team thinks the item is."""

    value: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    unit: Unit = Unit.POINTS

    def __str__(self) -> str:
        """The words that a finding shows: `8 points`, `1 hour`."""
        word = self.unit.value[:-1] if self.value == 1 else self.unit.value
        return f"{self.value:g} {word}"


@dataclass(frozen=True, slots=True, kw_only=True, config=strictly)
class Score:
    """What a prioritisation framework gives: the number that the tracker stores, and the inputs it is made of.

    `inputs` are named as in the framework: reach, impact, confidence, effort (RICE); value, urgency, risk, size
    (WSJF); impact, confidence, ease (ICE); cost, duration (Cost of Delay). `stored` is `None` where the tracker
    holds the inputs only.
    """

    framework: Framework
    stored: Annotated[float, Field(allow_inf_nan=False)] | None = None
    inputs: Mapping[str, float] = Field(default_factory=dict[str, float])

    def __hash__(self) -> int:
        return hash((self.framework, self.stored, tuple(sorted(self.inputs.items()))))


@dataclass(frozen=True, slots=True, kw_only=True, config=strictly)
class Link:
    """How an item stands to another: `target` is an item's id, or a URL where the other end is no item we read.

    `stage` and `title` are what the tracker says of the other end, for items that are not in this backlog.
    """

    kind: LinkKind
    target: str
    key: str
    url: str | None = None
    title: str | None = None
    stage: Stage | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=strictly)
class Event:
    """Something that happened to an item. `actor` is `None` where the tracker does not say who.

    `field` is the tracker's own name of what changed, `before` and `after` its values as text. `stage` is where a
    status change led, `text` what a comment says (Markdown). `is_ours` marks what backlint itself wrote.
    """

    at: Moment
    what: Happening
    actor: Person | None = None
    field: str | None = None
    before: str | None = None
    after: str | None = None
    stage: Stage | None = None
    text: str | None = None
    is_ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, config=strictly)
class Sprint:
    """A time box that the tracker knows."""

    id: str
    name: str
    state: SprintState
    start: Moment | None = None
    end: Moment | None = None
    goal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=strictly)
class Theme:
    """A goal that items serve: a milestone, a release, a roadmap entry that is no item itself."""

    id: str
    key: str
    title: str
    is_open: bool = True
    due: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=strictly)
class Item:
    """One product backlog item.

    A field that may be `EMPTY` has three answers: a value, `EMPTY` (the tracker has the field and nobody filled
    it) and `None` (the tracker does not say). A collection is `()` when empty and `None` when not read.

    Attributes:
        id: Unique over all trackers, and stable when the item moves: `jira:10042`, `github:I_kwDOAbc`.
        key: What people call it: `SHOP-142`, `acme/shop#12`. It may change when the item moves.
        project: What the key belongs to: `SHOP`, `acme/shop`.
        body: Always Markdown; `""` when nothing was written. Connectors translate ADF and wiki markup.
        criteria: What stands in a field of its own for acceptance criteria (Markdown).
        rank: The place in its backlog from 1. `None`: this tracker gives no order, or the item is not in it.
        status: The tracker's own word for what `stage` says.
        parent: The id of the epic, initiative or item that contains this one.
        themes: The ids of the themes that it serves.
        sprints: The ids of the sprints that it was or is in, oldest first.
        confidential: Its text must not leave the tracker (security level, private).
        updated: The tracker's own time of the last change of any sort; rules use human activity instead.
        events: Oldest first. `None`: the history was not read.
    """

    id: str
    key: str
    url: str
    title: str
    project: str
    body: str | None = None
    criteria: str | Empty | None = None
    kind: Kind = Kind.UNKNOWN
    kind_name: str | None = None
    stage: Stage = Stage.BACKLOG
    status: str | None = None
    rank: Annotated[int, Field(ge=1)] | None = None
    priority: Priority | Empty | None = None
    estimate: Estimate | Empty | None = None
    score: Score | Empty | None = None
    moscow: Moscow | Empty | None = None
    labels: frozenset[str] | None = None
    components: frozenset[str] | None = None
    assignees: tuple[Person, ...] | None = None
    author: Person | None = None
    parent: str | Empty | None = None
    themes: tuple[str, ...] | None = None
    links: tuple[Link, ...] | None = None
    sprints: tuple[str, ...] | None = None
    due: date | Empty | None = None
    votes: int | None = None
    flagged: bool | None = None
    confidential: bool = False
    created: Moment
    updated: Moment
    closed: Moment | None = None
    events: tuple[Event, ...] | None = None

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done."""
        return self.stage.is_open

    def linked(self, kind: LinkKind) -> tuple[Link, ...]:
        """Its links of one kind; none where links were not read (ask `links is None` first where that matters)."""
        return tuple(link for link in self.links or () if link.kind is kind)
