"""`backlint dashboard` keeps one issue that tells how a backlog is."""

from collections.abc import Iterator
from datetime import timedelta
from json import loads

import pytest

from backlint.errors import Exit
from backlint.example import NOW
from backlint.testing.fakes.github import FakeGithub
from backlint.testing.fakes.github.issues import Issue
from backlint.testing.loopback import serve
from backlint.writeback.publishing import LONGEST
from tests.cli.conftest import Shell
from tests.cli.test_writing import AT, CONFIG

MANY = 300


@pytest.fixture
def hub() -> FakeGithub:
    hub = FakeGithub()
    shop = hub.repository("acme/shop")
    for number in range(MANY):
        title = f"{number} {'@robin <b>#1</b> ' * 12}"
        shop.issue(title, labels=["first"], at=NOW - timedelta(days=9), number=number + 1)
    return hub


@pytest.fixture
def team(shell: Shell, hub: FakeGithub, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_x")
    with serve(hub) as url:
        shell.write("backlint.toml", CONFIG.format(url=f"{url}/api/v3", write="true"))
        yield shell


def dashboard(hub: FakeGithub) -> Issue:
    [issue] = [each for each in hub.repositories["acme/shop"].issues.values() if each.number > MANY]
    return issue


def test_it_is_shown_opened_kept_and_taken_back(team: Shell, hub: FakeGithub) -> None:
    shown = team("dashboard", *AT)
    assert shown.code == Exit.CLEAN
    assert "Backlog of Shop: write the dashboard, since the backlog was checked" in shown.out
    assert "1 step; nothing was written. --apply writes it." in shown.out
    assert len(hub.repositories["acme/shop"].issues) == MANY
    assert "Backlog of Shop: write the dashboard: done" in team("dashboard", "--apply", *AT).out
    body = str(dashboard(hub).body)
    assert body.startswith("<!-- backlint:note v1 item=dashboard%3AShop")
    assert len(body) <= LONGEST
    assert "@robin <b>" not in body
    assert "](https://github.com/acme" not in body
    again = team("dashboard", "--apply", *AT)
    assert str(dashboard(hub).body) == body, again.out
    run = loads(team("journal").out.splitlines()[0])["run"]
    assert "remove the dashboard: done" in team("undo", run, "--apply").out
    assert dashboard(hub).state == "closed"


def test_without_leave_nothing_is_written(team: Shell, hub: FakeGithub) -> None:
    config = team.directory / "backlint.toml"
    config.write_text(config.read_text().replace("write = true", "write = false"))
    said = team("dashboard", "--apply", *AT)
    assert "set `write = true`" in said.err
    assert len(hub.repositories["acme/shop"].issues) == MANY


def test_half_a_backlog_is_nothing_to_tell_of(team: Shell, hub: FakeGithub) -> None:
    team("dashboard", "--apply", *AT)
    body = dashboard(hub).body
    hub.admit("ghp_another")
    said = team("dashboard", "--apply", *AT)
    assert said.code == Exit.INCOMPLETE
    assert "could not be read whole: its dashboard stays" in said.err
    assert dashboard(hub).body == body
