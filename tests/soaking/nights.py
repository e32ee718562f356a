"""Night after night in one process: the nightly report and the notes, as the service does them."""

import asyncio
import gc
import os
import resource
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from backlint.app import jobs, reading
from backlint.config import Config, Surroundings, load
from backlint.errors import BacklintError
from backlint.model import Item
from backlint.store import Store
from backlint.sync import source_of, sync
from backlint.testing.clock import FakeClock
from backlint.timetable import Job
from backlint.transport import Gate

VARIABLES = {"JIRA_TOKEN": "fake-token", "GITHUB_TOKEN": "ghp_0123456789abcdef0123456789abcdef0123"}


@dataclass(frozen=True, slots=True)
class Night:
    """What came of one: its outcomes by job, and what the process holds in memory after it, in bytes."""

    outcomes: Mapping[Job, str]
    memory: int


def configured(file: Path) -> Config:
    """The configuration as the service would read it."""
    return load(file, around=Surroundings(file.parent, {**VARIABLES, "HOME": str(file.parent)}))


def sleep_and_wake(file: Path, asked: Connection) -> None:
    """The child: does a night for every moment that comes through the pipe, until `None` comes."""
    config = configured(file)
    while (order := asked.recv()) is not None:
        now, writes = order
        asked.send(night(config, now, writes=writes))


def night(config: Config, now: datetime, *, writes: bool) -> Night:
    """The report, and the notes a little later."""
    outcomes: dict[Job, str] = {}
    for job, at in ((Job.NIGHTLY, now), (Job.BOT, now + timedelta(minutes=30)))[: 1 + writes]:
        clock = FakeClock(at)
        gate = Gate(clock, until=clock.monotonic() + 3600, jitter=lambda: 0.0)
        try:
            outcomes[job] = jobs.do(config, config.team("shop"), job, gate=gate).outcome
        except BacklintError as error:
            outcomes[job] = str(error)
    gc.collect()
    return Night(outcomes, _memory())


def kept(config: Config) -> dict[str, Item]:
    """What the store holds."""
    with Store.open(config.store) as store:
        return {item.id: item for item in store.backlog_items(reading.names(config.team("shop")))}


def read_anew(config: Config, store: Path, now: datetime) -> dict[str, Item]:
    """What a store holds that was filled today."""
    sources = config.team("shop").sources
    with Store.open(str(store)) as opened:
        asyncio.run(sync(opened, sources, Gate(FakeClock(now), jitter=lambda: 0.0)))
        return {item.id: item for item in opened.backlog_items(map(source_of, sources))}


def _memory() -> int:
    """The resident set where the system tells it, else its peak."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return pages * os.sysconf("SC_PAGE_SIZE")
