"""Kill runs at random, real processes with `kill -9`, and count what was doubled or lost.

    python -m tests.writeback.killing [KILLS]

Each round forks processes that write notes to a tracker on loopback, kills one to three of them after a random time,
and lets the last come to its end. The tracker does what it was asked a little late, whether the asker lives or not.
Between two lives that time passes, and the clocks of the processes jump over the lease.
"""

import asyncio
import os
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing, redirect_stderr
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from random import Random
from threading import Lock

from pydantic import SecretStr

from backlint.connectors.jira import Jira
from backlint.connectors.jira.writing import writing
from backlint.example import NOW
from backlint.store import Store
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.jira import FakeJira
from backlint.testing.loopback import serve
from backlint.transport import Gate
from backlint.transport.inprocess import Heard, Reply
from backlint.writeback import Applying, Journal, NoteChange, Step
from backlint.writeback.changes import Kept

ITEMS = 3
LATEST = 0.02
A_LIFE = 0.3
"""Seconds of a run, until one was measured."""
LEASE_IS_OVER = timedelta(minutes=30)
SOURCE = "jira:loopback/SHOP"


@dataclass
class Tally:
    """What became of all rounds. Without a write in doubt nothing was tried."""

    kills: int = 0
    rounds: int = 0
    in_doubt: int = 0
    doubled: int = 0
    lost: int = 0
    broken: int = 0

    @property
    def is_well(self) -> bool:
        return not (self.doubled or self.lost or self.broken) and self.in_doubt > 0

    def __str__(self) -> str:
        said = f"{self.kills:,} kills in {self.rounds:,} runs of {ITEMS} notes, {self.in_doubt:,} with a write in doubt"
        return f"{said}: {self.doubled} doubled, {self.lost} lost, {self.broken} broken"


@dataclass
class Late:
    """A tracker that does what it was asked a little later, one thing after the other."""

    jira: FakeJira
    random: Random
    lock: Lock = field(default_factory=Lock)

    def __call__(self, heard: Heard) -> Reply:
        if heard.method != "GET":
            time.sleep(self.random.uniform(0, LATEST))
        with self.lock:
            return self.jira(heard)


@dataclass
class Round:
    """One store, one tracker, and a life after the other."""

    store: Path
    jira: FakeJira
    url: str
    lives: int = 0
    took: float = 0.0

    def live(self, most: float | None) -> bool:
        """Let a process live for so long, or to its end; whether it had to be killed."""
        clock = FakeClock(NOW + self.lives * LEASE_IS_OVER)
        items = {issue.key: f"{SOURCE}/{issue.id}" for issue in self.jira.issues.values()}
        process = get_context("fork").Process(target=write, args=(self.url, self.store, items, clock, f"{self.lives}"))
        self.lives += 1
        began = time.monotonic()
        process.start()
        process.join(most)
        self.took = time.monotonic() - began
        is_killed = process.exitcode is None
        if process.pid and is_killed:
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        if process.exitcode not in {0, -signal.SIGKILL}:
            raise RuntimeError(f"A run ended with {process.exitcode}: nothing can be said of what it left.")
        time.sleep(2 * LATEST)
        return is_killed

    def count(self, table: str) -> int:
        with closing(sqlite3.connect(self.store)) as database:
            return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - ours

    def tell(self, tally: Tally) -> None:
        """Look at what is left."""
        comments = [len(issue.comments) for issue in self.jira.issues.values()]
        tally.doubled += sum(number > 1 for number in comments)
        tally.lost += sum(number == 0 for number in comments)
        with closing(sqlite3.connect(self.store)) as database:
            is_whole = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tally.broken += not (is_whole and self.count("journal") == ITEMS and self.count("outbox") == 0)


def write(url: str, store: Path, items: Mapping[str, str], clock: FakeClock, run: str) -> None:
    """One life: find out what became of the one before, and write a note on every item."""

    async def go(journal: Journal) -> None:
        settings = Jira(url=url, project=("SHOP",), email="robin@example.com", token=SecretStr("fake-token"))
        with journal.held(clock.now()):
            async with writing(settings, Gate(clock)) as writer:
                applying = Applying(writer, journal, clock)
                await applying.recover()
                async for _ in applying.apply([_step(id_, key) for key, id_ in items.items()]):
                    pass

    with Store.open(str(store)) as opened:
        asyncio.run(go(Journal(opened.outbox(SOURCE), run)))


def _step(id_: str, key: str) -> Step:
    body = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": key}]}]}
    change = NoteChange(before=None, after=Kept(fingerprint="5a", body=body))
    return Step(item=id_, key=key, url="https://example.com", change=change, why="a trial")


def kill_at_random(kills: int, seed: int = 7) -> Tally:
    """So many kills, each in the middle of a run."""
    random, tally, a_life = Random(seed), Tally(), A_LIFE  # noqa: S311 - it keeps no secret
    with tempfile.TemporaryDirectory(prefix="killing-") as folder:
        new = Path(folder) / "new.db"
        Store.open(str(new)).close()
        while tally.kills < kills:
            store = Path(folder) / f"{tally.rounds}.db"
            store.write_bytes(new.read_bytes())
            jira = FakeJira("http://127.0.0.1:1")
            for number in range(ITEMS):
                jira.issue("SHOP", f"Item {number}")
            with serve(Late(jira, random)) as url:
                this = Round(store, jira, url)
                for _ in range(random.randint(1, 3)):
                    tally.kills += this.live(random.uniform(0, a_life))
                    tally.in_doubt += this.count("outbox") > 0
                this.live(None)
            a_life = this.took
            this.tell(tally)
            tally.rounds += 1
    return tally


if __name__ == "__main__":
    with redirect_stderr(StringIO()):  # the server tells of every asker that died
        told = kill_at_random(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
    sys.stdout.write(f"{told}\n")
    sys.exit(0 if told.is_well else 1)
