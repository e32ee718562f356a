"""What was not read is not claimed, and one failure stops nobody else."""

import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backlint.connector import Batch
from backlint.errors import ConfigError, StoreError
from backlint.store import Store
from backlint.transport import Gate
from tests.living import Living, Tracker, out_of_order
from tests.store.hampered import READ_ONLY, hampered
from tests.sync.running import PLACE, local, remote, run


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


def test_a_connector_that_fails_is_named(store: Store, tracker: Tracker) -> None:
    faulty = Tracker(broken=RuntimeError("no more\n memory"), broken_after=0)
    readings = run(store, Living(tracker=faulty, place="living:x/one"), Living(tracker=tracker))
    assert readings[0].problems == ("The living connector failed: RuntimeError: no more memory.",)
    assert readings[1].is_complete


def test_a_wrong_configuration_is_told_after_the_others_were_read(store: Store, tracker: Tracker) -> None:
    wrong = Living(
        tracker=Tracker(broken=ConfigError("There is no project NOPE."), broken_after=0), place="living:x/NOPE"
    )
    with pytest.raises(ConfigError, match="NOPE"):
        run(store, wrong, Living(tracker=tracker))
    assert local(store) == remote(tracker)
    assert store.readings(["living:x/NOPE"])[0].problems == ("There is no project NOPE.",)


def test_a_store_that_cannot_be_written_stops_the_sync(tmp_path: Path, tracker: Tracker) -> None:
    Store.open(str(tmp_path / "backlint.db")).close()
    with pytest.raises(StoreError, match="may not be written to"):
        run(hampered(tmp_path / "backlint.db", READ_ONLY), Living(tracker=tracker))


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


def test_a_sync_that_dies_at_any_step_loses_nothing(tmp_path: Path) -> None:
    told = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "tests.dying", str(tmp_path)], check=False, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr
    assert int(told.stdout) > 30, "so many steps there are"
