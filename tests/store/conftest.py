"""The whole suite of the store runs on both databases."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from backlint.store import Store

BOTH = ("sqlite", "postgresql")


@pytest.fixture(params=BOTH)
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes the URL of a store that nobody used before, on each database in turn."""
    if request.param == "postgresql":
        made: Callable[[], str] = request.getfixturevalue("postgres").migrated
        return made
    numbers = count()
    return lambda: str(tmp_path / f"backlint-{next(numbers)}.db")


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    return new_url()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url) as opened:
        yield opened
