"""Who is asked when, and what becomes of a job when the server ends; APScheduler by our own timetable."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from backlint.app.fulfilling import new_holder
from backlint.app.jobs import JobDone
from backlint.config import Config, Surroundings, Team, load
from backlint.errors import StoreError
from backlint.schedule import Due, Schedule, here
from backlint.schedule.alarm import Alarm
from backlint.store import Store
from backlint.testing.clock import FakeClock
from backlint.timetable import Job, Slot, Timetable

MORNING = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def config(folder: Path, *teams: str, schedule: str = 'nightly = "04:10"') -> Config:
    sources = "".join(
        f'[teams.{name}.file]\npath = "{folder / "items.jsonl"}"\nname_in_store = "{name}"\n' for name in teams
    )
    (folder / "items.jsonl").write_text("", "utf-8")
    (folder / "backlint.toml").write_text(f"[schedule]\n{schedule}\n{sources}", "utf-8")
    return load(around=Surroundings(folder, {}))


class Seen:
    """Who was handed over, in place of doing it."""

    def __init__(self, *, until: Event | None = None) -> None:
        self.slots: list[tuple[str, str]] = []
        self.troubles: list[str] = []
        self.until = until

    def hand_over(self, _config: Config, team: Team, slot: Slot) -> None:
        self.slots.append((team.name, slot.name))
        if self.until:
            self.until.wait(30)


def during(schedule: Schedule, act: Callable[[], Coroutine[None, None, None]]) -> None:
    async def run() -> None:
        async with schedule:
            await act()

    asyncio.run(run())


async def settled(met: Callable[[], bool]) -> None:
    """Give threads and tasks their turn until it is so."""
    async with asyncio.timeout(20):
        while not met():  # noqa: ASYNC110 - it is threads that are waited for
            await asyncio.sleep(0.001)


def test_at_the_start_it_catches_up(tmp_path: Path) -> None:
    seen = Seen()
    schedule = Schedule(config(tmp_path, "Shop", "Web"), seen.hand_over, FakeClock(MORNING), seen.troubles.append)

    async def act() -> None:
        await settled(lambda: len(seen.slots) == 2)

    during(schedule, act)
    assert sorted(seen.slots) == [("Shop", "2026-11-22"), ("Web", "2026-11-22")]
    assert not schedule.is_alive


def test_a_team_has_one_job_at_a_time_however_often_it_is_asked_for(tmp_path: Path) -> None:
    seen = Seen(until=Event())
    schedule = Schedule(config(tmp_path, "Shop"), seen.hand_over, FakeClock(MORNING), seen.troubles.append)

    async def act() -> None:
        await settled(lambda: len(seen.slots) == 1)
        for _ in range(5):
            await schedule.ask()
        assert schedule.is_alive
        assert not await schedule.ended(grace=0)
        assert seen.until
        seen.until.set()
        assert await schedule.ended(grace=20)

    during(schedule, act)
    assert seen.slots == [("Shop", "2026-11-22")]


def test_a_server_that_ends_begins_nothing(tmp_path: Path) -> None:
    seen = Seen()
    schedule = Schedule(config(tmp_path, "Shop"), seen.hand_over, FakeClock(MORNING), seen.troubles.append)

    async def run() -> None:
        async with schedule:
            pass
        await schedule.ask()
        assert await schedule.ended(grace=0)

    asyncio.run(run())
    assert seen.slots == []


def test_a_store_that_cannot_be_asked_is_told_and_asked_again(tmp_path: Path) -> None:
    seen, broken = Seen(), config(tmp_path, "Shop")
    (tmp_path / "backlint.db").mkdir()
    schedule = Schedule(broken, seen.hand_over, FakeClock(MORNING), seen.troubles.append)

    async def act() -> None:
        await settled(lambda: bool(seen.troubles))
        (tmp_path / "backlint.db").rmdir()
        await schedule.ask()
        await settled(lambda: bool(seen.slots))

    during(schedule, act)
    assert "cannot be opened" in seen.troubles[0]


def test_one_teams_trouble_is_told_and_stops_no_other(tmp_path: Path) -> None:
    seen = Seen()

    def hand_over(config: Config, team: Team, slot: Slot) -> None:
        if team.name == "Shop":
            raise StoreError("The store is held.")
        seen.hand_over(config, team, slot)

    schedule = Schedule(config(tmp_path, "Shop", "Web"), hand_over, FakeClock(MORNING), seen.troubles.append)

    async def act() -> None:
        await settled(lambda: bool(seen.slots and seen.troubles))

    during(schedule, act)
    assert seen.slots == [("Web", "2026-11-22")]
    assert set(seen.troubles) == {"Shop: The store is held."}


def test_another_configuration_counts_from_then_on(tmp_path: Path) -> None:
    seen = Seen()
    schedule = Schedule(config(tmp_path, "Shop"), seen.hand_over, FakeClock(MORNING), seen.troubles.append)

    async def act() -> None:
        await settled(lambda: len(seen.slots) == 1)
        schedule.use(config(tmp_path, "Web", schedule='nightly = "05:30"'))
        await settled(lambda: len(seen.slots) == 2)

    during(schedule, act)
    assert seen.slots[1] == ("Web", "2026-11-22")
    [(team, slot)] = schedule.upcoming()
    assert (team.name, slot.at) == ("Web", datetime(2026, 11, 23, 5, 30, tzinfo=UTC))


def test_it_asks_again_and_again_even_if_asking_fails(caplog: pytest.LogCaptureFixture) -> None:
    asked: list[int] = []

    async def ask() -> None:
        asked.append(len(asked))
        if len(asked) == 1:
            raise RuntimeError

    async def run() -> None:
        alarm = Alarm(ask, tick=0)
        alarm.start()
        await settled(lambda: len(asked) >= 3)
        alarm.stop()

    asyncio.run(run())
    assert "It could not be asked what is due." in caplog.text


def test_here_it_does_the_job_itself_and_once(tmp_path: Path) -> None:
    told: list[JobDone] = []
    clock, shop = FakeClock(MORNING), config(tmp_path, "Shop")
    do = here(clock, told.append, lambda: False, new_holder())
    for _ in range(2):
        do(shop, shop.team("Shop"), Slot(MORNING, Job.NIGHTLY, "2026-11-22"))
    assert [done.team for done in told] == ["Shop"]
    with Store.open(shop.store) as store:
        assert store.jobs().done("Shop") == {(Job.NIGHTLY, "2026-11-22")}


def fired(timetable: Timetable, start: str, count: int) -> list[str]:
    """What APScheduler would fire at, one after the other."""
    due = Due(timetable, "Shop", BERLIN, Job.NIGHTLY)
    now, before, found = datetime.fromisoformat(start).replace(tzinfo=UTC), None, list[str]()
    while len(found) < count and (before := due.get_next_fire_time(before, now)):
        found.append(f"{before:%a %d.%m. %H:%M}")
    return found


@pytest.mark.parametrize(
    ("nightly", "start", "expected"),
    [
        ("30 2 * * 0", "2026-11-18", ["Sun 22.11. 01:30", "Sun 29.11. 01:30"]),
        ("30 2 * * 1-5", "2026-11-20T12:00", ["Mon 23.11. 01:30", "Tue 24.11. 01:30"]),
        ("02:30", "2026-03-28T12:00", ["Sun 29.03. 01:30", "Mon 30.03. 00:30"]),
        ("02:30", "2026-10-24T12:00", ["Sun 25.10. 00:30", "Mon 26.10. 01:30"]),
        ("never", "2026-11-18", []),
    ],
)
def test_apscheduler_goes_by_our_timetable(nightly: str, start: str, expected: list[str]) -> None:
    assert fired(Timetable(nightly=nightly), start, 2) == expected


def test_the_next_time_is_after_the_last_one(tmp_path: Path) -> None:
    shop = config(tmp_path, "Shop")
    clock = FakeClock(MORNING)
    schedule = Schedule(shop, Seen().hand_over, clock, print)
    first = schedule.upcoming()
    clock.pass_time(timedelta(days=1).total_seconds())
    assert [slot.at for _, slot in schedule.upcoming()] == [slot.at + timedelta(days=1) for _, slot in first]
