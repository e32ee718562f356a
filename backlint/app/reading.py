"""From the trackers to a team's backlog."""

import asyncio
from collections.abc import Iterable
from datetime import datetime

from backlint import sync as syncing
from backlint.config import Team
from backlint.forecast import pace_of
from backlint.health import Reading
from backlint.model import Backlog, Pace
from backlint.store import Store
from backlint.sync import OnProgress, source_of
from backlint.transport import Gate
from backlint.value import with_written_value


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
    items = [with_written_value(item) for item in store.backlog_items(sources)]
    sprints = tuple(store.sprints(sources))
    return Backlog(
        items,
        now=now,
        name=team.name,
        sprints=sprints,
        themes=store.themes(sources),
        pace=_configured(team) or pace_of(items, sprints, now, told=_told(store, sources)),
        widths=team.settings.bands,
        people=team.settings.people,
    )


def _configured(team: Team) -> Pace | None:
    velocity = team.settings.velocity
    return Pace(per_sprint=velocity, origin="the team's configuration") if velocity else None


def _told(store: Store, sources: Iterable[str]) -> tuple[float, ...]:
    """What the tracker says of the last sprints; those of two trackers cannot be added up."""
    known = [sprints for source in sources if (sprints := store.velocity(source))]
    return known[0] if len(known) == 1 else ()
