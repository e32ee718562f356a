"""What is wrong with a database is said in one line, and nothing is lost by it."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from backlint.connector import Batch
from backlint.errors import ConfigError, Exit, StoreError
from backlint.example import NOW, item
from backlint.store import Store
from backlint.store.database import connect, migrate
from backlint.store.schema import HEAD
from tests.store.hampered import READ_ONLY, SMALL_DISK, hampered

SOURCE = "file:backlog.jsonl"
LARGE = "x" * 2000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "backlint.db"
    with Store.open(str(place)) as store:
        store.keep(SOURCE, Batch(items=(item(1),), cursor="1"), at=NOW)
    return place


def refusal(path: Path) -> str:
    with pytest.raises(StoreError) as refused, Store.open(str(path), patience=0) as store:
        store.keep(SOURCE, Batch(items=(item(2),)), at=NOW)
    assert refused.value.exit_code == Exit.INCOMPLETE
    assert "\n" not in str(refused.value)
    return str(refused.value).replace(str(path), "backlint.db")


def test_a_store_that_another_run_holds(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert refusal(path) == 'The store "backlint.db" is held by another run; try again when that one is done.'
        other.execute("ROLLBACK")
    with Store.open(str(path)) as store:
        assert store.keep(SOURCE, Batch(items=(item(2),)), at=NOW) == 1


def test_a_store_that_is_held_can_still_be_read(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other, Store.open(str(path), patience=0) as store:
        other.execute("BEGIN IMMEDIATE")
        assert len(list(store.items(SOURCE))) == 1


def test_two_runs_wait_for_each_other(path: Path) -> None:
    def write(first: int) -> None:
        with Store.open(str(path)) as store:
            for number in range(first, first + 30):
                store.keep(SOURCE, Batch(items=(item(number),)), at=NOW)

    threads = [Thread(target=write, args=(first,)) for first in (100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Store.open(str(path)) as store:
        assert len(list(store.items(SOURCE))) == 91


def test_what_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Buy milk. " * 200)
    assert refusal(path) == 'The store "backlint.db" is no database of backlint; name another file.'
    assert path.read_text().startswith("Buy milk.")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be opened; check that its folder exists" in refusal(tmp_path / "nowhere" / "backlint.db")


def test_a_damaged_store(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = bytearray(path.read_bytes())
    raw[200:] = b"\x5a" * (len(raw) - 200)
    path.write_bytes(raw)
    assert "is damaged; put a backup in its place" in refusal(path)


def test_a_store_of_a_newer_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "was written by a newer backlint; install that version or a later one." in refusal(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM items").fetchone() == (1,)


def test_a_store_that_may_not_be_written(path: Path) -> None:
    with pytest.raises(StoreError, match="may not be written to; check the permissions"):
        hampered(path, READ_ONLY).keep(SOURCE, Batch(items=(item(2),)), at=NOW)
    assert len(list(hampered(path, READ_ONLY).items(SOURCE))) == 1


def test_a_full_disk_keeps_what_was_kept_before(path: Path) -> None:
    with (
        hampered(path, SMALL_DISK) as store,
        pytest.raises(StoreError, match="is on a full disk; make room and run again"),
    ):
        fill(store)
    with Store.open(str(path)) as store:
        kept = list(store.items(SOURCE))
        assert len(kept) > 2
        assert store.begin(SOURCE) == str(len(kept))


def fill(store: Store) -> None:
    for number in range(2, 10_000):
        store.keep(SOURCE, Batch(items=(item(number, body=LARGE),), cursor=str(number)), at=NOW)


@pytest.mark.parametrize("url", ["nosuch://host/name", "mysql://host/name", "sqlite+nosuch:///x", "://"])
def test_a_url_that_means_nothing(url: str) -> None:
    with pytest.raises(ConfigError, match="is neither a file nor a URL such as"):
        Store.open(url)


def test_a_database_whose_driver_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigError, match="A store on PostgreSQL needs psycopg: pip install"):
        Store.open("postgresql://host/name")


def test_any_other_trouble_is_told_as_the_database_tells_it(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE absences")
        connection.execute("DROP TABLE items")
    assert refusal(path) == 'The store "backlint.db" failed: no such table: items.'


def test_a_path_may_begin_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    Store.open("~/backlint.db").close()
    assert (tmp_path / "backlint.db").exists()


def test_what_was_committed_survives_a_power_cut(path: Path) -> None:
    with connect(str(path)).connect() as connection:
        settings = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    assert settings == ["wal", 2], "2 is FULL"


def test_a_current_store_opens_without_alembic(path: Path) -> None:
    told = (
        "import sys; from backlint.store import Store; Store.open(sys.argv[1]).close();"
        "assert 'sqlalchemy' in sys.modules; assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", told, str(path)], check=True)  # noqa: S603 - our own interpreter


def test_two_first_runs_make_one_store(tmp_path: Path) -> None:
    path = str(tmp_path / "backlint.db")
    threads = [Thread(target=lambda: Store.open(path).close()) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine = connect(path)
    migrate(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == [HEAD]
