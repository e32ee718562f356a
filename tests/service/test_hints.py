"""The queue of hints: how long an item waits, how many do, and that nothing that goes wrong ends it."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.app.hinted import Followed
from backlint.config import load
from backlint.config.loading import Surroundings
from backlint.connector import Hint
from backlint.errors import StoreError
from backlint.service import Hints, Metrics, Standings
from backlint.testing.clock import FakeClock

SETTLE = 120.0
ONE, TWO = Hint("1", "SHOP-1"), Hint("2", "SHOP-2")


def metrics(clock: FakeClock, folder: Path) -> Metrics:
    """Figures of no team at all."""
    file = folder / "backlint.toml"
    file.touch()
    config = load(file, around=Surroundings(folder, {}))
    return Metrics(Standings(lambda: config, clock))


NOBODY_ASKS = Metrics(Standings(lambda: pytest.fail("the store was asked"), FakeClock()))


def nothing(_: str, __: Sequence[Hint]) -> Sequence[Followed]:
    return ()


def always(_: str, __: Hint) -> bool:
    return True


def queue(clock: FakeClock, *, most: int = 10, settle: float = SETTLE) -> Hints:
    return Hints(nothing, always, clock, NOBODY_ASKS, settle=settle, most=most)


def test_an_item_rests_after_each_hint() -> None:
    clock = FakeClock()
    hints = queue(clock)
    for _ in range(3):
        hints.add("jira", [ONE])
        clock.pass_time(SETTLE - 1)
        assert hints.take() == {}
    clock.pass_time(1)
    assert hints.take() == {"jira": [ONE]}
    assert hints.take() == {}


def test_who_writes_all_day_is_read_all_the_same() -> None:
    clock = FakeClock()
    hints = queue(clock)
    waited = 0.0
    hints.add("jira", [ONE])
    while not hints.take():
        clock.pass_time(30)
        waited += 30
        hints.add("jira", [ONE])
    assert waited == 10 * SETTLE


def test_trackers_are_told_apart_and_the_oldest_come_first() -> None:
    clock = FakeClock()
    hints = queue(clock, most=100)
    hints.add("jira", [TWO])
    clock.pass_time(1)
    hints.add("github", [ONE])
    hints.add("jira", [ONE])
    clock.pass_time(SETTLE)
    assert hints.take() == {"jira": [TWO, ONE], "github": [ONE]}


def test_no_more_than_fifty_are_read_in_a_round() -> None:
    clock = FakeClock()
    hints = queue(clock, most=100)
    hints.add("jira", [Hint(str(number)) for number in range(80)])
    clock.pass_time(SETTLE)
    assert [len(hints.take()["jira"]), len(hints.take()["jira"])] == [50, 30]


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 300))), st.integers(1, 5))
def test_every_item_that_was_let_in_comes_out_in_time(hinted: list[tuple[str, int]], most: int) -> None:
    clock = FakeClock()
    hints = queue(clock, most=most)
    first: dict[str, float] = {}
    for id_, passes in hinted:
        before = len(hints)
        hints.add("jira", [Hint(id_)])
        assert len(hints) <= most
        if len(hints) > before:
            first[id_] = clock.monotonic()
        clock.pass_time(passes)
        for hint in hints.take().get("jira", ()):
            assert clock.monotonic() - first.pop(hint.id) >= SETTLE
    clock.pass_time(10 * SETTLE)
    assert {hint.id for hint in hints.take().get("jira", ())} == set(first)


def test_whatever_goes_wrong_the_next_hint_is_heard(tmp_path: Path) -> None:
    heard: list[Sequence[Hint]] = []
    faults: list[Callable[[], Exception]] = [lambda: StoreError("It is held."), lambda: ZeroDivisionError("ours")]

    async def live() -> str:
        clock, stopped, done = FakeClock(), asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def follow(tracker: str, hints: Sequence[Hint]) -> Sequence[Followed]:
            heard.append(hints)
            loop.call_soon_threadsafe(done.set)
            if faults:
                fault = faults.pop(0)
                raise fault()
            return (Followed(team="Shop", source=f"{tracker}:x", problem="It was not there."),)

        counted = metrics(clock, tmp_path)
        hints = Hints(follow, always, clock, counted, settle=SETTLE, most=5)
        running = asyncio.create_task(hints.run(stopped))
        for hint in (ONE, TWO, ONE):
            done.clear()
            hints.add("jira", [hint])
            await done.wait()
        stopped.set()
        await running
        return counted.text().decode()

    figures = asyncio.run(live())
    assert heard == [[ONE], [TWO], [ONE]]
    assert 'backlint_hints_total{fate="failed",tracker="jira"} 3.0' in figures


def test_it_stops_while_something_waits() -> None:
    async def live() -> int:
        clock, stopped = FakeClock(), asyncio.Event()
        hints = queue(clock)
        running = asyncio.create_task(hints.run(stopped))
        stopped.set()
        await running
        hints.add("jira", [ONE])
        return len(hints)

    assert asyncio.run(live()) == 1
