"""Commands that need a team, or data that are whole, say so in one line; nothing is read or written before."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest

from backlint.errors import Exit
from backlint.example import NOW
from backlint.testing.fakes.github import FakeGithub
from backlint.testing.loopback import serve
from tests.cli.conftest import Shell

NONE = {
    "doctor": "there is no tracker to look at",
    "sync": "there is nothing to read",
    "trend": "there are no earlier runs to look at",
    "diff": "there are no earlier runs to look at",
}


@pytest.mark.parametrize("command", NONE)
def test_without_a_team_it_says_what_is_missing(shell: Shell, command: str) -> None:
    said = shell(command)
    assert (said.code, said.out) == (Exit.USAGE, "")
    assert said.err == f"error: No team is configured: {NONE[command]}.\n"


def test_who_answers_no_question_stops_it(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO())
    said = shell("init")
    assert said.code != Exit.CLEAN
    assert "Stopped. What was read so far is kept." in said.err
    assert not (shell.directory / "backlint.toml").exists()


@pytest.fixture
def half(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """A team of two repositories, one of which its token cannot see."""
    hub = FakeGithub()
    hub.repository("acme/shop").issue("Pay by card", at=NOW - timedelta(days=9))
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_x")
    with serve(hub) as url:
        shell.write("backlint.toml", "".join(
            f'[[teams.shop.github]]\nurl = "{url}/api/v3"\nrepository = "acme/{name}"\n' for name in ("shop", "hidden")
        ))  # fmt: skip
        yield shell


def test_a_baseline_forgives_nothing_of_half_a_backlog(half: Shell) -> None:
    said = half("baseline", "create", "--now", NOW.isoformat())
    assert said.code == Exit.INCOMPLETE
    assert "a baseline is made of complete data only" in said.err
    assert not (half.directory / "backlint-baseline.json").exists()


def test_half_a_backlog_is_never_an_answer(half: Shell) -> None:
    said = half("explain", "acme/shop#1", "--now", NOW.isoformat())
    assert "Pay by card" in said.out
    assert said.code == Exit.INCOMPLETE
