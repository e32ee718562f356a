"""Sync: nothing that was read is lost, nothing that was not read is claimed, and one failure stops nobody else."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from backlint.connector import Absence, Batch, Connector
from backlint.connectors.file import File
from backlint.errors import ConfigError, StoreError
from backlint.health import Reading
from backlint.model import Item
from backlint.store import Store
from backlint.sync import OnProgress, source_of, sync
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from tests.living import Living, Tracker, live, out_of_order
from tests.store.hampered import READ_ONLY, hampered

PLACE = "living:site/one"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "backlint.db")) as opened:
        yield opened


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def tracker() -> Tracker:
    tracker = Tracker()
    tracker.create(10)
    return tracker


def run(
    store: Store, *connectors: Connector, clock: FakeClock | None = None, on_progress: OnProgress | None = None
) -> tuple[Reading, ...]:
    return asyncio.run(sync(store, connectors, Gate(clock or FakeClock()), on_progress))


def week_later(clock: FakeClock) -> FakeClock:
    clock.pass_time(timedelta(days=7).total_seconds())
    return clock


def kept(store: Store, source: str = PLACE) -> dict[str, Item]:
    return {item.id: item for item in store.items(source)}


def remote(tracker: Tracker) -> dict[str, str]:
    return {id_: item.title for id_, item in tracker.items.items()}


def local(store: Store) -> dict[str, str]:
    return {id_: item.title for id_, item in kept(store).items()}


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


def test_one_failure_stops_nobody_else(store: Store, tracker: Tracker) -> None:
    dead, faulty = Tracker(broken=out_of_order(), broken_after=0), Tracker(broken=KeyError("fields"), broken_after=0)
    readings = run(
        store,
        Living(tracker=dead, place="living:dead/one"),
        Living(tracker=faulty, place="living:dead/two"),
        Living(tracker=tracker),
    )
    assert [reading.is_complete for reading in readings] == [False, False, True]
    assert [reading.items for reading in readings] == [0, 0, 10]
    (problem,) = readings[1].problems
    assert problem == "What living answered came in another form than the tracker describes (KeyError: 'fields')."


def test_a_warning_makes_the_reading_incomplete(store: Store, tracker: Tracker) -> None:
    tracker.warning = "The sprints\n could not be read."
    (reading,) = run(store, Living(tracker=tracker))
    assert (reading.items, reading.is_complete) == (10, False)
    assert reading.problems == ("The sprints could not be read.",)


def test_a_wrong_configuration_is_told_after_the_others_were_read(store: Store, tracker: Tracker) -> None:
    wrong = Living(
        tracker=Tracker(broken=ConfigError("There is no project NOPE."), broken_after=0), place="living:x/NOPE"
    )
    with pytest.raises(ConfigError, match="NOPE"):
        run(store, wrong, Living(tracker=tracker))
    assert local(store) == remote(tracker)
    assert store.readings(["living:x/NOPE"])[0].problems == ("There is no project NOPE.",)


def test_a_source_is_read_once_however_many_teams_have_it(store: Store, tracker: Tracker) -> None:
    assert len(run(store, Living(tracker=tracker), Living(tracker=tracker))) == 1
    assert len(tracker.asked) == 5
    with pytest.raises(ConfigError, match="configured twice"):
        run(store, Living(tracker=tracker), Living(tracker=tracker, counts=False))


def test_a_source_can_have_another_name_in_the_store(store: Store, tracker: Tracker) -> None:
    named = Living(tracker=tracker, name_in_store="shop")
    assert source_of(named) == "shop"
    assert run(store, named)[0].source == "shop"
    assert len(kept(store, "shop")) == 10


def test_a_site_is_asked_for_one_source_at_a_time(store: Store) -> None:
    busy: dict[str, int] = {}
    seen: list[dict[str, int]] = []

    class Watched(Living):
        async def pull(self, gate: Gate, cursor: str | None) -> AsyncIterator[Batch]:
            site = self.place.partition("/")[0]
            busy[site] = busy.get(site, 0) + 1
            async for batch in super().pull(gate, cursor):
                await asyncio.sleep(0)
                seen.append(dict(busy))
                yield batch
            busy[site] -= 1

    places = [f"living:{site}/{project}" for site in "abcdef" for project in "xyz"]
    run(store, *(Watched(tracker=Tracker(), place=place) for place in places))
    assert max(count for moment in seen for count in moment.values()) == 1
    assert max(sum(moment.values()) for moment in seen) == 4


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


def test_a_sync_that_dies_at_any_step_loses_nothing(tmp_path: Path) -> None:
    told = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "tests.dying", str(tmp_path)], check=False, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr
    assert int(told.stdout) > 30, "so many steps there are"


def test_a_store_that_cannot_be_written_stops_the_sync(tmp_path: Path, tracker: Tracker) -> None:
    Store.open(str(tmp_path / "backlint.db")).close()
    with pytest.raises(StoreError, match="may not be written to"):
        run(hampered(tmp_path / "backlint.db", READ_ONLY), Living(tracker=tracker))


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


class Doubted(Living):
    """A tracker that can be asked about the missing; what it says of them is `answer`."""

    answer: Absence | None = None

    async def confirm(self, gate: Gate, missing: Mapping[str, str]) -> Mapping[str, Absence]:
        await gate.clock.sleep(0)
        return dict.fromkeys(missing, self.answer) if self.answer else {}


def test_a_doubtful_census_says_what_to_look_at(store: Store, clock: FakeClock) -> None:
    tracker = Tracker()
    tracker.create(50)
    run(store, Doubted(tracker=tracker), clock=clock)
    for number in range(1, 41):
        tracker.delete(f"example:{number}")
    for _ in range(3):
        (reading,) = run(store, Doubted(tracker=tracker), clock=week_later(clock))
        (problem,) = reading.problems
        assert problem == (
            "Items that were there are not shown any more (40); they are kept. "
            "Check that the token may still see the project."
        )
        assert reading.items == 50


def test_a_doubt_ends_where_the_tracker_says_that_they_are_gone(store: Store, clock: FakeClock) -> None:
    tracker = Tracker()
    tracker.create(50)
    run(store, Doubted(tracker=tracker), clock=clock)
    for number in range(1, 41):
        tracker.delete(f"example:{number}")
    run(store, Doubted(tracker=tracker, answer=Absence.GONE), clock=week_later(clock))
    (reading,) = run(store, Doubted(tracker=tracker, answer=Absence.GONE), clock=week_later(clock))
    assert (reading.items, reading.problems) == (10, ())
    assert local(store) == remote(tracker)


def test_a_connector_that_fails_is_named(store: Store, tracker: Tracker) -> None:
    faulty = Tracker(broken=RuntimeError("no more\n memory"), broken_after=0)
    readings = run(store, Living(tracker=faulty, place="living:x/one"), Living(tracker=tracker))
    assert readings[0].problems == ("The living connector failed: RuntimeError: no more memory.",)
    assert readings[1].is_complete


def test_two_ways_to_read_one_source_are_told_apart_by_a_name(store: Store, tracker: Tracker) -> None:
    with pytest.raises(ConfigError) as told:
        run(store, Living(tracker=tracker), Living(tracker=tracker, counts=False))
    assert str(told.value) == (f'"{PLACE}" is configured twice, in two ways; give one of them a name_in_store.')


def test_what_was_read_is_logged_with_its_time(
    store: Store, tracker: Tracker, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "backlint.sync")
    tracker.between_pages = lambda: clock.pass_time(1.5)
    tracker.warning = "Half of it."
    run(store, Living(tracker=tracker), clock=clock)
    tracker.warning = None
    run(store, Living(tracker=tracker), clock=clock)
    first, second = [vars(record) for record in caplog.records if record.name == "backlint.sync"]
    assert first["message"] == "Items that changed were read: 10."
    told = ("kind", "outcome", "items", "seconds")
    assert [first[one] for one in told] == ["read", "incomplete", 10, 6.0]
    assert [second[one] for one in told] == ["read", "complete", 0, 0.0]


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


def test_a_read_that_fails_lets_go_of_its_connection(store: Store) -> None:
    let_go: list[str] = []

    class Held(Living):
        async def pull(self, gate: Gate, cursor: str | None) -> AsyncIterator[Batch]:
            try:
                async for batch in super().pull(gate, cursor):
                    yield batch
            finally:
                let_go.append(self.place)

    def fail(source: str, items: int, total: int | None) -> None:
        raise StoreError(f"{source} has no room for {items} of {total}.")

    tracker = Tracker()
    tracker.create(10)
    with pytest.raises(StoreError, match="no room for 3 of 10"):
        run(store, Held(tracker=tracker), on_progress=fail)
    assert let_go == [PLACE]
