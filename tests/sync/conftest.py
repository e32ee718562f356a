"""A store, a clock, and a tracker of ten items."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from backlint.store import Store
from backlint.testing.clock import FakeClock
from tests.living import Tracker


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that nobody used; a copy of it is there sooner than a new one."""
    path = tmp_path_factory.mktemp("sync") / "empty.db"
    Store.open(str(path)).close()
    return path


@pytest.fixture
def store(empty: Path, tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(shutil.copy(empty, tmp_path / "backlint.db"))) as opened:
        yield opened


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def tracker() -> Tracker:
    tracker = Tracker()
    tracker.create(10)
    return tracker
