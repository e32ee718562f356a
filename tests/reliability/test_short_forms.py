"""The short forms of what is drifted, torn and delayed a thousand times by `make reliability`."""

from multiprocessing import get_context
from pathlib import Path

from backlint.connector import Batch
from backlint.errors import StoreError
from backlint.example import NOW, item
from backlint.store import Store
from tests.reliability.cutting import cut
from tests.reliability.doubting import doubt
from tests.reliability.drifting import drifts


def test_what_changes_while_it_is_read_is_read_in_the_end() -> None:
    told = drifts(3)
    assert told.is_well, str(told)


def test_a_torn_log_leaves_a_whole_store() -> None:
    told = cut(30)
    assert told.is_well, str(told)


def test_what_is_done_late_is_done_once() -> None:
    told = doubt(20)
    assert told.is_well, str(told)


def test_eight_runs_at_once_wait_for_each_other(tmp_path: Path) -> None:
    """Processes of their own on one store: what each wrote is there, or it said in one line that it could not wait."""
    path = str(tmp_path / "backlint.db")
    with get_context("spawn").Pool(8) as pool:
        said = pool.starmap(keep, [(path, number) for number in range(8)])
    wrote = [number for number, line in enumerate(said) if line is None]
    assert wrote
    assert all("is held by another run" in line and "\n" not in line for line in said if line)
    with Store.open(path) as store:
        assert all(len(list(store.items(source_of(number)))) == BATCHES for number in wrote)


BATCHES = 10


def source_of(number: int) -> str:
    return f"file:{number}.jsonl"


def keep(path: str, number: int) -> str | None:
    """A run; gives what it said where it could not write."""
    try:
        with Store.open(path) as store:
            for each in range(1, BATCHES + 1):
                store.keep(source_of(number), Batch(items=(item(each),), cursor=str(each)), at=NOW)
    except StoreError as error:
        return str(error)
    return None
