"""The commands that write: shown first, refused where they are not allowed, and one note as an example."""

from collections.abc import Iterator
from datetime import timedelta
from json import loads

import pytest

from backlint.errors import Exit
from backlint.example import NOW
from backlint.testing.fakes.github import FakeGithub
from backlint.testing.loopback import serve
from tests.cli.conftest import Shell

CONFIG = """
select = ["missing-description"]
[teams.Shop]
write = {write}
[teams.Shop.github]
url = "{url}"
repository = "acme/shop"
order_by = "label"
order_labels = ["first"]
"""
AT = ("--now", NOW.isoformat())


@pytest.fixture
def hub() -> FakeGithub:
    hub = FakeGithub()
    hub.repository("acme/shop").issue("Pay by card", labels=["first"], at=NOW - timedelta(days=9))
    return hub


@pytest.fixture
def team(shell: Shell, hub: FakeGithub, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_x")
    with serve(hub) as url:
        shell.write("backlint.toml", CONFIG.format(url=f"{url}/api/v3", write="true"))
        yield shell


def comments(hub: FakeGithub) -> list[str]:
    [issue] = hub.repositories["acme/shop"].issues.values()
    return [entry.facts["body"] for entry in issue.history if entry.typename == "IssueComment"]


def test_it_shows_what_it_would_write(team: Shell, hub: FakeGithub) -> None:
    said = team("comment", *AT)
    assert said.code == Exit.CLEAN
    assert "acme/shop#1: write the note, since something was found" in said.out
    assert "    | <!-- backlint:note v1" in said.out
    assert "1 step; nothing was written. --apply writes it." in said.out
    assert {heard.method for heard in hub.heard if "/graphql" not in heard.url} == {"GET"}


def test_a_plan_is_written_applied_and_undone(team: Shell, hub: FakeGithub) -> None:
    assert "then: backlint apply plan.json" in team("plan", "-o", "plan.json", *AT).out
    [plan] = loads((team.directory / "plan.json").read_text())
    applied = team("apply", "plan.json")
    assert "acme/shop#1: write the note: done" in applied.out
    assert comments(hub) == [plan["steps"][0]["change"]["after"]["body"]]
    [line] = team("journal").out.splitlines()
    run = loads(line)["run"]
    assert f"Undo with: backlint undo {run} --apply" in applied.out
    assert "remove the note" in team("undo", run).out
    assert len(comments(hub)) == 1
    assert "acme/shop#1: remove the note: done" in team("undo", run, "--apply").out
    assert comments(hub) == []


def test_the_first_run_only_tells(team: Shell, hub: FakeGithub) -> None:
    first = team("comment", "--apply", *AT)
    assert "Nothing was ever written to github:" in first.out
    assert comments(hub) == []
    assert "done" in team("comment", "--apply", *AT).out
    assert len(comments(hub)) == 1


def test_the_plan_can_be_read_by_programs(team: Shell) -> None:
    [plan] = loads(team("comment", "--json", *AT).out)
    assert plan["steps"][0]["change"]["after"]["body"].startswith("<!-- backlint:note v1")


def test_without_leave_nothing_is_written(team: Shell, hub: FakeGithub) -> None:
    team("plan", "-o", "plan.json", *AT)
    config = team.directory / "backlint.toml"
    config.write_text(config.read_text().replace("write = true", "write = false"))
    said = team("apply", "plan.json")
    assert said.code == Exit.USAGE
    assert "set `write = true`" in said.err
    assert comments(hub) == []


def test_a_run_that_wrote_nothing_cannot_be_undone(team: Shell) -> None:
    said = team("undo", "20261122-080000-beef")
    assert said.code == Exit.USAGE
    assert 'No run "20261122-080000-beef" wrote anything' in said.err


def test_labels_are_shown_put_on_and_undone(team: Shell, hub: FakeGithub) -> None:
    [issue] = hub.repositories["acme/shop"].issues.values()
    shown = team("label", *AT)
    assert 'acme/shop#1: put the label "needs-refinement" on, since what was found says so' in shown.out
    assert "1 step; nothing was written. --apply writes it." in shown.out
    assert list(issue.labels) == ["first"]
    assert "Nothing was ever written to github:" in team("label", "--apply", *AT).out
    assert "on: done" in team("label", "--apply", *AT).out
    assert list(issue.labels) == ["first", "needs-refinement"]
    run = loads(team("journal").out.splitlines()[0])["run"]
    team("undo", run, "--apply")
    assert list(issue.labels) == ["first"]


def test_what_may_be_dropped_is_asked_for_by_itself(team: Shell) -> None:
    assert "Nothing is to be written." in team("label", "--close-candidates", *AT).out
