"""The health of a backlog at one moment: computed once, shown by every report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from backlint.finding import Finding, Severity
from backlint.model import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read from one source, and whether all of it was."""

    source: str
    items: int
    read_at: datetime | None
    is_complete: bool
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One of the ten best things to do: everything that one step mends, for one item or for the backlog."""

    findings: tuple[Finding, ...]
    step: str
    minutes: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different from the run before; `None` in `Health.change` where there was none."""

    since: datetime
    new: tuple[str, ...]
    fixed: int
    """Fingerprints that were found then and are not now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One team's backlog, diagnosed."""

    name: str
    now: datetime
    verdict: str
    is_well: bool
    is_complete: bool
    readings: tuple[Reading, ...]
    open_items: int
    ready: int
    """Items of the band `next` without a readiness finding of warning or above."""
    next_items: int
    bands: Mapping[Band, int]
    findings: tuple[Finding, ...]
    actions: tuple[Action, ...]
    rules: tuple[RuleHealth, ...]
    crashes: tuple[str, ...] = ()
    change: Change | None = None
    hidden: Mapping[str, int] = field(default_factory=dict[str, int])
    """What is not shown, counted by why: waived, baselined, unselected."""

    def count(self, severity: Severity) -> int:
        """How many findings weigh this much."""
        return sum(finding.severity is severity for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run over one or several teams' backlogs: what a report shows."""

    id: str
    at: datetime
    version: str
    teams: tuple[Health, ...]
