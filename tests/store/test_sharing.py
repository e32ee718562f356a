"""Stores on one server share an engine for as long as one of them is open; files share nothing."""

import os

import psycopg
from psycopg.conninfo import conninfo_to_dict

from backlint.store import Store
from backlint.store.database import connect
from backlint.store.sharing import Sharing
from tests.postgres import Server
from tests.store.test_postgresql import together


def connections(server: Server, url: str) -> int:
    """How many are open to the database, beside the one that asks."""
    name = conninfo_to_dict(url)["dbname"]
    with psycopg.connect(server.url("postgres")) as connection:
        row = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", (name,)).fetchone()
    assert row
    return int(row[0])


def test_stores_that_are_open_at_once_share_their_connections(postgres: Server) -> None:
    url = postgres.migrated()
    with Store.open(url) as outer:
        for _ in range(5):
            with Store.open(url) as inner:
                assert inner.jobs().recent() == outer.jobs().recent() == ()
        assert connections(postgres, url) == 1
    assert connections(postgres, url) == 0


def test_who_closes_twice_takes_nothing_from_the_others(postgres: Server) -> None:
    url = postgres.migrated()
    with Store.open(url) as left:
        other = Store.open(url)
        other.close()
        other.close()
        assert left.jobs().recent() == ()
        assert connections(postgres, url) == 1


def test_threads_that_open_and_close_leave_nothing_open(postgres: Server) -> None:
    url = postgres.migrated()

    def visit() -> None:
        for _ in range(10):
            with Store.open(url) as store:
                assert store.jobs().recent() == ()

    together(*(visit for _ in range(4)))
    assert connections(postgres, url) == 0


def test_an_engine_is_known_by_process_url_and_patience() -> None:
    sharing = Sharing()
    one, same = (sharing.take("url", 1, lambda: connect("file.db")) for _ in range(2))
    others = [sharing.take(*about, lambda: connect("file.db")) for about in (("url", 2.0), ("other", 1.0))]
    assert one is same
    assert len({id(engine) for engine in (one, *others)}) == 3
    assert {pid for pid, _, _ in sharing.engines} == {os.getpid()}
    for engine in (one, same, *others):
        sharing.leave(engine)
    assert sharing.engines == {}
