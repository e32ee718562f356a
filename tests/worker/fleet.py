"""Many teams, several workers, and `kill -9` at random: is every job done, and no note written twice?

    python -m tests.worker.fleet [--teams 500] [--workers 4] [--kills 60]

A PostgreSQL, a Jira for each team on one loopback port, and worker processes that share nothing but the two. The Jiras
do what they were asked a little late, whether the asker lives or not. All clocks run fast, so that a lease of ten
minutes is over in seconds; a heartbeat is that of the queue's own, real clock. First some of the teams are done by one
worker, and as many by all of them, undisturbed: with Jiras that answer at once, where the machine's processors are what
is waited for, and with such as take as long as Jira Cloud does, where they are not. The rest is done while workers are
killed.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import StringIO
from itertools import islice
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path
from random import Random
from threading import Lock
from urllib.parse import urlsplit

import psycopg

from backlint.config import Config, Surroundings, load
from backlint.example import NOW
from backlint.store import State, Store
from backlint.sync import source_of
from backlint.testing.fakes.jira import FakeJira
from backlint.testing.loopback import serve
from backlint.timetable import Job, Slot
from backlint.transport.inprocess import Heard, Reply
from backlint.worker import Pace, Queue, Worker, work
from backlint.writeback import Journal
from tests.postgres import Server, started

SPEED = 120.0
ITEMS = 3
LATEST = 0.2
"""Seconds for which a Jira may keep a write before it does it."""
PACE = Pace(heartbeat=0.5, dead_after=3.0, first_pause=0.5, longest_pause=2.0, poll=1.0)
FEWEST = 4
"""Jobs by which a throughput is told: one for each worker. Of a small fleet none is."""
LATENCY = 0.05
"""Seconds that a Jira takes for an answer; those of Jira Cloud are rarely faster."""
A_JOB = 3.0
"""Seconds: a worker is killed at any moment of one."""
SURE = 1.5
"""Seconds after which what the living were sending has arrived, and what the dead did is not looked at yet."""
STUCK = 120.0
"""Seconds without a job done, after which nothing more is waited for."""

HEAD = """
store = "{store}"
select = ["missing-description"]
"""
TEAM = """
[teams.{team}]
write = true
comments = {{ grace_hours = 0, quiet_hours = 0, cool_down_hours = 0 }}
schedule = {{ bot = "nightly" }}
[teams.{team}.jira]
url = "{url}/{team}"
project = "{key}"
email = "robin@example.com"
"""


@dataclass(frozen=True)
class FastClock:
    """The same in all processes, and `SPEED` times as fast as theirs."""

    began: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return SPEED * (time.monotonic() - self.began)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / SPEED)


class Jiras:
    """A Jira for each team, by the first part of the path; each does one thing at a time, and a little late."""

    def __init__(self, teams: Sequence[str], clock: FastClock, random: Random) -> None:
        self.clock, self.random, self.latency = clock, random, 0.0
        self.of = {team: FakeJira(f"http://127.0.0.1:1/{team}") for team in teams}
        self.locks = {team: Lock() for team in teams}
        for team, jira in self.of.items():
            for number in range(ITEMS):
                jira.issue(key_of(team), f"Item {number}")

    def __call__(self, heard: Heard) -> Reply:
        is_write = heard.method != "GET"
        time.sleep(self.latency + (self.random.uniform(0, LATEST) if is_write else 0))
        team = urlsplit(heard.url).path.split("/")[1]
        with self.locks[team]:
            self.of[team].now = self.clock.now()
            return self.of[team](heard)

    def notes(self, team: str) -> list[int]:
        """How many comments each item has."""
        return [len(issue.comments) for issue in self.of[team].issues.values()]


@dataclass
class Tally:
    """What became of everything."""

    kills: int = 0
    ended: int = 0
    in_doubt: int = 0
    done: int = 0
    undone: int = 0
    notes: int = 0
    doubled: int = 0
    lost: int = 0
    left_in_outbox: int = 0
    most_deaths: int = 0
    rates: dict[str, float] = field(default_factory=dict[str, float])

    @property
    def is_well(self) -> bool:
        is_shown = self.notes > 0 and self.kills > 0
        return is_shown and not (self.ended or self.undone or self.doubled or self.lost or self.left_in_outbox)

    def __str__(self) -> str:
        rates = ", ".join(f"{name}: {rate:.1f}" for name, rate in self.rates.items())
        return (
            f"{self.kills} kills, {self.in_doubt} of them with a write in doubt, "
            f"at most {self.most_deaths} in one job, "
            f"{self.ended} workers that ended by themselves: {self.done} jobs done, {self.undone} not; "
            f"{self.notes:,} notes, {self.doubled} doubled, "
            f"{self.lost} lost, {self.left_in_outbox} left in the outbox. Workers, and jobs a second: {rates}."
        )


@dataclass
class Fleet:
    """The workers, and the one who kills them."""

    config: Config
    clock: FastClock
    database: str
    random: Random
    living: list[ForkProcess] = field(default_factory=list[ForkProcess])
    known: set[object] = field(default_factory=set[object])
    doubts: list[tuple[float, set[object]]] = field(default_factory=list[tuple[float, set[object]]])
    tally: Tally = field(default_factory=Tally)

    def finish(self, name: str, teams: Sequence[str], workers: int, kills: int = 0) -> None:
        """Let so many workers do the teams' jobs, and kill so many of them meanwhile."""
        with Queue.open(self.config.store) as queue:
            for team in teams:
                queue.hand_over(self.config, self.config.team(team), Slot.of_day(Job.NIGHTLY, NOW.date(), NOW))
        began = time.monotonic()
        self.living = [self._born() for _ in range(workers)]
        fewest, since = self.waiting(), began
        when = sorted(self.random.randint(1, len(teams)) for _ in range(kills))
        while (left := self.waiting()) and time.monotonic() - since < STUCK:
            if left < fewest:
                fewest, since = left, time.monotonic()
            if when and left <= when[-1]:
                when.pop()
                self._await_a_moment()
                self._kill(self.random.randrange(workers))
            self._look_at_doubts()
            time.sleep(0.05)
        self.tally.rates[name] = (len(teams) - left) / (time.monotonic() - began)
        for process in self.living:
            self.tally.ended += not process.is_alive()
            process.kill()
            process.join()

    def waiting(self) -> int:
        """How many jobs are not over for the queue."""
        return self._ask("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")[0][0]

    def outbox(self) -> set[object]:
        """The writes that are under way, or of which nobody knows what became of them."""
        return set(self._ask("SELECT project, item, slot, run, at FROM outbox"))

    def _ask(self, query: str) -> list[tuple[int, ...]]:
        with psycopg.connect(self.database) as connection:
            return connection.execute(query.encode()).fetchall()

    def _born(self) -> ForkProcess:
        process = get_context("fork").Process(target=live, args=(self.config, self.clock), daemon=True)
        process.start()
        return process

    def _await_a_moment(self) -> None:
        """Any moment of a job; half of the time one at which somebody is writing, since most of a job is reading."""
        end = time.monotonic() + self.random.uniform(0, A_JOB)
        is_picky = self.random.random() < 0.5
        while time.monotonic() < end and not (is_picky and self.outbox() - self.known):
            time.sleep(0.01)

    def _kill(self, number: int) -> None:
        process = self.living[number]
        self.tally.ended += not process.is_alive()
        process.kill()
        process.join()
        self.tally.kills += 1
        self.doubts.append((time.monotonic(), self.outbox()))
        self.living[number] = self._born()

    def _look_at_doubts(self) -> None:
        """Count the kills after which a write is still there that was under way then: nobody lives who knows of it."""
        now, left = time.monotonic(), self.outbox() if self.doubts else set[object]()
        for at, sending in [*self.doubts]:
            if now - at >= SURE:
                self.doubts.remove((at, sending))
                self.tally.in_doubt += bool((sending & left) - self.known)
                self.known |= sending & left


def live(config: Config, clock: FastClock) -> None:
    """One worker, until it is killed."""
    sys.stderr = sys.__stderr__
    worker = Worker(config, clock, tell=lambda _: None, pace=PACE)
    asyncio.run(work(worker, asyncio.Event(), leave=lambda: os._exit(1)))


def key_of(team: str) -> str:
    return team.upper()


def configured(folder: Path, url: str, store: str, teams: Sequence[str]) -> Config:
    file = folder / "backlint.toml"
    told = (TEAM.format(team=team, key=key_of(team), url=url) for team in teams)
    file.write_text(HEAD.format(store=store) + "".join(told))
    tokens = {f"BACKLINT_TEAMS__{team.upper()}__JIRA__TOKEN": "fake-token" for team in teams}
    return load(file, around=Surroundings(directory=folder, environ=tokens))


def run(server: Server, teams: int, workers: int, kills: int, seed: int = 7) -> Tally:
    """Do everything, and look at what is left."""
    names = [f"t{number}" for number in range(teams)]
    few = max(FEWEST, teams // 20) if teams >= 10 * FEWEST else 0
    clock, random, database = FastClock(), Random(seed), server.migrated()  # noqa: S311 - it keeps no secret
    jiras = Jiras(names, clock, random)
    with tempfile.TemporaryDirectory(prefix="fleet-") as folder, serve(jiras) as url:
        config = configured(Path(folder), url, database, names)
        with Store.open(database) as store:
            for team in config.teams:
                for source in team.sources:
                    Journal(store.outbox(source_of(source)), "setup").introduce(clock.now())
        fleet = Fleet(config, clock, database, random)
        left = iter(names)
        for latency, told in ((0.0, "at once"), (LATENCY, f"in {1000 * LATENCY:.0f} ms")):
            jiras.latency = latency
            for number in (1, workers) if few else ():
                fleet.finish(f"{number} with Jiras that answer {told}", list(islice(left, few)), number)
        fleet.finish(f"{workers} of which some are killed", list(left), workers, kills)
    tell(fleet, jiras, names)
    return fleet.tally


def tell(fleet: Fleet, jiras: Jiras, teams: Sequence[str]) -> None:
    """Count what was done, and how often."""
    tally = fleet.tally
    with Store.open(fleet.database) as store:
        records = store.jobs().recent(most=2 * len(teams))
    states = {each.team: each.state for each in records}
    tally.most_deaths = max(each.deaths for each in records)
    tally.done = sum(states.get(team) is State.FINISHED for team in teams)
    tally.undone = len(teams) - tally.done
    notes = [number for team in teams for number in jiras.notes(team)]
    tally.notes = sum(notes)
    tally.doubled = sum(number > 1 for number in notes)
    tally.lost = sum(number == 0 for number in notes)
    tally.left_in_outbox = len(fleet.outbox())


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.worker.fleet")
    for name, usual in (("teams", 500), ("workers", 4), ("kills", 60)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args(arguments)
    try:
        with started() as server, redirect_stderr(StringIO()):  # of every asker that died, the server tells
            told = run(server, asked.teams, asked.workers, asked.kills)
    except LookupError as missing:
        sys.stdout.write(f"Not tried: {missing}\n")
        return 0
    sys.stdout.write(f"{asked.teams} teams: {told}\n")
    return 0 if told.is_well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
