"""Which job was done when, and who does it now: what decides, whatever a scheduler, a queue or a clock believes.

    held = store.jobs().claim(team, slot, holder, now)   # None: somebody does it, did it, or nobody shall
    held.renew(now)                                      # between two steps; raises where it was lost
    held.finish(now, run=run, outcome="clean")           # or .fail(...), .release(...)

A slot is claimed with a lease. A server that dies leaves one that runs out, and then the slot is somebody else's. It is
not the job that failed then: its tries stay what they were, and only one that outlives no server is given up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, delete, func, insert, select, update

from backlint.errors import StoreError
from backlint.store.database import reading, writing
from backlint.store.encoding import microseconds, moment
from backlint.store.outbox import LEASE as MAY_ARRIVE
from backlint.store.schema import jobs
from backlint.timetable import Job, Slot
from backlint.transport import Json

LEASE = timedelta(minutes=30)
"""Longer than any one step may take: a batch that is asked for four times with the longest pauses, or one lint."""

PAUSES = (timedelta(minutes=10), timedelta(hours=1))
"""How long a slot rests after it failed the first time, and the second. After the third it is given up."""

TRIES = len(PAUSES) + 1

DEATHS = 10
"""A slot in which so many servers died is given up: it is likely to be what kills them. Servers that are killed at
random die ten times in one job once in a very long while, and after each death it rests."""


class State(StrEnum):
    """How it stands with a slot. One that waits failed or was stopped, and is to be done again."""

    RUNNING = "running"
    WAITING = "waiting"
    FINISHED = "finished"
    FAILED = "failed"


class Record(NamedTuple):
    """What is known of a slot.

    `until`: the end of the lease, or of the pause before it is tried again. `attempts`: the tries that failed, and the
    one under way. `deaths`: how often a server died in one; such a try is not counted, and begun again.
    """

    team: str
    job: Job
    slot: str
    state: State
    holder: str
    until: datetime
    attempts: int
    started: datetime
    finished: datetime | None
    run: str | None
    outcome: str | None
    deaths: int


@dataclass(frozen=True)
class Held:
    """A slot that is ours to do. `is_last`: if it fails this time, it is given up."""

    engine: Engine
    team: str
    slot: Slot
    holder: str
    attempt: int

    @property
    def is_last(self) -> bool:
        """Whether there is no other try."""
        return self.attempt >= TRIES

    def renew(self, now: datetime) -> None:
        """Keep it. Raises `StoreError` where it was somebody else's meanwhile."""
        self._set(until=microseconds(now + LEASE))

    def finish(self, now: datetime, *, run: str | None, outcome: str) -> None:
        """It is done."""
        at = microseconds(now)
        self._set(state=State.FINISHED, until=at, finished=at, run=run, outcome=outcome)

    def fail(self, now: datetime, *, outcome: str, run: str | None = None) -> datetime | None:
        """It failed; gives when it is tried again, and `None` where it is given up."""
        again = None if self.is_last else now + PAUSES[self.attempt - 1]
        state = State.WAITING if again else State.FAILED
        at = microseconds(now)
        self._set(state=state, until=microseconds(again or now), finished=at, run=run, outcome=outcome)
        return again

    def release(self, now: datetime, *, outcome: str) -> None:
        """It was stopped, through no fault of its own: somebody does it at once, and this try does not count."""
        self._set(state=State.WAITING, until=microseconds(now), attempts=self.attempt - 1, outcome=outcome)

    def _set(self, **values: str | int | None) -> None:
        ours = and_(_is(self.team, self.slot), jobs.c.holder == self.holder, jobs.c.state == State.RUNNING)
        with writing(self.engine, lock(self.team)) as connection:
            if connection.execute(update(jobs).where(ours).values(**values)).rowcount != 1:
                raise StoreError(f"Another server does the {self.slot.job} job of {self.team} by now; this one stops.")


@dataclass(frozen=True)
class Jobs:
    """The jobs of all teams."""

    engine: Engine

    def claim(self, team: str, slot: Slot, holder: str, now: datetime) -> Held | None:
        """Take a slot, if it is to be done and nobody does it, nor another job of the team."""
        with writing(self.engine, lock(team)) as connection:
            if any(_lives(row, now) for row in _running(connection, team)):
                return None
            row = connection.execute(select(jobs).where(_is(team, slot))).first()
            if row is None:
                connection.execute(insert(jobs).values(_new(team, slot, holder, now)))
                return Held(self.engine, team, slot, holder, 1)
            if row.state in {State.FINISHED, State.FAILED} or _rests(row, now):
                return None
            return self._again(connection, row, Held(self.engine, team, slot, holder, row.attempts + 1), now)

    def _again(self, connection: Connection, row: Row[Json], held: Held, now: datetime) -> Held | None:
        """Take a slot that somebody had before. Where it runs yet, its server died, and the same try begins again."""
        has_died = row.state == State.RUNNING
        held = replace(held, attempt=held.attempt - has_died)
        taken = _new(held.team, held.slot, held.holder, now) | {"attempts": held.attempt}
        taken["deaths"] = deaths = row.deaths + has_died
        if deaths >= DEATHS:
            taken |= {"state": State.FAILED, "finished": taken["started"], "outcome": f"its server died {DEATHS} times"}
        connection.execute(update(jobs).where(_is(held.team, held.slot)).values(**taken))
        return held if deaths < DEATHS else None

    def let_go(self, holder: str, now: datetime) -> None:
        """Whoever held these ends now: somebody else may take them at once."""
        held = and_(jobs.c.holder == holder, jobs.c.state == State.RUNNING)
        left = {"state": State.WAITING, "until": microseconds(now), "attempts": jobs.c.attempts - 1}
        with writing(self.engine) as connection:
            connection.execute(update(jobs).where(held).values(**left, outcome="its server had to go"))

    def died(self, holder: str, now: datetime) -> None:
        """Whoever held these was killed. What it was sending may still arrive: they rest for as long as that takes."""
        held = and_(jobs.c.holder == holder, jobs.c.state == State.RUNNING)
        left = {"state": State.WAITING, "until": microseconds(now + MAY_ARRIVE)}
        left |= {"attempts": jobs.c.attempts - 1, "deaths": jobs.c.deaths + 1}
        with writing(self.engine) as connection:
            connection.execute(update(jobs).where(held).values(**left, outcome="its server died"))

    def record(self, team: str, slot: Slot, now: datetime, *, run: str | None, outcome: str) -> None:
        """Keep what was done without being due, by a person or a clock of somebody else's."""
        done = {"state": State.FINISHED, "finished": microseconds(now), "run": run, "outcome": outcome}
        with writing(self.engine, lock(team)) as connection:
            connection.execute(delete(jobs).where(_is(team, slot)))
            connection.execute(insert(jobs).values(_new(team, slot, "", slot.at) | done))

    def done(self, team: str) -> frozenset[tuple[Job, str]]:
        """The slots that need no more doing: finished, or given up."""
        over = and_(jobs.c.team == team, jobs.c.state.in_((State.FINISHED, State.FAILED)))
        with reading(self.engine) as connection:
            return frozenset(
                (Job(job), slot) for job, slot in connection.execute(select(jobs.c.job, jobs.c.slot).where(over))
            )

    def last_good(self, job: Job = Job.NIGHTLY) -> Mapping[str, datetime]:
        """When a job was last finished, by team."""
        good = and_(jobs.c.job == job, jobs.c.state == State.FINISHED)
        last = select(jobs.c.team, func.max(jobs.c.finished)).where(good).group_by(jobs.c.team)
        with reading(self.engine) as connection:
            return {team: moment(at) for team, at in connection.execute(last)}

    def recent(self, team: str | None = None, most: int = 50) -> tuple[Record, ...]:
        """What was begun last, newest first."""
        found = select(*(jobs.c[name] for name in Record._fields))
        found = found if team is None else found.where(jobs.c.team == team)
        with reading(self.engine) as connection:
            rows = connection.execute(found.order_by(jobs.c.started.desc()).limit(most))
            return tuple(_record(row) for row in rows)


def forget(connection: Connection, team: str, before: datetime) -> int:
    """Drop what was over before a moment; gives how many. The last good one of each job stays."""
    good = and_(jobs.c.team == team, jobs.c.state == State.FINISHED)
    newest = select(func.max(jobs.c.finished)).where(good).group_by(jobs.c.job)
    over = and_(jobs.c.team == team, jobs.c.state.in_((State.FINISHED, State.FAILED)))
    old = and_(over, jobs.c.finished < microseconds(before), jobs.c.finished.not_in(newest))
    return connection.execute(delete(jobs).where(old)).rowcount


def lock(team: str) -> str:
    """What those name who write of a team's jobs: claims of one team come one after the other."""
    return f"the jobs of {team}"


def _is(team: str, slot: Slot) -> ColumnElement[bool]:
    return and_(jobs.c.team == team, jobs.c.job == slot.job, jobs.c.slot == slot.name)


def _running(connection: Connection, team: str) -> list[Row[Json]]:
    mine = and_(jobs.c.team == team, jobs.c.state == State.RUNNING)
    return list(connection.execute(select(jobs).where(mine)))


def _lives(row: Row[Json], now: datetime) -> bool:
    """Whether a lease holds. One longer than any is of a clock that was ahead, and would hold for as long."""
    return now < moment(row.until) <= now + LEASE


def _rests(row: Row[Json], now: datetime) -> bool:
    """Whether a pause is not over. One longer than any is of a clock that was ahead, too."""
    return row.state == State.WAITING and now < moment(row.until) <= now + PAUSES[-1]


def _new(team: str, slot: Slot, holder: str, now: datetime) -> dict[str, str | int | None]:
    return {
        "team": team,
        "job": slot.job,
        "slot": slot.name,
        "state": State.RUNNING,
        "holder": holder,
        "until": microseconds(now + LEASE),
        "attempts": 1,
        "started": microseconds(now),
        "finished": None,
        "run": None,
        "outcome": None,
        "deaths": 0,
    }


def _record(row: Row[Json]) -> Record:
    return Record(
        row.team,
        Job(row.job),
        row.slot,
        State(row.state),
        row.holder,
        until=moment(row.until),
        attempts=row.attempts,
        started=moment(row.started),
        finished=None if row.finished is None else moment(row.finished),
        run=row.run,
        outcome=row.outcome,
        deaths=row.deaths,
    )
