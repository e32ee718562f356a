"""`backlint order` proposes, keeps a plan, moves where it may, and is undone."""

from collections.abc import Iterator
from datetime import timedelta
from json import loads

import pytest

from backlint.errors import Exit
from backlint.example import NOW
from backlint.testing.fakes.github import Column, FakeGithub
from backlint.testing.fakes.github.issues import Issue
from backlint.testing.loopback import serve
from tests.cli.conftest import Shell

CONFIG = """
select = ["ordering"]
[teams.Shop]
write = {write}
[teams.Shop.github]
url = "{url}"
repository = "acme/shop"
project = 4
"""
AT = ("--now", NOW.isoformat())
PRIORITIES = ("Low", "High", "Low", "Urgent")


@pytest.fixture
def hub() -> FakeGithub:
    hub = FakeGithub()
    board = hub.project("acme", 4, Column("Priority", "SINGLE_SELECT", ("Urgent", "High", "Medium", "Low")))
    shop = hub.repository("acme/shop")
    for number, priority in enumerate(PRIORITIES):
        board.add(shop.issue(f"Item {number}", at=NOW - timedelta(days=9)), Priority=priority)
    return hub


@pytest.fixture
def team(shell: Shell, hub: FakeGithub, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_x")
    with serve(hub) as url:
        shell.write("backlint.toml", CONFIG.format(url=f"{url}/api/v3", write="true"))
        yield shell


def order(hub: FakeGithub) -> list[int]:
    cards = hub.projects["acme", 4].cards
    return [card.content.number for card in cards if isinstance(card.content, Issue)]


def changes(hub: FakeGithub) -> int:
    return sum(b"mutation" in heard.body for heard in hub.heard)


def test_it_proposes_and_moves_nothing(team: Shell, hub: FakeGithub) -> None:
    said = team("order", *AT)
    assert "Move acme/shop#4 above acme/shop#1." in said.out
    assert (order(hub), changes(hub)) == ([1, 2, 3, 4], 0)


def test_it_moves_and_is_undone(team: Shell, hub: FakeGithub) -> None:
    said = team("order", "--apply", *AT)
    assert said.code == Exit.CLEAN
    assert "  acme/shop#4: move it to the top, above acme/shop#1, since it has priority Urgent" in said.out
    assert "acme/shop#4: move it to the top, above acme/shop#1: done" in said.out
    assert "Nothing is to be written." in team("order", "--apply", *AT).out
    assert (order(hub), changes(hub)) == ([4, 2, 1, 3], 2)
    run = loads(team("journal").out.splitlines()[0])["run"]
    assert "to the bottom" in team("undo", run).out
    assert order(hub) == [4, 2, 1, 3]
    team("undo", run, "--apply")
    assert order(hub) == [1, 2, 3, 4]


def test_a_plan_is_kept_and_applied_later(team: Shell, hub: FakeGithub) -> None:
    said = team("order", "-o", "plan.json", *AT)
    assert "acme/shop#4: move it to the top, above acme/shop#1, since" in said.out
    assert "then: backlint apply plan.json" in said.out
    assert changes(hub) == 0
    assert "done" in team("apply", "plan.json").out
    assert order(hub)[0] == 4


def test_a_plan_is_refused_once_the_order_is_another(team: Shell, hub: FakeGithub) -> None:
    team("order", "-o", "plan.json", *AT)
    board = hub.projects["acme", 4]
    board.move(board.cards[2])
    said = team("apply", "plan.json")
    assert "left alone (what stands beside it changed since the plan was made)" in said.out
    assert (order(hub), changes(hub)) == ([3, 1, 2, 4], 0)


def test_without_leave_nothing_is_moved(team: Shell, hub: FakeGithub) -> None:
    config = team.directory / "backlint.toml"
    config.write_text(config.read_text().replace("write = true", "write = false"))
    said = team("order", "--apply", *AT)
    assert said.code == Exit.USAGE
    assert "set `write = true`" in said.err
    assert changes(hub) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("order", "items.jsonl", "--apply"), "A file of items cannot be put in order"),
        (("order", "--apply", "-o", "plan.json"), "Either keep the plan (--output) or carry it out (--apply)."),
    ],
)
def test_what_does_not_go_together_is_told(team: Shell, arguments: tuple[str, ...], said: str) -> None:
    answer = team(*arguments)
    assert answer.code == Exit.USAGE
    assert said in answer.err
