"""What a diagnosis holds. Everything is plain and frozen, so that a report shows it and a store keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from backlint.finding import Crash, Finding, Severity
from backlint.health.figures import Ages, NextItem, Order, Runway, ThemeHealth, Week
from backlint.model import Band


class Tone(StrEnum):
    """How good a figure is, for the eye."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read from one source, and whether all of it was."""

    source: str
    items: int
    read_at: datetime | None
    is_complete: bool
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What one family of rules takes from the score.

    `points` counts to one decimal; the losses of a score and its value add up to 100.
    """

    family: str
    points: float
    items: int
    """Items that have a finding of the family; findings about the backlog itself are not counted here."""
    findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """The score of a backlog, 0 to 100, with its parts. Scores of different versions are not to be compared."""

    value: float
    losses: tuple[Loss, ...]
    bands: Mapping[Band, float]
    """The score that the items of each band have by themselves; bands without items are left out."""
    version: int
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure of the first screen. `value` is ready to be shown; `families` says which findings stand behind it."""

    label: str
    value: str
    of: int | None = None
    note: str
    tone: Tone
    families: tuple[str, ...] = ()
    delta: int | None = None
    """How many more than at the run before; `None` where there was none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One of the ten best things to do: one step for one item, or for the backlog.

    Attributes:
        findings: What the step mends; all of one item, or all of the backlog itself.
        step: What to do, in the imperative.
        gain: Points that the score rises by.
        minutes: About how long it takes; a rough guess by family, see `backlint.health.actions`.
        who: Whose it is: the assignees' names, else the author's; empty where nobody is named.
        more: Findings of the same item that the step does not mend.
    """

    findings: tuple[Finding, ...]
    step: str
    gain: float
    minutes: int
    who: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleHealth:
    """What one rule found over the whole backlog."""

    rule: str
    family: str
    summary: str
    findings: int
    undecided: int
    missing: str | None
    """What would let it decide, where it could not; the one that is missed most."""
    why: str = ""
    """The rest of its page, as Markdown: why it matters, how to mend it."""
    severities: Mapping[Severity, int] = field(default_factory=dict[Severity, int])
    new: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid:
    """What could not be decided for want of one thing, by all the rules that missed it."""

    missing: str
    rules: tuple[str, ...]
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """An earlier run, for the trend. Points of another `rules` are marked, not compared."""

    at: datetime
    score: float | None
    findings: int
    open_items: int
    ready: int | None = None
    next_items: int | None = None
    families: Mapping[str, int] = field(default_factory=dict[str, int])
    """Items with a finding, by family."""
    rules: str = ""
    """What identifies the rule set and its settings; a change of it makes the next point incomparable."""
    is_rebuilt: bool = False
    """Told from the items' histories, and seen by no run: fewer rules could decide, so nothing is compared with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different from the run before; `None` in `Health.change` where there was none.

    `new` and `came_back` are fingerprints of present findings; `fixed` are the findings as they were then.
    """

    since: datetime
    new: tuple[str, ...]
    fixed: tuple[Finding, ...]
    came_back: tuple[str, ...] = ()
    before: Point | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One team's backlog, diagnosed.

    Attributes:
        ready: Waiting items of the band `next` that nothing keeps from being planned (`backlint.health.readiness`).
        coming: The waiting items of the band `next`, in their order.
        grade: `None` where no item is open.
        past: Earlier runs, oldest first, without this one.
        hidden: What is not shown, counted by why: waived, baselined, unselected.
        rules_version: What identifies the rule set and its settings; see `Point.rules`.
    """

    name: str
    now: datetime
    headline: str
    because: str
    is_well: bool
    is_complete: bool
    readings: tuple[Reading, ...]
    items: int
    open_items: int
    ready: int
    next_items: int
    coming: tuple[NextItem, ...]
    grade: Grade | None
    tiles: tuple[Tile, ...]
    actions: tuple[Action, ...]
    bands: Mapping[Band, int]
    runway: Runway
    ages: Ages
    weeks: tuple[Week, ...]
    order: Order | None
    """`None` where the items carry no value score."""
    themes: tuple[ThemeHealth, ...]
    findings: tuple[Finding, ...]
    families: Mapping[str, int]
    """Items with a finding, by family."""
    rules: tuple[RuleHealth, ...]
    unsaid: tuple[Unsaid, ...] = ()
    crashes: tuple[Crash, ...] = ()
    change: Change | None = None
    past: tuple[Point, ...] = ()
    hidden: Mapping[str, int] = field(default_factory=dict[str, int])
    rules_version: str = ""

    @property
    def verdict(self) -> str:
        """The one sentence that everything else explains."""
        return f"{self.headline}: {self.because}"

    def count(self, severity: Severity) -> int:
        """How many findings weigh this much."""
        return sum(finding.severity is severity for finding in self.findings)

    def point(self) -> Point:
        """What a store keeps of this run for the trend of the next."""
        return Point(
            at=self.now,
            score=self.grade.value if self.grade else None,
            findings=len(self.findings),
            open_items=self.open_items,
            ready=self.ready,
            next_items=self.next_items,
            families=self.families,
            rules=self.rules_version,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run over one or several teams' backlogs: what a report shows."""

    id: str
    at: datetime
    version: str
    teams: tuple[Health, ...]
