"""What was read is kept, once, and the next run reads what changed."""

import gc
import json
from collections.abc import AsyncIterator
from contextlib import nullcontext
from pathlib import Path
from random import Random

import pytest

from backlint.connector import Batch
from backlint.connectors.file import File
from backlint.errors import ConfigError
from backlint.store import Store
from backlint.sync import PATIENT
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from tests.living import Living, Tracker, live, out_of_order
from tests.sync.running import PLACE, kept, local, remote, run, week_later


def test_reads_everything_once_and_then_what_changed(store: Store, tracker: Tracker) -> None:
    (reading,) = run(store, Living(tracker=tracker))
    assert (reading.items, reading.is_complete, reading.problems) == (10, True, ())
    assert local(store) == remote(tracker)
    assert kept(store)["example:9"].rank == 1
    assert tracker.asked == [0, 3, 6, 9, 10]
    tracker.asked.clear()
    tracker.change("example:2")
    run(store, Living(tracker=tracker))
    assert tracker.asked == [10, 11]
    assert local(store) == remote(tracker)


def test_nothing_changed_costs_one_request(store: Store, tracker: Tracker) -> None:
    run(store, Living(tracker=tracker))
    tracker.asked.clear()
    run(store, Living(tracker=tracker))
    assert tracker.asked == [10]


def test_tells_how_far_it_is(store: Store, tracker: Tracker) -> None:
    told: list[tuple[str, int, int | None]] = []

    def note(source: str, items: int, total: int | None) -> None:
        told.append((source, items, total))

    run(store, Living(tracker=tracker), on_progress=note)
    assert told == [(PLACE, 3, 10), (PLACE, 6, 10), (PLACE, 9, 10), (PLACE, 10, 10), (PLACE, 10, None)]


def test_goes_on_from_where_the_tracker_died(store: Store, tracker: Tracker) -> None:
    tracker.broken, tracker.broken_after = out_of_order(120), 2
    (reading,) = run(store, Living(tracker=tracker))
    assert (reading.items, reading.is_complete, reading.read_at) == (6, False, None)
    assert reading.problems == ("The tracker did not answer within 120 s.",)
    tracker.broken = None
    tracker.asked.clear()
    (reading,) = run(store, Living(tracker=tracker))
    assert tracker.asked == [6, 9, 10]
    assert (reading.is_complete, reading.problems) == (True, ())
    assert local(store) == remote(tracker)


def test_lines_that_left_the_file_leave_the_store(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "backlog.jsonl"
    source = File(path=str(path), is_ordered=True)

    def write(*keys: str) -> None:
        path.write_text("\n".join(json.dumps({"key": key, "title": key}) for key in keys))

    write("A-1", "A-2", "A-3")
    run(store, source)
    write("A-3", "A-1")
    (reading,) = run(store, source)
    assert reading.items == 2
    assert {key: item.rank for key, item in kept(store, source.source).items()} == {"A-3": 1, "A-1": 2}
    path.write_text('{"key": "A-1"}')
    with pytest.raises(ConfigError, match='line 1: "title" is missing'):
        run(store, source)
    assert len(kept(store, source.source)) == 2


def test_what_a_read_with_a_warning_did_not_give_stays(store: Store, tracker: Tracker) -> None:
    class Whole(Living):
        async def pull(self, gate: Gate, cursor: str | None) -> AsyncIterator[Batch]:
            await gate.clock.sleep(0)
            assert cursor is None, "none was given"
            warnings = (self.tracker.warning,) if self.tracker.warning else ()
            yield Batch(items=tuple(self.tracker.items.values()), is_whole=True, warnings=warnings)

    run(store, Whole(tracker=tracker))
    tracker.delete("example:4")
    tracker.warning = "One page is missing."
    run(store, Whole(tracker=tracker))
    assert len(kept(store)) == 10
    tracker.warning = None
    run(store, Whole(tracker=tracker))
    assert local(store) == remote(tracker)


def test_what_the_tracker_calls_gone_is_gone(store: Store, tracker: Tracker) -> None:
    class Telling(Living):
        async def pull(self, gate: Gate, cursor: str | None) -> AsyncIterator[Batch]:
            async for batch in super().pull(gate, cursor):
                yield batch
            yield Batch(gone=("example:4",))

    (reading,) = run(store, Telling(tracker=tracker))
    assert (reading.items, reading.is_complete) == (9, True)
    assert "example:4" not in kept(store)


@pytest.mark.parametrize("broken", [None, ConfigError("There is no project.")])
def test_the_collector_is_patient_while_it_is_read_and_then_as_before(
    broken: Exception | None, store: Store, tracker: Tracker
) -> None:
    before, during = gc.get_threshold(), list[tuple[int, int, int]]()
    tracker.between_pages = lambda: during.append(gc.get_threshold())
    tracker.broken, tracker.broken_after = broken, 2
    with pytest.raises(ConfigError) if broken else nullcontext():
        run(store, Living(tracker=tracker))
    assert during == [PATIENT] * (2 if broken else 4)
    assert gc.get_threshold() == before


def test_an_answer_without_anything_takes_nothing_away(store: Store, tracker: Tracker) -> None:
    class Silent(Living):
        async def pull(self, gate: Gate, cursor: str | None) -> AsyncIterator[Batch]:
            await gate.clock.sleep(0)
            for page in () if cursor else (tuple(self.tracker.items.values()),):
                yield Batch(items=page, cursor="1")

    for _ in range(2):
        (reading,) = run(store, Silent(tracker=tracker))
        assert (reading.items, reading.is_complete) == (10, True)


@pytest.mark.parametrize("seed", range(40))
def test_a_tracker_that_lives_while_it_is_read_is_read_in_the_end(seed: int, store: Store, clock: FakeClock) -> None:
    random = Random(seed)  # noqa: S311 - it is no secret
    tracker = Tracker()
    tracker.create(12)
    tracker.between_pages = lambda: live(tracker, random) if len(tracker.asked) < 60 else None
    for _ in range(3):
        if random.random() < 0.5:
            tracker.broken, tracker.broken_after = out_of_order(), len(tracker.asked) + random.randrange(5)
        run(store, Living(tracker=tracker), clock=clock)
        tracker.broken = None
        week_later(clock)
    tracker.between_pages = lambda: None
    readings = [run(store, Living(tracker=tracker), clock=week_later(clock)) for _ in range(3)]
    assert readings[-1][0].is_complete
    assert local(store) == remote(tracker)
    assert [item.id for item in sorted(kept(store).values(), key=lambda item: item.rank or 0)] == list(
        tracker.ranking()
    )


def test_what_was_read_is_logged_with_its_time(
    store: Store, tracker: Tracker, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "backlint.sync")
    tracker.between_pages = lambda: clock.pass_time(1.50015)
    tracker.warning = "Half of it."
    run(store, Living(tracker=tracker), clock=clock)
    tracker.warning = None
    run(store, Living(tracker=tracker), clock=clock)
    first, second = [vars(record) for record in caplog.records if record.name == "backlint.sync"]
    assert first["message"] == "Items that changed were read: 10."
    told = ("kind", "outcome", "items", "seconds")
    assert [first[one] for one in told] == ["read", "incomplete", 10, 6.001]
    assert [second[one] for one in told] == ["read", "complete", 0, 0.0]
