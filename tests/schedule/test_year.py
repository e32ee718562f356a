"""A whole year in zones whose clocks jump, on a clock of our own: each job once per local date, and none lost.

Servers come and go at random: they die in the middle of a job, are stopped, fail, and ask at odd moments.
"""

import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from backlint.errors import StoreError
from backlint.store import Held, Store
from backlint.timetable import Job, Timetable, due
from backlint.timetable.moments import local_date

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
YEAR = 2026
DAYS = [(date(YEAR, 1, 1) + n * DAY).isoformat() for n in range(1, 364)]
"""The year without its ends, where a night belongs to the year beside it."""

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour
    "Africa/Cairo",  # at midnight
    "America/Nuuk",  # an hour before midnight
    "Africa/Casablanca",  # for Ramadan
    "Asia/Kolkata",  # none
)
TIMES = ("00:30", "01:59", "02:30", "23:30")
TICKS = (MINUTE, HOUR, 3 * HOUR, 5 * HOUR + 20 * MINUTE)
TROUBLES = ("dies", "is stopped", "fails")


def start_of(zone: str) -> datetime:
    return datetime(YEAR, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", TIMES)
def test_a_server_that_never_stops_does_each_job_once_per_local_date_at_its_time(zone: str, at: str) -> None:
    there, wanted, timetable = ZoneInfo(zone), time.fromisoformat(at), Timetable(nightly=at, late_hours=3)
    done: dict[tuple[Job, str], datetime] = {}
    now = start_of(zone) + 6 * HOUR  # nothing of the year before is due any more
    while local_date(now, there).year == YEAR:
        for slot in due(timetable, "Shop", zone, now, done):
            done[slot.job, slot.name] = now
        now += HOUR
    assert [name for _, name in done if name in DAYS] == DAYS
    for (_, name), moment in done.items():
        meant = datetime.combine(date.fromisoformat(name), wanted)
        late = moment.astimezone(there).replace(tzinfo=None) - meant
        assert -HOUR <= late <= 2 * HOUR, name  # a jump either way, and the tick


class Year:
    """A year of one team, with servers that come and go."""

    def __init__(self, store: Store, zone: str, chance: random.Random) -> None:
        self.jobs, self.zone, self.chance = store.jobs(), zone, chance
        self.timetable = Timetable(nightly=chance.choice(TIMES), jitter_minutes=chance.choice((0, 45)))
        self.now = start_of(zone)
        self.finished: Counter[str] = Counter()
        self.troubles: Counter[str] = Counter()
        self.under_way: list[tuple[datetime, Held]] = []

    def pass_by(self) -> None:
        """The servers wake, now and then."""
        while local_date(self.now, ZoneInfo(self.zone)).year == YEAR:
            self.now += self.chance.choice(TICKS)
            self.end_jobs()
            for slot in due(self.timetable, "Shop", self.zone, self.now, self.jobs.done("Shop")):
                server = self.chance.choice(("one", "other"))
                if held := self.jobs.claim("Shop", slot, server, self.now):
                    self.do(held)

    def end_jobs(self) -> None:
        for until, held in list(self.under_way):
            if until <= self.now:
                self.finish(held)
                self.under_way.remove((until, held))

    def do(self, held: Held) -> None:
        """Well, mostly; a slot has no more than two troubles, as after the third it is given up."""
        has_trouble = self.chance.random() < 0.4 and self.troubles[held.slot.name] < 2
        self.troubles[held.slot.name] += has_trouble
        how = self.chance.choice(TROUBLES if has_trouble else ("at once", "later"))
        if how == "at once":
            self.finish(held)
        elif how == "later":
            self.under_way.append((self.now + 25 * MINUTE, held))
        elif how == "is stopped":
            held.release(self.now, outcome="stopped")
        elif how == "fails":
            held.fail(self.now, outcome="the tracker is down")
        # and who died says nothing

    def finish(self, held: Held) -> None:
        try:
            held.finish(self.now, run=None, outcome="clean")
        except StoreError:  # it slept until after its lease, and what it did does not count
            return
        self.finished[held.slot.name] += 1


@pytest.mark.parametrize("zone", ZONES[:5])
def test_no_night_is_lost_or_done_twice_by_servers_that_come_and_go(zone: str) -> None:
    with Store.open(":memory:") as store:
        year = Year(store, zone, random.Random(zone))  # noqa: S311 - no secret
        year.pass_by()
    assert set(year.finished) >= set(DAYS)
    assert set(year.finished.values()) == {1}
    assert year.troubles.total() > 100


@pytest.mark.parametrize("zone", ZONES)
def test_a_machine_that_sleeps_for_days_makes_up_for_one_night_only(zone: str) -> None:
    chance, timetable = random.Random(zone), Timetable(nightly="02:30")  # noqa: S311 - no secret
    done: set[tuple[Job, str]] = set()
    now = start_of(zone)
    for _ in range(60):
        now += chance.randint(2, 9) * DAY + chance.randint(0, 24 * 60) * MINUTE
        waiting = due(timetable, "Shop", zone, now, done)
        assert len(waiting) <= 1
        assert all(timedelta() <= now - slot.at < timedelta(hours=timetable.late_hours) for slot in waiting)
        done |= {(slot.job, slot.name) for slot in waiting}
        assert due(timetable, "Shop", zone, now, done) == ()
