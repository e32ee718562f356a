"""A whole year in zones whose clocks jump, on a clock of our own: each job once per local date, and none lost.

Servers come and go at random: they die in the middle of a job, are stopped, fail, and ask at odd moments, two at a time.
"""

import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backlint.store import Held, Store
from backlint.timetable import Job, Slot, Timetable, due
from backlint.timetable.moments import local_date

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
YEAR = 2026
DAYS = 365

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour
    "Africa/Cairo",  # at midnight
    "America/Nuuk",  # an hour before midnight
    "Africa/Casablanca",  # four jumps a year, by the moon
    "Asia/Kolkata",  # none
)
TIMES = ("00:00", "00:30", "01:59", "02:00", "02:30", "02:59", "03:00", "04:10", "23:30", "23:59")


def start_of(zone: str) -> datetime:
    return datetime(YEAR, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", TIMES)
def test_a_server_that_never_stops_does_each_job_once_per_local_date_at_its_time(zone: str, at: str) -> None:
    there, wanted, timetable = ZoneInfo(zone), time.fromisoformat(at), Timetable(nightly=at, late_hours=3)
    done: dict[str, datetime] = {}
    now = start_of(zone)
    while len(done) < DAYS:
        for slot in due(timetable, "Shop", zone, now, {(Job.NIGHTLY, name) for name in done}):
            done[slot.name] = now
        now += 30 * MINUTE
    year = [(date(YEAR, 1, 1) + n * DAY).isoformat() for n in range(DAYS)]
    assert [name for name in done if name in year] == year[: len(done)]
    for name, moment in done.items():
        meant = datetime.combine(date.fromisoformat(name), wanted)
        late = moment.astimezone(there).replace(tzinfo=None) - meant
        assert timedelta() <= late <= timedelta(hours=1, minutes=30), name


class Night:
    """A year of one team, with servers that come and go."""

    def __init__(self, store: Store, zone: str, chance: random.Random) -> None:
        self.jobs, self.zone, self.chance = store.jobs(), zone, chance
        self.timetable = Timetable(nightly=chance.choice(TIMES), jitter_minutes=chance.choice((0, 45)))
        self.now = start_of(zone)
        self.finished: Counter[str] = Counter()
        self.troubles: Counter[str] = Counter()
        self.under_way: list[tuple[datetime, Held]] = []

    def live(self) -> None:
        """The servers wake, now and then."""
        while local_date(self.now, ZoneInfo(self.zone)).year == YEAR:
            self.now += self.chance.choice((MINUTE, 20 * MINUTE, timedelta(hours=1), timedelta(hours=3, minutes=20)))
            self.end_jobs()
            server = self.chance.choice(("one", "other"))
            done = self.jobs.done("Shop")
            for slot in due(self.timetable, "Shop", self.zone, self.now, done):
                if held := self.jobs.claim("Shop", slot, server, self.now):
                    self.do(held)

    def end_jobs(self) -> None:
        for until, held in list(self.under_way):
            if until <= self.now:
                self.finish(held)
                self.under_way.remove((until, held))

    def do(self, held: Held) -> None:
        """Well, mostly; a slot has no more than two troubles, as after the third it is given up."""
        trouble = self.chance.random() < 0.4 and self.troubles[held.slot.name] < 2
        self.troubles[held.slot.name] += trouble
        match (
            self.chance.choice(("dies", "is stopped", "fails")) if trouble else self.chance.choice(("at once", "later"))
        ):
            case "at once":
                self.finish(held)
            case "later":
                self.under_way.append((self.now + 25 * MINUTE, held))
            case "is stopped":
                held.release(self.now, outcome="stopped")
            case "fails":
                held.fail(self.now, outcome="the tracker is down")
            case _:
                pass  # it is dead, and says nothing

    def finish(self, held: Held) -> None:
        try:
            held.finish(self.now, run=None, outcome="clean")
        except Exception:  # noqa: BLE001 - it woke after its lease was over, and did nothing that counts
            return
        self.finished[held.slot.name] += 1


@pytest.mark.parametrize("zone", ZONES)
def test_no_night_is_lost_or_done_twice_by_servers_that_come_and_go(zone: str, tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "backlint.db")) as store:
        night = Night(store, zone, random.Random(f"{zone} {YEAR}"))
        night.live()
    year = {(date(YEAR, 1, 1) + n * DAY).isoformat() for n in range(1, DAYS - 1)}
    assert set(night.finished) >= year
    assert set(night.finished.values()) == {1}


@pytest.mark.parametrize("zone", ZONES)
def test_a_machine_that_sleeps_for_days_makes_up_for_one_night_only(zone: str) -> None:
    chance, timetable = random.Random(zone), Timetable(nightly="02:30")
    done: set[tuple[Job, str]] = set()
    now = start_of(zone)
    for _ in range(60):
        now += chance.randint(2, 9) * DAY + chance.randint(0, 24 * 60) * MINUTE
        waiting: tuple[Slot, ...] = due(timetable, "Shop", zone, now, done)
        assert len(waiting) <= 1
        assert all(timedelta() <= now - slot.at < timedelta(hours=timetable.late_hours) for slot in waiting)
        done |= {(slot.job, slot.name) for slot in waiting}
        assert due(timetable, "Shop", zone, now, done) == ()
