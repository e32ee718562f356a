"""Whether the top can be planned: how much of it is ready, and how long the ready work would last."""

from collections.abc import Iterable

from backlint.finding import Finding, Severity
from backlint.health.health import Runway
from backlint.model import Backlog, Band, Item

KEEPS_FROM_PLANNING = frozenset({"readiness", "size"})
"""The families that speak of whether an item can be planned: it lacks something, or it does not fit."""


def not_ready(findings: Iterable[Finding]) -> frozenset[str]:
    """The ids of items that something of warning or above keeps from being planned."""
    return frozenset(
        finding.subject.id
        for finding in findings
        if finding.subject
        and finding.family in KEEPS_FROM_PLANNING
        and finding.severity.weight >= Severity.WARNING.weight
    )


def plannable(backlog: Backlog, last: Band) -> tuple[Item, ...]:
    """The waiting items that planning draws from, down to the end of a band."""
    banded = ((item, backlog.band(item)) for item in backlog.plannable)
    return tuple(item for item, band in banded if band and band.depth <= last.depth)


def runway(backlog: Backlog, unready: frozenset[str]) -> Runway:
    """The ready work of the bands `next` and `soon`: beyond them nothing is asked of an item, so nothing is known."""
    near = plannable(backlog, Band.SOON)
    ready = [item for item in near if item.id not in unready]
    work = None if backlog.work is None else sum(backlog.work[item.id] for item in ready)
    sprints = work / backlog.pace.per_sprint if work is not None and backlog.pace else None
    return Runway(
        items=len(ready),
        work=work,
        sprints=None if sprints is None else round(sprints, 1),
        looked_at=len(near),
    )
