"""A process that opens stores for years keeps none of them."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine.default import DefaultDialect

from backlint.connector import Batch
from backlint.example import NOW, item
from backlint.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Iterator[str]:
    yield str(tmp_path / "backlint.db")
    gc.collect()


def dialects() -> int:
    gc.collect()
    return sum(isinstance(each, DefaultDialect) for each in gc.get_objects())


def test_what_was_closed_is_gone(path: str) -> None:
    def night(number: int) -> None:
        with Store.open(path) as store:
            store.begin("file:one")
            store.keep("file:one", Batch(items=(item(number),), ranking=(item(number).id,)), at=NOW)
            store.finish("file:one", at=NOW)

    night(1)
    before = dialects()
    for number in range(2, 6):
        night(number)
    assert dialects() <= before
