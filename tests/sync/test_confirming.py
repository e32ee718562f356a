"""A tracker that can be asked about the missing is believed."""

from collections.abc import Mapping

from backlint.connector import Absence
from backlint.store import Store
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from tests.living import Living, Tracker
from tests.sync.running import kept, local, remote, run, week_later


class Asked(Living):
    """A tracker that says of some items what became of them."""

    said: Mapping[str, Absence] = {}

    async def confirm(self, gate: Gate, missing: Mapping[str, str]) -> Mapping[str, Absence]:
        await gate.clock.sleep(0)
        assert all(self.tracker.items.get(id_) is None for id_ in missing)
        return self.said


def test_what_the_tracker_says_is_gone_needs_no_second_census(store: Store, tracker: Tracker, clock: FakeClock) -> None:
    said = {"example:4": Absence.GONE, "example:5": Absence.HIDDEN, "example:6": Absence.GONE}
    asked = Asked(tracker=tracker, said=said)
    run(store, asked, clock=clock)
    for number in (4, 5, 7):
        tracker.delete(f"example:{number}")
    (reading,) = run(store, asked, clock=week_later(clock))
    there = {f"example:{number}" for number in range(1, 11)}
    assert set(kept(store)) == there - {"example:4"}, "of 6, which was not missing, nothing is believed"
    assert reading.problems == ("The token may not see some items any more (1: SHOP-5); they are kept.",)
    run(store, asked, clock=week_later(clock))
    assert set(kept(store)) == there - {"example:4", "example:7"}, "two censuses have missed 7"
    for _ in range(3):
        run(store, asked, clock=week_later(clock))
    assert "example:5" in kept(store)


def test_a_few_of_the_hidden_are_named(store: Store, tracker: Tracker, clock: FakeClock) -> None:
    tracker.create(90)
    asked = Asked(tracker=tracker, said={f"example:{n}": Absence.HIDDEN for n in range(1, 6)})
    run(store, asked, clock=clock)
    for number in (1, 2, 3):
        tracker.delete(f"example:{number}")
    (reading,) = run(store, asked, clock=week_later(clock))
    assert reading.problems == (
        "The token may not see some items any more (3: SHOP-1, SHOP-2, SHOP-3); they are kept.",
    )
    tracker.delete("example:4")
    (reading,) = run(store, asked, clock=week_later(clock))
    assert reading.problems == (
        "The token may not see some items any more (4: SHOP-1, SHOP-2, SHOP-3, ...); they are kept.",
    )


def test_fifty_of_the_missing_are_asked_for_in_a_run(store: Store, clock: FakeClock) -> None:
    counted: list[int] = []

    class Counted(Living):
        async def confirm(self, gate: Gate, missing: Mapping[str, str]) -> Mapping[str, Absence]:
            await gate.clock.sleep(0)
            counted.append(len(missing))
            return {}

    tracker = Tracker()
    tracker.create(600)
    run(store, Counted(tracker=tracker), clock=clock)
    for number in range(1, 53):
        tracker.delete(f"example:{number}")
    run(store, Counted(tracker=tracker), clock=week_later(clock))
    assert counted == [50]


def test_a_doubtful_census_says_what_to_look_at(store: Store, clock: FakeClock) -> None:
    tracker = Tracker()
    tracker.create(50)
    run(store, Asked(tracker=tracker), clock=clock)
    for number in range(1, 41):
        tracker.delete(f"example:{number}")
    for _ in range(3):
        (reading,) = run(store, Asked(tracker=tracker), clock=week_later(clock))
        (problem,) = reading.problems
        assert problem == (
            "Items that were there are not shown any more (40); they are kept. "
            "Check that the token may still see the project."
        )
        assert reading.items == 50


def test_a_doubt_ends_where_the_tracker_says_that_they_are_gone(store: Store, clock: FakeClock) -> None:
    tracker = Tracker()
    tracker.create(50)
    asked = Asked(tracker=tracker, said={f"example:{n}": Absence.GONE for n in range(1, 41)})
    run(store, asked, clock=clock)
    for number in range(1, 41):
        tracker.delete(f"example:{number}")
    run(store, asked, clock=week_later(clock))
    (reading,) = run(store, asked, clock=week_later(clock))
    assert (reading.items, reading.problems) == (10, ())
    assert local(store) == remote(tracker)
