"""A queue in a database of its own, and teams that read a file each."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest
from procrastinate import App
from procrastinate.jobs import Job as Queued
from procrastinate.jobs import Status

from backlint.app.jobs import JobDone
from backlint.config import Config, Surroundings, load
from backlint.example import NOW
from backlint.store import Record, Store
from backlint.testing.clock import FakeClock
from backlint.timetable import Job, Slot
from backlint.worker import Pace, Queue, Worker, work
from tests.postgres import Server

T = TypeVar("T")

ITEM = (
    '{"id": "1", "key": "SHOP-1", "title": "Pay by card", "project": "SHOP", "created": "2026-11-01T08:00:00Z", '
    '"updated": "2026-11-01T08:00:00Z", "kind": "story", "rank": 1, "url": "https://t.example/SHOP-1"}\n'
)


def night(number: int = 0, job: Job = Job.NIGHTLY) -> Slot:
    """A night, so many after the first."""
    day: date = NOW.date() + timedelta(days=number)
    return Slot.of_day(job, day, NOW + timedelta(days=number))


@dataclass
class Office:
    """Some teams, a queue, and workers that are hired for as long as there is something to do."""

    config: Config
    queue: Queue
    url: str
    told: list[JobDone]
    clock: FakeClock

    def hand_over(self, team: str, *slots: Slot) -> None:
        for slot in slots:
            self.queue.hand_over(self.config, self.config.team(team), slot)

    @property
    def worker(self) -> Worker:
        return Worker(self.config, self.clock, self.told.append, Pace(first_pause=60))

    def work(self) -> None:
        """Let a worker do what can be done now."""
        asyncio.run(work(self.worker, asyncio.Event(), leave=lambda: None, waits=False))

    def within(self, do: Callable[[App], Coroutine[object, object, T]]) -> T:
        """Ask the queue, as a worker does."""

        async def go() -> T:
            async with self.worker.app().open_async() as app:
                return await do(app)

        return asyncio.run(go())

    def taken(self, most: int) -> list[tuple[str, str]]:
        """The team and the night of the jobs in the order in which one worker takes them."""

        async def take(app: App) -> list[Queued]:
            worker = await app.job_manager.register_worker()
            taken: list[Queued] = []
            while len(taken) < most and (queued := await app.job_manager.fetch_job(None, worker)):
                taken.append(queued)
                await app.job_manager.finish_job_by_id_async(queued.id or 0, Status.SUCCEEDED, delete_job=True)
            return taken

        return [(str(queued.task_kwargs["team"]), str(queued.task_kwargs["slot"])) for queued in self.within(take)]

    def rows(self, columns: str) -> list[tuple[object, ...]]:
        """What the queue holds."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(f"SELECT {columns} FROM procrastinate_jobs ORDER BY id".encode()).fetchall()  # noqa: S608 - ours

    def change(self, statement: str) -> None:
        with psycopg.connect(self.url) as connection:
            connection.execute(statement.encode())

    def record(self, team: str) -> Record:
        """The last slot of a team, as the store knows it."""
        with Store.open(self.url) as store:
            return store.jobs().recent(team)[0]


def offices(folder: Path, url: str, teams: Sequence[str]) -> Config:
    """A configuration with these teams; each reads a file of its name."""
    file = folder / "backlint.toml"
    file.write_text("".join(f'[teams.{team}.file]\npath = "{folder / team}.jsonl"\n' for team in teams))
    for team in teams:
        (folder / f"{team}.jsonl").write_text(ITEM)
    return load(file, around=Surroundings(directory=folder, environ={"BACKLINT_STORE": url}))


@pytest.fixture
def office(postgres: Server, tmp_path: Path) -> Iterator[Office]:
    url = postgres.migrated()
    config = offices(tmp_path, url, ["cart", "pay", "shop"])
    with Queue.open(url) as queue:
        yield Office(config, queue, url, [], FakeClock())
