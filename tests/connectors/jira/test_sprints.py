"""Sprints from night to night: one that was closed is closed in the store, whoever names it and whoever does not."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from backlint.example import NOW
from backlint.health import Reading
from backlint.model import SprintState
from backlint.store import Store
from backlint.sync import sync
from backlint.testing.fakes.jira import FakeJira
from tests.connectors.jira.sites import connector, flavour, gate, pulled

BOTH = pytest.mark.parametrize("is_cloud", [True, False], ids=["cloud", "server"])


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open("sqlite://") as opened:
        yield opened


def night(jira: FakeJira, store: Store, **told: object) -> dict[str, SprintState]:
    """Sync once; the states of the sprints that the store then holds, by name."""
    reader = connector(jira, **told)
    jira.requests.clear()
    (reading,) = asyncio.run(sync(store, [reader], gate(jira)))
    assert isinstance(reading, Reading)
    assert not reading.problems
    return {sprint.name: sprint.state for sprint in store.sprints([reader.source])}


def site(is_cloud: bool) -> FakeJira:
    """A sprint that runs and one that is to come, each with an item."""
    jira = flavour(is_cloud)
    board = jira.board("SHOP")
    running = jira.sprint("35", board=board, start=NOW - timedelta(10), end=NOW + timedelta(4))
    coming = jira.sprint("36", state="future", board=board)
    jira.issue("SHOP", "Now", points=3, sprints=[running])
    jira.issue("SHOP", "Next", points=5, sprints=[coming])
    return jira


def pass_on(jira: FakeJira) -> None:
    """The running sprint is closed and the next one begins; Jira touches no issue for that."""
    now, following = jira.sprints[1], jira.sprints[2]
    now.state, now.completed, following.state = "closed", NOW, "active"


@BOTH
def test_a_sprint_that_was_closed_is_closed_though_no_issue_changed(store: Store, is_cloud: bool) -> None:
    jira = site(is_cloud)
    assert night(jira, store) == {"35": SprintState.ACTIVE, "36": SprintState.FUTURE}
    pass_on(jira)
    assert night(jira, store) == {"35": SprintState.CLOSED, "36": SprintState.ACTIVE}
    assert sum("/sprint/1" in request for request in jira.requests) == 1
    assert night(jira, store) == {"35": SprintState.CLOSED, "36": SprintState.ACTIVE}
    assert not any("/sprint/" in request for request in jira.requests), "what is closed is not asked for again"


@BOTH
def test_what_the_finished_issues_say_needs_no_request(store: Store, is_cloud: bool) -> None:
    jira = site(is_cloud)
    jira.change("SHOP-1", status="Done", at=NOW - timedelta(days=1))
    night(jira, store)
    pass_on(jira)
    assert night(jira, store)["35"] is SprintState.CLOSED
    assert not any("/sprint/" in request for request in jira.requests)


@BOTH
def test_a_sprint_of_another_board_is_closed_too(store: Store, is_cloud: bool) -> None:
    jira = site(is_cloud)
    foreign = jira.sprint("Platform 7", board=jira.board("PLAT"))
    jira.issue("SHOP", "Theirs", sprints=[foreign])
    assert night(jira, store)["Platform 7"] is SprintState.ACTIVE
    foreign.state, foreign.completed = "closed", NOW
    assert night(jira, store)["Platform 7"] is SprintState.CLOSED


@BOTH
def test_a_sprint_that_was_deleted_is_asked_for_once(store: Store, is_cloud: bool) -> None:
    jira = site(is_cloud)
    night(jira, store)
    jira.issues[jira.find("SHOP-2").id].sprints.clear()
    del jira.sprints[2]
    night(jira, store)
    assert sum("/sprint/2" in request for request in jira.requests) == 1
    night(jira, store)
    assert not any("/sprint/2" in request for request in jira.requests)


def test_so_many_sprints_are_asked_for_in_one_night_and_the_rest_in_the_next() -> None:
    jira = site(is_cloud=True)
    board = jira.boards[1]
    for number in range(37, 67):
        jira.sprint(str(number), state="future", board=board)
    first = pulled(jira)
    for sprint in jira.sprints.values():
        sprint.state, sprint.completed = "closed", NOW
    second = pulled(jira, first[-1].cursor)
    third = pulled(jira, second[-1].cursor)
    closed = [{sprint.name for sprint in batches[-1].sprints} for batches in (second, third)]
    assert [len(names) for names in closed] == [20, 12]
    assert not closed[0] & closed[1]
    assert json.loads(third[-1].cursor or "")["sprints"] == []
