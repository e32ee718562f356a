"""Each slot is queued once, one job of a team is done at a time, and no team comes before all others."""

from pathlib import Path

import psycopg
import pytest

from backlint.config import Team
from backlint.connectors.file import File
from backlint.errors import ConfigError, StoreError
from backlint.timetable import Job
from backlint.worker import Queue
from backlint.worker.queue import locks
from backlint.worker.schema import prepare, steps
from tests.postgres import Server
from tests.store.test_postgresql import together
from tests.worker.conftest import Office, night


def test_a_slot_is_queued_once(office: Office) -> None:
    for _ in range(3):
        office.hand_over("shop", night(), night(1), night(job=Job.BOT))
    assert len(office.rows("id")) == 3


def test_a_slot_that_is_being_done_is_not_queued_again(office: Office) -> None:
    office.hand_over("shop", night())
    office.change("UPDATE procrastinate_jobs SET status = 'doing'")
    office.hand_over("shop", night())
    assert office.rows("status") == [("doing",)]


def test_two_servers_that_ask_at_once_queue_it_once(office: Office) -> None:
    together(*(lambda: office.hand_over("shop", *map(night, range(5))) for _ in range(4)))
    assert len(office.rows("id")) == 5


def test_a_team_with_a_hundred_jobs_keeps_nobody_waiting(office: Office) -> None:
    office.hand_over("shop", *map(night, range(100)))
    office.hand_over("cart", night(), night(1))
    office.hand_over("pay", night())
    taken = office.taken(6)
    assert [team for team, _ in taken] == ["shop", "cart", "pay", "shop", "cart", "shop"]
    assert [slot for team, slot in taken if team == "shop"] == [night(number).name for number in range(3)]


def test_who_comes_later_has_no_claim_to_the_past(office: Office) -> None:
    office.hand_over("shop", *map(night, range(10)))
    office.taken(6)
    office.hand_over("cart", *map(night, range(10)))
    assert [team for team, _ in office.taken(8)] == ["shop", "cart"] * 4
    assert len(office.taken(100)) == 6 + 4 - 4 + 0


def test_the_jobs_of_a_team_are_done_in_their_order(office: Office) -> None:
    office.hand_over("shop", *map(night, range(3)))
    assert office.taken(1) == [("shop", night(0).name)]
    office.hand_over("shop", night(3))
    assert [slot for _, slot in office.taken(9)] == [night(number).name for number in (1, 2, 3)]


def test_teams_that_read_the_same_project_wait_for_each_other() -> None:
    def reading(name: str, *files: str) -> Team:
        return Team(name, sources=tuple(File(path=file) for file in files))

    told = locks([reading("a", "1", "2"), reading("b", "3"), reading("c", "2", "4"), reading("d", "4"), reading("e")])
    assert told["a"] == told["c"] == told["d"]
    assert len(set(told.values())) == 3


def test_many_who_come_first_make_one_queue(postgres: Server) -> None:
    url = postgres.new()
    together(*(lambda: prepare(url) for _ in range(5)))
    assert marked(url) == f"backlint: up to {steps()[-1].stem}"


def test_an_older_queue_is_brought_up_to_date(postgres: Server) -> None:
    fresh, older = postgres.new(), postgres.new()
    prepare(fresh)
    last = made_before(older, len(steps()) // 2)
    with psycopg.connect(older) as connection:
        connection.execute(f"COMMENT ON TABLE procrastinate_jobs IS 'backlint: up to {last}'".encode())
    prepare(older)
    assert marked(older) == marked(fresh)
    assert functions(older) == functions(fresh)


def test_a_queue_that_somebody_else_made_is_left_to_them(postgres: Server) -> None:
    url = postgres.new()
    made_before(url, len(steps()) - 3)
    prepare(url)
    assert marked(url) is None


def made_before(url: str, number: int) -> str:
    """The tables as they were after so many steps; gives the name of the last."""
    with psycopg.connect(url, autocommit=True) as connection:
        for step in steps()[:number]:
            connection.execute(step.read_bytes())
    return steps()[number - 1].stem


def marked(url: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT obj_description('procrastinate_jobs'::regclass, 'pg_class')").fetchone()
        return row and row[0]


def functions(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        asked = "SELECT proname, pronargs FROM pg_proc WHERE proname LIKE 'procrastinate%' ORDER BY 1, 2"
        return connection.execute(asked).fetchall()


def test_a_file_is_no_queue(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Workers need a store that several machines reach"):
        Queue.open(str(tmp_path / "backlint.db")).__enter__()


def test_a_queue_that_cannot_be_reached_is_one_line(tmp_path: Path) -> None:
    url = f"postgresql://robin:secret@/name?host={tmp_path}"
    with pytest.raises(StoreError, match="The queue in the store cannot be used: ") as refused:
        Queue.open(url).__enter__()
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)
