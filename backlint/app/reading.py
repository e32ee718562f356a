"""From the trackers to a team's backlog."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import median

from backlint import sync as syncing
from backlint.config import Team
from backlint.health import Reading
from backlint.model import Backlog
from backlint.model.pace import Pace
from backlint.store import Store
from backlint.sync import OnProgress, source_of
from backlint.transport import Gate

SPRINTS_COUNTED = 6
"""A velocity is the median of so many sprints: enough to even out holidays, few enough to follow a changed team."""


def sync(store: Store, teams: Iterable[Team], gate: Gate, on_progress: OnProgress | None = None) -> tuple[Reading, ...]:
    """Read what changed in the teams' sources; what fails makes its own reading incomplete."""
    connectors = [source for team in teams for source in team.sources]
    return asyncio.run(syncing.sync(store, connectors, gate, on_progress))


def names(team: Team) -> tuple[str, ...]:
    """What the team's sources are called in the store."""
    return tuple(map(source_of, team.sources))


def backlog(store: Store, team: Team, now: datetime) -> Backlog:
    """The team's backlog, as it was read last."""
    sources = names(team)
    return Backlog(
        store.backlog_items(sources),
        now=now,
        name=team.name,
        sprints=store.sprints(sources),
        themes=store.themes(sources),
        pace=pace(team, [store.velocity(source) for source in sources]),
        widths=team.settings.bands,
        people=team.settings.people,
    )


def pace(team: Team, told: Sequence[tuple[float, ...] | None]) -> Pace | None:
    """How fast the team works: as its configuration says, or as its tracker does; `None` where neither says."""
    if team.settings.velocity:
        return Pace(per_sprint=team.settings.velocity, origin="the team's configuration")
    known = [sprints[-SPRINTS_COUNTED:] for sprints in told if sprints]
    if len(known) != 1:
        return None  # the sprints of two trackers are not the same ones, and cannot be added up
    (last,) = known
    per_sprint = median(last)
    if per_sprint <= 0:
        return None
    return Pace(per_sprint=per_sprint, samples=last, origin=f"the median of the last {len(last)} sprints")
