import shutil
from pathlib import Path

import pytest

from backlint.store import Store
from tests.writeback.places import PLACES, Place


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest) -> Place:
    return PLACES[request.param]()


@pytest.fixture(scope="session")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store: to make its tables takes longer than a test."""
    path = tmp_path_factory.mktemp("store") / "backlint.db"
    Store.open(str(path)).close()
    return path


@pytest.fixture
def path(tmp_path: Path, new_store: Path) -> Path:
    """A store of one's own."""
    return Path(shutil.copy(new_store, tmp_path / "backlint.db"))
