"""`backlint worker` as a process: it does what `backlint serve` queues, is told to stop, and loses nothing."""

import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Timer

import psycopg
import pytest

from backlint.config import load
from backlint.errors import Exit
from backlint.example import NOW
from backlint.store import State, Store
from backlint.testing.loopback import serve
from backlint.timetable import Job, Slot
from backlint.transport.inprocess import Heard, Reply
from backlint.worker import Queue
from tests.cli.conftest import Shell
from tests.cli.test_serve import end, until
from tests.postgres import Server

SHOP = """
store = "{url}"
select = ["missing-description"]
service.port = 0
[schedule]
nightly = "00:00"
late_hours = 24
"""
FILE = '[teams.Shop.file]\npath = "items.jsonl"\n'
PATIENCE = 90.0
"""Seconds: whoever reads a child's words would wait for ever for those that never come."""
ITEM = {"title": "Pay by card", "body": "So that a company can pay."}


@pytest.fixture
def url(postgres: Server) -> str:
    return postgres.migrated()


@contextmanager
def running(folder: Path, *arguments: str) -> Generator["subprocess.Popen[str]"]:
    """A command, as a child that is gone afterwards; one that says nothing any more ends after a while."""
    command = [sys.executable, "-m", "backlint", *arguments]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as child:  # noqa: S603 - our own command
        patience = Timer(PATIENCE, child.kill)
        patience.start()
        try:
            yield child
        finally:
            patience.cancel()
            child.kill()


def queued(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT status::text, attempts FROM procrastinate_jobs").fetchall()


def test_the_server_queues_and_the_worker_does(shell: Shell, url: str) -> None:
    shell.write_items(ITEM)
    shell.write("backlint.toml", SHOP.format(url=url) + FILE)
    with running(shell.directory, "worker") as worker, running(shell.directory, "serve", "--no-http") as server:
        until(worker, "job: Shop: nightly: clean")
        for child in (server, worker):
            code, said = end(child)
            assert (code, said.splitlines()[-1]) == (Exit.CLEAN, "stopped: Stopped.")
    assert queued(url) == []
    with Store.open(url) as store:
        [record] = store.jobs().recent()
    assert (record.team, record.state) == ("Shop", State.FINISHED)


@pytest.mark.parametrize("grace", [20, 0])
def test_told_to_stop_in_the_middle_of_a_job_it_gives_it_back(
    shell: Shell, url: str, monkeypatch: pytest.MonkeyPatch, grace: int
) -> None:
    """The tracker hangs until the test lets it answer; without grace it never does."""
    asked, free = Event(), Event()

    def slow(_: Heard) -> Reply:
        asked.set()
        free.wait(30)
        return Reply(200, b"[]", {"Content-Type": "application/json"})

    monkeypatch.setenv("GITHUB_TOKEN", "ghp_x")
    with serve(slow) as tracker:
        team = f'[teams.Shop.github]\nurl = "{tracker}/api/v3"\nrepository = "acme/shop"\n'
        shell.write("backlint.toml", SHOP.format(url=url) + team)
        hand_over(shell)
        with running(shell.directory, "worker", "--grace", str(grace)) as worker:
            assert asked.wait(30)
            worker.send_signal(signal.SIGTERM)
            until(worker, "stopping: Stopping" if grace else "another worker does it")
            free.set()
            assert worker.wait(30) == Exit.CLEAN
    assert queued(url) == [("todo", 1)]
    with Store.open(url) as store:
        [record] = store.jobs().recent()
    assert record.state is State.WAITING


def hand_over(shell: Shell) -> None:
    config = load(shell.directory / "backlint.toml")
    with Queue.open(config.store) as queue:
        queue.hand_over(config, config.team("Shop"), Slot.of_day(Job.NIGHTLY, NOW.date(), NOW))


def test_once_it_ends_when_the_queue_is_empty(shell: Shell, url: str) -> None:
    shell.write_items(ITEM)
    shell.write("backlint.toml", SHOP.format(url=url) + FILE)
    hand_over(shell)
    with running(shell.directory, "worker", "--once") as worker:
        until(worker, "job: Shop: nightly: clean")
        assert worker.wait(30) == Exit.CLEAN


def test_a_file_is_no_store_for_workers(shell: Shell) -> None:
    shell.write("backlint.toml", FILE)
    said = shell("worker")
    assert said.code == Exit.USAGE
    assert "Workers need a store that several machines reach" in said.err


def test_without_a_team_there_is_nothing_to_do(shell: Shell) -> None:
    said = shell("worker")
    assert said.code == Exit.USAGE
    assert "No team is configured" in said.err
