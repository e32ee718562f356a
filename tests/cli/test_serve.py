"""`backlint serve` as a process: it does what is due, is told to stop, and loses nothing."""

import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import TypeAlias

import pytest

from backlint.errors import Exit
from backlint.store import State, Store
from backlint.testing.loopback import serve
from backlint.timetable import Slot
from backlint.transport.inprocess import Heard, HungUp, Reply
from tests.cli.conftest import Shell

SHOP = """
select = ["missing-description"]
service.port = 0
[schedule]
nightly = "00:00"
late_hours = 24
"""
FILE = SHOP + '[teams.Shop.file]\npath = "items.jsonl"\n'

Child: TypeAlias = "subprocess.Popen[str]"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal to end a process with")


NO_EXTRA = "import sys; sys.modules['starlette'] = None; from backlint.cli import main; main()"


@contextmanager
def serving(folder: Path, *arguments: str, program: tuple[str, str] = ("-m", "backlint")) -> Generator[Child]:
    """The server, as a child that is gone afterwards."""
    command = [sys.executable, *program, "serve", *arguments]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as child:  # noqa: S603 - our own command
        try:
            yield child
        finally:
            child.kill()


def until(child: Child, words: str) -> str:
    """What it says, up to a line with these words."""
    said = ""
    assert child.stderr
    for line in child.stderr:
        said += line
        if words in line:
            return said
    raise AssertionError(said)


def end(child: Child) -> tuple[int, str]:
    child.send_signal(signal.SIGTERM)
    assert child.stderr
    said = child.stderr.read()
    return child.wait(30), said


def test_it_does_what_is_due_and_ends_when_told(shell: Shell) -> None:
    shell.write_items({"title": "Pay by card", "body": "So that a company can pay."})
    shell.write("backlint.toml", FILE)
    with serving(shell.directory) as child:
        until(child, "job: Shop: nightly: clean")
        code, said = end(child)
    assert code == Exit.CLEAN
    assert said.splitlines()[-1] == "stopped: Stopped."
    with Store.open(str(shell.directory / "backlint.db")) as store:
        [record] = store.jobs().recent()
    assert (record.team, record.state, record.attempts) == ("Shop", State.FINISHED, 1)


def test_without_what_a_door_is_made_of_the_jobs_are_done_all_the_same(shell: Shell) -> None:
    shell.write_items({"title": "Pay by card", "body": "So that a company can pay."})
    shell.write("backlint.toml", FILE)
    with serving(shell.directory, program=("-c", NO_EXTRA)) as child:
        said = until(child, "job: Shop: nightly: clean")
        assert end(child)[0] == Exit.CLEAN
    assert 'pip install "backlint[serve]"' in said
    assert "Listening" not in said


def test_told_twice_to_stop_it_stops_at_once(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tracker hangs, and the grace is long: whoever presses Ctrl-C again does not want to wait for it."""
    asked, free = Event(), Event()

    def slow(_: Heard) -> Reply:
        asked.set()
        free.wait(30)
        raise HungUp

    monkeypatch.setenv("GITHUB_TOKEN", "ghp_x")
    with serve(slow) as url:
        shell.write("backlint.toml", SHOP + f'[teams.Shop.github]\nurl = "{url}/api/v3"\nrepository = "acme/shop"\n')
        with serving(shell.directory, "--grace", "600") as child:
            assert asked.wait(30)
            child.send_signal(signal.SIGINT)
            until(child, "stopping: Stopping")
            child.send_signal(signal.SIGINT)
            assert child.wait(30) == Exit.INCOMPLETE
        free.set()


def test_a_second_server_does_nothing_twice(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the first one's tracker hangs, nobody else begins its job; and once it is over, nobody does it again."""
    asked, free = Event(), Event()

    def slow(_: Heard) -> Reply:
        asked.set()
        free.wait(30)
        return Reply(200, b"[]", {"Content-Type": "application/json"})

    monkeypatch.setenv("GITHUB_TOKEN", "ghp_x")
    with serve(slow) as url:
        shell.write("backlint.toml", SHOP + f'[teams.Shop.github]\nurl = "{url}/api/v3"\nrepository = "acme/shop"\n')
        with serving(shell.directory) as one:
            assert asked.wait(30)
            with serving(shell.directory) as other:
                until(other, "next: Shop")
                shell("run", "--job", "nightly", "--if-due")
                free.set()
                until(one, "job: Shop: nightly")
                assert [end(child)[0] for child in (one, other)] == [Exit.CLEAN, Exit.CLEAN]
    with Store.open(str(shell.directory / "backlint.db")) as store:
        assert len(store.jobs().recent()) == len(store.past("Shop")) == 1


@pytest.mark.parametrize("grace", [20, 0])
def test_told_to_stop_in_the_middle_of_a_job_it_leaves_it_to_the_next_server(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, grace: int
) -> None:
    """The tracker hangs until the test lets it answer; without grace it never does."""
    asked, free = Event(), Event()

    def slow(_: Heard) -> Reply:
        asked.set()
        free.wait(30)
        return Reply(200, b"[]", {"Content-Type": "application/json"})

    monkeypatch.setenv("GITHUB_TOKEN", "ghp_x")
    with serve(slow) as url:
        shell.write("backlint.toml", SHOP + f'[teams.Shop.github]\nurl = "{url}/api/v3"\nrepository = "acme/shop"\n')
        with serving(shell.directory, "--grace", str(grace)) as child:
            assert asked.wait(30)
            child.send_signal(signal.SIGTERM)
            until(child, "stopping: Stopping" if grace else "is left; the next server does it")
            free.set()
            assert child.wait(30) == Exit.CLEAN
    with Store.open(str(shell.directory / "backlint.db")) as store:
        [record] = store.jobs().recent()
        assert (record.state, record.attempts) == (State.WAITING, 0)
        assert store.past("Shop") == ()


def test_what_a_killed_server_was_doing_is_taken_up_once_its_lease_ran_out(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, free = Event(), Event()

    def slow(_: Heard) -> Reply:
        asked.set()
        free.wait(30)
        return Reply(503, b"{}")

    monkeypatch.setenv("GITHUB_TOKEN", "ghp_x")
    with serve(slow) as url:
        shell.write("backlint.toml", SHOP + f'[teams.Shop.github]\nurl = "{url}/api/v3"\nrepository = "acme/shop"\n')
        with serving(shell.directory) as child:
            assert asked.wait(30)
            child.kill()
            child.wait(30)
        free.set()
    with Store.open(str(shell.directory / "backlint.db")) as store:
        [record] = store.jobs().recent()
        assert record.state is State.RUNNING
        slot = Slot(record.started, record.job, record.slot)
        assert store.jobs().claim("Shop", slot, "heir", record.until - timedelta(minutes=1)) is None
        heir = store.jobs().claim("Shop", slot, "heir", record.until)
        assert heir
        assert heir.attempt == 1


def test_it_reads_its_configuration_again_and_keeps_the_old_one_where_the_new_one_is_broken(shell: Shell) -> None:
    shell.write_items({"title": "Pay by card", "body": "So that a company can pay."})
    shell.write("backlint.toml", FILE)
    with serving(shell.directory) as child:
        until(child, "at 00:00 (UTC)")
        until(child, "job: Shop: nightly: clean")
        shell.write("backlint.toml", FILE.replace("00:00", "03:15"))
        child.send_signal(signal.SIGHUP)
        until(child, "at 03:15 (UTC)")
        shell.write("backlint.toml", FILE.replace("00:00", "half past three"))
        child.send_signal(signal.SIGHUP)
        until(child, "The configuration was not read again")
        assert end(child)[0] == Exit.CLEAN


def test_without_a_team_there_is_nothing_to_serve(shell: Shell) -> None:
    said = shell("serve")
    assert said.code == Exit.USAGE
    assert "No team is configured" in said.err
