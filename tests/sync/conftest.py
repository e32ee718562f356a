"""A store, a clock, and a tracker of ten items."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backlint.store import Store
from backlint.testing.clock import FakeClock
from tests.living import Tracker


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
