"""Lets trackers live, fails them at random, and looks at what is left."""

import tempfile
from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from statistics import median
from threading import Lock

from backlint.example import NOW
from backlint.model import Happening, Item
from backlint.testing.loopback import serve
from backlint.timetable import Job
from backlint.transport.inprocess import Heard, HungUp, Reply, Responder
from tests.soaking.nights import Night, configured, kept, read_anew, sleep_and_wake
from tests.soaking.worlds import GithubWorld, JiraWorld, World

FAULTY_NIGHTS = 0.3
FAULTS = 0.04
"""Of the answers of a faulty night."""
CALM = 9
"""So many days nobody works at the end, and no line fails: a census is taken once a week, and what it misses is asked
for."""
WARM = 0.2
"""Of the nights, until caches are filled and memory is measured."""
GROWTH = 0.02

SETTINGS = """
pages = "pages"
keep_days = 60
[teams.shop]
write = true
velocity = 10
[teams.shop.comments]
grace_hours = 0
quiet_hours = 0
cool_down_hours = 0
relapse_days = 0
per_run = 400
per_person = 400
"""


@dataclass
class Faulty:
    """A tracker behind a bad line: some answers never arrive, some are cut, and some say that it is down."""

    tracker: Responder
    random: Random
    rate: float = 0.0
    faults: int = 0
    lock: Lock = field(default_factory=Lock)

    def __call__(self, heard: Heard) -> Reply:
        with self.lock:
            fault = self.random.choice(range(1, 7)) if self.random.random() < self.rate else 0
            self.faults += bool(fault)
            if fault == 1:
                return Reply(503, b"", {"Retry-After": "5"})
            reply = self.tracker(heard)
            match fault:
                case 2:
                    raise HungUp
                case 3:
                    return replace(reply, body=reply.body[: len(reply.body) // 2])
                case 4 | 5 | 6:
                    return Reply((500, 502, 504)[fault - 4], b"<html>down</html>", {"Content-Type": "text/html"})
                case _:
                    return reply


@dataclass
class Soaked:
    """What is left after so many nights."""

    nights: int
    faults: int
    outcomes: Counter[str]
    notes: int
    doubled: int
    missing: int
    ghosts: int
    different: int
    growth: float

    @property
    def is_well(self) -> bool:
        return not (self.doubled or self.missing or self.ghosts or self.different) and self.growth <= GROWTH

    def __str__(self) -> str:
        came = ", ".join(f"{number:,} {outcome}" for outcome, number in self.outcomes.most_common())
        return (
            f"{self.nights:,} nights, {self.faults:,} faults ({came}): {self.missing} items missing, {self.ghosts} too "
            f"many, {self.different} different; {self.notes} notes, {self.doubled} doubled; memory {self.growth:+.1%}"
        )


def soak(nights: int, seed: int) -> Soaked:
    """Let so many nights pass."""
    random = Random(seed)  # noqa: S311 - it keeps no secret
    worlds: Mapping[str, World] = {"jira": JiraWorld(), "github": GithubWorld()}
    lines = [Faulty(world.responder, random) for world in worlds.values()]
    with tempfile.TemporaryDirectory(prefix="soaking-") as name, ExitStack() as stack:
        urls = [stack.enter_context(serve(line)) for line in lines]
        file = Path(name) / "backlint.toml"
        file.write_text(SETTINGS + _tables(worlds, urls))
        asked = stack.enter_context(_sleeper(file))
        told = [_one(random, worlds, lines, asked, number, is_calm=number >= nights - CALM) for number in range(nights)]
        config, morning = configured(file), NOW + timedelta(days=nights)
        stored, real = kept(config), read_anew(config, Path(name) / "anew.db", morning)
        return _soaked(told, worlds, stored, real, sum(line.faults for line in lines))


def _one(
    random: Random, worlds: Mapping[str, World], lines: list[Faulty], asked: Connection, number: int, *, is_calm: bool
) -> Night:
    now = NOW + timedelta(days=number)
    is_faulty = not is_calm and random.random() < FAULTY_NIGHTS
    for world, line in zip(worlds.values(), lines, strict=True):
        line.rate = FAULTS if is_faulty else 0.0
        if not is_calm:
            world.live(random, now - timedelta(hours=1))
    asked.send((now, not is_calm))
    told: Night = asked.recv()
    return told


@contextmanager
def _sleeper(file: Path) -> Generator[Connection]:
    context = get_context("spawn")
    here, there = context.Pipe()
    child = context.Process(target=sleep_and_wake, args=(file, there))
    child.start()
    try:
        yield here
        here.send(None)
    finally:
        child.join(10)
        child.kill()


def _tables(worlds: Mapping[str, World], urls: list[str]) -> str:
    said = [
        f"[teams.shop.{name}]\n" + _lines(world.table(url))
        for (name, world), url in zip(worlds.items(), urls, strict=True)
    ]
    return "\n".join(said)


def _lines(table: Mapping[str, str | int]) -> str:
    return "".join(f"{key} = {value!r}\n" for key, value in table.items())


def _soaked(
    told: list[Night], worlds: Mapping[str, World], stored: dict[str, Item], real: dict[str, Item], faults: int
) -> Soaked:
    outcomes = Counter(f"{job} {night.outcomes[job]}" for night in told for job in Job if job in night.outcomes)
    notes = [number for world in worlds.values() for number in world.notes().values()]
    memory = [night.memory for night in told[int(len(told) * WARM) :]]
    few = max(1, len(memory) // 10)
    return Soaked(
        nights=len(told), faults=faults, outcomes=outcomes, notes=sum(notes), doubled=sum(it > 1 for it in notes),
        missing=len(real.keys() - stored.keys()), ghosts=len(stored.keys() - real.keys()),
        different=sum(_comparable(stored[id_]) != _comparable(real[id_]) for id_ in stored.keys() & real.keys()),
        growth=median(memory[-few:]) / median(memory[:few]) - 1,
    )  # fmt: skip


def _comparable(item: Item) -> Item:
    """Without what a first read and a daily one see differently.

    A first read takes no comments of done items; a drag in Jira leaves the item's time of change alone, so that the
    order is read again and not the item.
    """
    told = [event for event in item.events or () if event.what is not Happening.RANKED]
    return replace(item, events=tuple(told) if item.is_open else None)
