"""Give jobs to the queue: each slot once, one job of a team at a time, and no team before all others.

Turns: a team's second job waits until every team's first was taken, whoever queued first (start-time fair queueing,
Goyal et al. 1996). A job's turn is one after the team's last, and never before the turn that is being served, so a
team that was away has no claim to the past. procrastinate takes the highest priority first: priority is minus the turn.
"""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime

import psycopg
from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

from backlint.config import Config, Team
from backlint.errors import StoreError
from backlint.store.database import conninfo
from backlint.sync import source_of
from backlint.timetable import Job, Slot
from backlint.worker.schema import prepare

QUEUE = "backlint"
TASK = "backlint.fulfil"

ASKED = """
SELECT EXISTS (
    SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = %(slot)s AND status IN ('todo', 'doing')
) AS is_there, GREATEST(
    (SELECT MIN(-priority) FROM procrastinate_jobs
     WHERE status IN ('todo', 'doing') AND (scheduled_at IS NULL OR scheduled_at <= now())),
    (SELECT MAX(-priority) + 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND lock = %(lock)s),
    0
) AS turn
"""


class Queue:
    """The queue, as whoever gives it jobs sees it. `hand_over` blocks, and may be called from any thread."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._locks: tuple[Config, Mapping[str, str]] | None = None

    @classmethod
    @contextmanager
    def open(cls, store: str) -> "Generator[Queue]":
        """The queue in a store; its tables are made where they are not there yet.

        Raises `ConfigError` for a store that is no PostgreSQL, `StoreError` where it cannot be reached.
        """
        where = conninfo(store)
        with told():
            prepare(where)
            with App(connector=SyncPsycopgConnector(conninfo=where, min_size=1, max_size=2)).open() as app:
                yield cls(app)

    def hand_over(self, config: Config, team: Team, slot: Slot) -> None:
        """Queue a slot, unless it is there already, waiting or being done."""
        name, lock = f"{team.name}/{slot.job}/{slot.name}", self._lock(config, team)
        with told(), suppress(AlreadyEnqueued):
            found = self._app.connector.get_sync_connector().execute_query_one(ASKED, slot=name, lock=lock)
            if not found["is_there"]:
                deferrer = self._app.configure_task(
                    TASK, queue=QUEUE, lock=lock, queueing_lock=name, priority=-int(found["turn"])
                )
                deferrer.defer(team=team.name, job=slot.job.value, slot=slot.name, at=slot.at.isoformat())

    def _lock(self, config: Config, team: Team) -> str:
        if self._locks is None or self._locks[0] is not config:
            self._locks = config, locks(config.teams)
        return self._locks[1][team.name]


def slot_of(told: Mapping[str, str]) -> Slot:
    """The slot that a job is about."""
    return Slot(datetime.fromisoformat(told["at"]), Job(told["job"]), told["slot"])


def locks(teams: Sequence[Team]) -> Mapping[str, str]:
    """What those share, by name, whose jobs must not run side by side: all teams that read the same project."""
    first: dict[str, str] = {}
    leader = {team.name: team.name for team in teams}

    def led(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for team in teams:
        for source in team.sources:
            leader[led(team.name)] = led(first.setdefault(source_of(source), team.name))
    return {name: f"team {led(name)}" for name in leader}


@contextmanager
def told() -> Generator[None]:
    """Turn what the queue says into one line that a person can act on."""
    try:
        yield
    except (ConnectorException, psycopg.Error) as error:
        cause = error.__cause__ or error
        reason = str(cause).strip().partition("\n")[0].rstrip(".") or type(cause).__name__
        raise StoreError(f"The queue in the store cannot be used: {reason}.") from error
