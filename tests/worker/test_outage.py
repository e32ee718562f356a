"""The server cuts every connection, or is away for a while: a worker goes on where it was, and the queue as well."""

import asyncio
from collections.abc import Callable
from threading import Event

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from backlint.app.jobs import JobDone
from backlint.worker import Pace, Worker, work
from tests.postgres import Server
from tests.worker.conftest import Office, night

BRISK = Pace(heartbeat=0.1, dead_after=2, first_pause=0.1, longest_pause=0.1, poll=0.1)
PATIENCE = 60.0
"""Seconds for a whole test. No wait here is longer, since one that never ends would end no test run either."""


class Watched:
    """A worker, seen from outside."""

    def __init__(self, office: Office) -> None:
        self.office, self.troubles = office, list[str]()
        self.done, self.is_troubled = Event(), Event()

    async def has_done(self, slot: int) -> None:
        """Hand over the slot, and wait until it was done."""
        self.done.clear()
        await asyncio.to_thread(self.office.hand_over, "shop", night(slot))
        assert await asyncio.to_thread(self.done.wait, PATIENCE)

    def while_it_works(self, meanwhile: Callable[[], None]) -> None:
        """Before and after `meanwhile` it does a job, and then it ends as it is told."""

        def tell(done: JobDone) -> None:
            self.office.told.append(done)
            self.done.set()

        def hear(trouble: str) -> None:
            self.troubles.append(trouble)
            self.is_troubled.set()

        async def go() -> None:
            worker, stop = Worker(self.office.config, self.office.clock, tell, BRISK), asyncio.Event()
            working = asyncio.create_task(work(worker, stop, leave=lambda: None, on_trouble=hear))
            await self.has_done(0)
            await asyncio.to_thread(meanwhile)
            await self.has_done(1)
            stop.set()
            await working

        asyncio.run(asyncio.wait_for(go(), PATIENCE))


@pytest.fixture
def watched(office: Office) -> Watched:
    return Watched(office)


def cut(server: Server, url: str) -> int:
    """Cut all connections to a database, from another one; gives how many there were."""
    name = conninfo_to_dict(url)["dbname"]
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        asked = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s"
        row = connection.execute(asked, (name,)).fetchone()
        assert row
        return int(row[0])


def test_all_its_connections_are_cut(watched: Watched, postgres: Server) -> None:
    cuts: list[int] = []
    watched.while_it_works(lambda: cuts.append(cut(postgres, watched.office.url)))
    assert cuts[0] >= 2, "the worker's, and the queue's"
    assert [done.outcome.is_good for done in watched.office.told] == [True, True]
    assert watched.office.rows("id") == []


def test_the_server_lets_nobody_in_for_a_while(watched: Watched, postgres: Server) -> None:
    office = watched.office
    name = conninfo_to_dict(office.url)["dbname"]

    def away() -> None:
        postgres.do(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        cut(postgres, office.url)
        watched.is_troubled.wait(PATIENCE / 2)
        postgres.do(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")

    watched.while_it_works(away)
    assert all(
        trouble.count("\n") == 0 and trouble.startswith("The queue in the store") for trouble in watched.troubles
    )
    assert [done.outcome.is_good for done in office.told] == [True, True]
    assert office.rows("id") == []
