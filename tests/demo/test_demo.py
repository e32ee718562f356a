"""The demo is the first thing that anybody sees: it must show every fault, and a backlog that one would believe."""

from functools import cache

import pytest

from backlint import catalog, demo
from backlint.demo.on_jira import jira_of
from backlint.demo.script import as_of, tell
from backlint.example import NOW
from backlint.finding import Severity
from backlint.health import Run
from backlint.rule import Rule

TENDED = ("checkout", "platform")


@cache
def played() -> Run:
    """The last night; the first dozen is left out, which takes most of the time and shows nothing to these tests."""
    return demo.play(NOW, nights=(8, 1, 0), rules=catalog.every(Rule))


def test_every_rule_finds_its_fault_at_least_once() -> None:
    found = {finding.rule for team in played().teams for finding in team.findings}
    assert set(catalog.names(Rule)) - found == set()


def test_everything_was_read_and_no_rule_failed() -> None:
    assert all(team.is_complete and not team.crashes for team in played().teams)


@pytest.mark.parametrize("name", TENDED)
def test_most_items_of_a_team_that_cares_are_healthy(name: str) -> None:
    (team,) = (team for team in played().teams if team.name == name)
    weighty = {it.subject.id for it in team.findings if it.subject and it.severity is not Severity.INFO}
    assert len(weighty) < team.open_items / 2


def test_something_happened_last_night() -> None:
    (team,) = (team for team in played().teams if team.name == "checkout")
    assert team.change
    assert team.change.new
    assert team.change.fixed


def test_the_same_moment_gives_the_same_findings() -> None:
    again = demo.play(NOW, nights=(8, 1, 0), rules=catalog.every(Rule))
    assert [team.findings for team in again.teams] == [team.findings for team in played().teams]


@pytest.mark.parametrize("name", ["shop", "platform", "old"])
def test_keys_are_unique_and_what_is_told_is_in_the_past(name: str) -> None:
    team = tell(name)
    keys = [item.key for item in (*team.epics, *team.items)]
    assert len(keys) == len(set(keys))
    for item in team.items:
        assert all(0 <= deed.days_ago <= item.created for deed in item.history), item.key
        assert item.closed is None or item.closed <= item.created


@pytest.mark.parametrize("name", ["shop", "platform", "old"])
@pytest.mark.parametrize("today", [1, 30, 84])
def test_an_earlier_day_knows_nothing_of_later_ones(name: str, today: int) -> None:
    then = as_of(tell(name), today)
    for item in then.items:
        assert item.created >= today
        assert item.closed is None or item.closed >= today
        assert all(deed.days_ago >= today for deed in item.history)


@pytest.mark.parametrize("night", [1, 84])
def test_an_item_has_the_same_id_on_every_night(night: int) -> None:
    teams = [tell("shop"), tell("old")]
    today = {issue.key: issue.id for issue in jira_of(teams, NOW).issues.values()}
    earlier = {issue.key: issue.id for issue in jira_of(teams, NOW, night).issues.values()}
    assert earlier.items() <= today.items()
