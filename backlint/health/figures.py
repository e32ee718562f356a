"""The figures of a diagnosis: what stands behind one picture or one list each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from backlint.finding import Finding, Subject
from backlint.model import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Runway:
    """The ready work near the top. `sprints` is `None` where it is not known how fast the team works."""

    items: int
    work: float | None
    """In what the team's pace counts: points, hours or items."""
    sprints: float | None
    looked_at: int
    """Waiting items of the bands `next` and `soon`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextItem:
    """An item that planning comes to next, and what keeps it from being planned; nothing does where it is ready."""

    subject: Subject
    size: str | None
    """`5 points`; `None` where nobody estimated it."""
    who: tuple[str, ...]
    lacks: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeGroup:
    """Open items of one age."""

    label: str
    from_days: int
    to_days: int | None
    """`None`: any age above."""
    bands: Mapping[Band, int]
    unranked: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """How old open items are, against how long this team's finished items took."""

    groups: tuple[AgeGroup, ...]
    median_days: int | None
    """Half of the open items are older."""
    finished: int
    """Finished items that the two figures below rest on."""
    finished_half_days: int | None
    finished_most_days: int | None
    """85 % of finished items took no longer."""
    older_than_most: int
    """Open items older than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An item with a value score, and where it stands."""

    key: str
    title: str
    place: int
    value: float
    is_at_fault: bool
    """Whether a rule about the order found it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The order against the value. `agreement` is Kendall's tau: 1 full agreement, 0 none, -1 the reverse."""

    by: str
    items: tuple[Placed, ...]
    agreement: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeHealth:
    """What serves one theme. `key` is `None` for the items that serve none; an item of two themes counts in both."""

    key: str | None
    title: str
    url: str | None
    due: date | None
    open_items: int
    with_findings: int
    findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What came in and went out in seven days, by the dates of the items."""

    start: date
    created: int
    done: int
    dropped: int
    open: int
    """Open at the end of the week."""
