"""What only a server can do: be gone, be full, ask for a password, and let several machines write."""

import gc
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from sqlalchemy import event

from backlint.connector import Batch
from backlint.errors import ConfigError, Exit, StoreError
from backlint.example import NOW, item
from backlint.health import Run, diagnose
from backlint.store import Store
from backlint.store.database import connect, migrate
from backlint.store.postgresql import WENT_AWAY, lock_key
from backlint.store.schema import HEAD
from tests.health.made import backlog, finding, found
from tests.postgres import GUARDED, Server

SHOP = "jira:tracker.example/SHOP"
WEB = "github:acme/web"
PASSWORD = "canary/7f3a@9c"


@pytest.fixture
def url(postgres: Server) -> str:
    return postgres.migrated()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url) as opened:
        yield opened


def refusal(url: str) -> str:
    with pytest.raises(StoreError) as refused, Store.open(url, patience=0.01) as store:
        store.keep(SHOP, Batch(items=(item(1),)), at=NOW)
    assert refused.value.exit_code == Exit.INCOMPLETE
    assert "\n" not in str(refused.value)
    assert PASSWORD not in str(refused.value)
    return str(refused.value)


def database(url: str) -> str:
    return url.partition("/@/")[2] or url.partition("@/")[2].partition("?")[0]


def together(*jobs: Callable[[], object]) -> None:
    """Let all begin at once, and wait for them."""
    barrier = threading.Barrier(len(jobs))
    failed: list[BaseException] = []

    def run(job: Callable[[], object]) -> None:
        barrier.wait()
        try:
            job()
        except BaseException as error:  # noqa: BLE001 - told below, by the test's own thread
            failed.append(error)

    threads = [Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+asyncpg"])
def test_every_usual_form_of_the_url_is_understood(url: str, scheme: str) -> None:
    with Store.open(url.replace("postgresql", scheme, 1)) as store:
        assert str(store) == f'The store "postgresql://backlint@/{database(url)}"'


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    told = refusal(f"postgresql://robin:secret@/nowhere?host={tmp_path}")
    assert told.startswith('The store "postgresql://robin@/nowhere" cannot be reached: connection to server on socket')
    assert "secret" not in told


def test_a_database_that_is_not_there(postgres: Server) -> None:
    assert 'database "nowhere" does not exist' in refusal(postgres.url("nowhere"))


def test_a_password_is_used_and_never_shown(postgres: Server, url: str) -> None:
    postgres.do(f"CREATE ROLE {GUARDED} LOGIN SUPERUSER PASSWORD '{PASSWORD}'")
    with Store.open(postgres.url(database(url), GUARDED, PASSWORD)) as store:
        assert store.keep(SHOP, Batch(items=(item(1),)), at=NOW) == 1
        assert PASSWORD not in str(store)
        with pytest.raises(ConfigError, match="pg_dump --format=custom") as refused:
            store.backup(Path("copy.db"))
        assert PASSWORD not in str(refused.value)
    told = refusal(postgres.url(database(url), GUARDED, "wrong" + PASSWORD))
    assert "password authentication failed" in told


def test_a_url_that_means_nothing_is_told_without_its_password() -> None:
    with pytest.raises(ConfigError, match="is neither a file nor a URL") as refused:
        Store.open(f"postgersql://robin:{PASSWORD}@host/name")
    assert "canary" not in str(refused.value)


def test_a_server_that_may_only_be_read(postgres: Server, url: str) -> None:
    postgres.do(f"ALTER DATABASE {database(url)} SET default_transaction_read_only = on")
    assert "is a copy that may only be read; name the primary server." in refusal(url)


def test_a_user_who_may_not_make_tables(postgres: Server) -> None:
    url = postgres.new()
    postgres.do("CREATE ROLE reader LOGIN")
    assert "may not be written to; grant the user the right" in refusal(url.replace("backlint@", "reader@"))


def test_a_store_of_a_newer_version(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "was written by a newer backlint" in refusal(url)


def test_who_writes_the_same_waits_and_nobody_else(url: str) -> None:
    with Store.open(url) as one, Store.open(url, patience=0.01) as other:
        holder = connect(url)
        with holder.connect() as connection:
            hold(connection.exec_driver_sql, SHOP)
            with pytest.raises(StoreError, match="is held by another run; try again when that one is done"):
                other.keep(SHOP, Batch(items=(item(1),)), at=NOW)
            assert other.keep(WEB, Batch(items=(item(1),)), at=NOW) == 1
        assert one.keep(SHOP, Batch(items=(item(1),)), at=NOW) == 1
        holder.dispose()


def hold(execute: Callable[[str], object], name: str) -> None:
    """Take the lock that a writer of this name takes."""
    execute(f"SELECT pg_advisory_xact_lock({lock_key(name)})")


def test_a_connection_that_is_lost_between_two_pages_is_made_anew(postgres: Server, store: Store, url: str) -> None:
    store.keep(SHOP, Batch(items=(item(1),), cursor="1"), at=NOW)
    cut_off(postgres, url)
    assert store.keep(SHOP, Batch(items=(item(2),), cursor="2"), at=NOW) == 1
    assert store.begin(SHOP) == "2"


@pytest.mark.filterwarnings("ignore:.*was deleted while still open:ResourceWarning")  # a cursor nobody can close
def test_a_connection_that_is_lost_in_the_middle_is_one_line(postgres: Server, store: Store, url: str) -> None:
    store.keep(SHOP, Batch(items=tuple(item(number) for number in range(1, 1300))), at=NOW)
    reading = store.items(SHOP)
    next(reading)
    cut_off(postgres, url)
    with pytest.raises(StoreError, match=WENT_AWAY):
        list(reading)
    assert len(list(store.items(SHOP))) == 1299
    del reading
    gc.collect()


def cut_off(postgres: Server, url: str) -> None:
    """End everybody's connection to a database, as a server does that goes down."""
    everybody = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
    postgres.do(f"{everybody} WHERE datname = '{database(url)}'")


def test_a_large_backlog_comes_through_a_cursor(url: str) -> None:
    engine = connect(url)
    kinds: list[str] = []

    def note(_connection: object, cursor: object, *_: object) -> None:
        kinds.append(type(cursor).__name__)

    event.listen(engine, "before_cursor_execute", note)
    with Store(engine) as store:
        store.keep(SHOP, Batch(items=tuple(item(number) for number in range(1, 1300))), at=NOW)
        kinds.clear()
        assert sum(1 for _ in store.items(SHOP)) == 1299
    assert kinds == ["Cursor", "ServerCursor"], "the source, and then its items"


def test_many_first_runs_make_one_store(postgres: Server) -> None:
    url = postgres.new()
    together(*(lambda: Store.open(url).close() for _ in range(6)))
    engine = connect(url)
    migrate(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == [HEAD]
    engine.dispose()


def test_runs_that_write_the_same_items_in_any_order_do_not_stop_each_other(url: str) -> None:
    numbers = range(1, 200)

    def write(order: range, title: str) -> None:
        with Store.open(url) as store:
            for source in (SHOP, WEB) if title == "one" else (WEB, SHOP):
                store.keep(source, Batch(items=tuple(item(number, title=title) for number in order)), at=NOW)
                store.keep(source, Batch(gone=(f"example:{order[0]}",)), at=NOW)

    together(
        *(lambda: write(numbers, "one") for _ in range(3)),
        *(lambda: write(numbers[::-1], "other") for _ in range(3)),
        lambda: prune(url),
    )
    with Store.open(url) as store:
        assert [len({each.title for each in store.items(source)}) for source in (SHOP, WEB)] == [1, 1]


def prune(url: str) -> None:
    with Store.open(url) as store:
        for _ in range(5):
            store.prune(NOW)


def test_a_run_that_two_record_at_once_is_kept_once(url: str) -> None:
    told = replace(diagnose(backlog(item(1)), found(finding(item(1)))), now=NOW)
    run = Run(id="tonight", at=NOW, version="1.0", teams=(told, replace(told, name="Another")))

    def record(teams: slice) -> None:
        with Store.open(url) as store:
            store.record_run(replace(run, teams=run.teams[teams]))

    together(
        *(lambda: record(slice(None)) for _ in range(3)), *(lambda: record(slice(None, None, -1)) for _ in range(3))
    )
    with Store.open(url) as store:
        rows = store.info().rows
        assert (rows["runs"], rows["spells"]) == (2, 2)
