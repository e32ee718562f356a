"""What a tracker deleted no search tells: it is counted, and what is missing twice is gone."""

from datetime import timedelta

from backlint.store import Store
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from tests.living import Living, Tracker, out_of_order
from tests.sync.running import kept, local, remote, run, week_later


def test_what_was_deleted_is_gone_after_two_censuses(store: Store, tracker: Tracker, clock: FakeClock) -> None:
    run(store, Living(tracker=tracker), clock=clock)
    tracker.delete("example:4")
    run(store, Living(tracker=tracker), clock=clock)
    assert len(kept(store)) == 10, "the next census is due in a week"
    run(store, Living(tracker=tracker), clock=week_later(clock))
    run(store, Living(tracker=tracker), clock=clock)
    assert len(kept(store)) == 10, "one absence is no deletion, nor are two within the hour"
    clock.pass_time(timedelta(hours=1).total_seconds())
    (reading,) = run(store, Living(tracker=tracker), clock=clock)
    assert reading.is_complete
    assert local(store) == remote(tracker)


def test_an_item_that_comes_back_is_not_suspected_any_more(store: Store, tracker: Tracker, clock: FakeClock) -> None:
    run(store, Living(tracker=tracker), clock=clock)
    hidden = tracker.items["example:4"], tracker.changed["example:4"]
    tracker.delete("example:4")
    run(store, Living(tracker=tracker), clock=week_later(clock))
    tracker.items["example:4"], tracker.changed["example:4"] = hidden
    run(store, Living(tracker=tracker), clock=week_later(clock))
    tracker.delete("example:4")
    run(store, Living(tracker=tracker), clock=week_later(clock))
    assert len(kept(store)) == 10


def test_what_the_read_did_not_give_is_read_anew(store: Store, tracker: Tracker, clock: FakeClock) -> None:
    tracker.changed["example:4"] = -1  # an index that forgot it
    run(store, Living(tracker=tracker), clock=clock)
    (reading,) = run(store, Living(tracker=tracker), clock=week_later(clock))
    assert (reading.items, reading.is_complete) == (9, False)
    assert reading.problems == ("Items exist that were not given (1); the next run reads everything anew.",)
    tracker.changed["example:4"] = 4
    tracker.asked.clear()
    (reading,) = run(store, Living(tracker=tracker), clock=week_later(clock))
    assert tracker.asked[0] == 0
    assert reading.is_complete
    assert local(store) == remote(tracker)


def test_what_appears_after_the_read_is_fetched_and_nothing_else(
    store: Store, tracker: Tracker, clock: FakeClock
) -> None:
    class Lively(Living):
        async def census(self, gate: Gate) -> frozenset[str] | None:
            self.tracker.create()
            return await super().census(gate)

    run(store, Lively(tracker=tracker), clock=clock)
    tracker.asked.clear()
    (reading,) = run(store, Lively(tracker=tracker), clock=week_later(clock))
    assert tracker.asked == [10, 10, 11]
    assert (reading.items, reading.is_complete) == (11, True)


def test_a_census_that_fails_leaves_the_reading_incomplete(store: Store, tracker: Tracker, clock: FakeClock) -> None:
    class Forgetful(Living):
        async def census(self, gate: Gate) -> frozenset[str] | None:
            raise out_of_order(gate.clock.monotonic())

    run(store, Forgetful(tracker=tracker), clock=clock)
    (reading,) = run(store, Forgetful(tracker=tracker), clock=week_later(clock))
    assert (reading.items, reading.is_complete) == (10, False)
    assert reading.problems == ("The tracker did not answer within 604800 s.",)


def test_a_source_that_cannot_be_counted_keeps_what_it_has(store: Store, tracker: Tracker, clock: FakeClock) -> None:
    run(store, Living(tracker=tracker, counts=False), clock=clock)
    tracker.delete("example:4")
    readings = [run(store, Living(tracker=tracker, counts=False), clock=week_later(clock)) for _ in range(3)]
    assert (readings[-1][0].items, readings[-1][0].is_complete) == (10, True)


def test_a_lost_permission_deletes_nothing(store: Store, clock: FakeClock) -> None:
    tracker = Tracker()
    tracker.create(50)
    run(store, Living(tracker=tracker), clock=clock)
    for number in range(1, 41):
        tracker.delete(f"example:{number}")
    readings = [run(store, Living(tracker=tracker), clock=week_later(clock)) for _ in range(3)]
    (reading,) = readings[-1]
    assert (reading.items, reading.is_complete) == (50, False)
    assert reading.problems[0].startswith("Items that were there are not shown any more (40); they are kept.")
