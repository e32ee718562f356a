"""R6: pages that come twice, empty or not at all: what was read stays, what was found stays, and somebody is told."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from backlint.connectors.jira.payload import part
from backlint.example import NOW
from backlint.transport.inprocess import Heard, Reply, Responder
from tests.reliability.teams import ITEMS, TRACKERS, Team

A_WEEK = timedelta(days=8)
"""So that the night that goes wrong reads everything and counts it, where a reader does that now and then."""

Lie = Callable[[Responder], Responder]


def is_list(heard: Heard) -> bool:
    return "/search" in heard.url or "/issues?" in heard.url


def lying(told: Callable[[int, Reply], Reply]) -> Lie:
    """Changes the answers to requests for a list, which it counts from 1."""

    def wrap(responder: Responder) -> Responder:
        count = 0

        def answer(heard: Heard) -> Reply:
            nonlocal count
            reply = responder(heard)
            if not is_list(heard) or reply.status != 200:
                return reply
            count += 1
            return told(count, reply)

        return answer

    return wrap


def without_rows(reply: Reply) -> Reply:
    body: Any = json.loads(reply.body)
    if isinstance(body, dict) and "issues" not in body:
        return reply
    return replace(reply, body=json.dumps(part(body) | {"issues": []} if isinstance(body, dict) else []).encode())


def ended(reply: Reply) -> Reply:
    """As if this page were the last."""
    body: Any = json.loads(reply.body)
    if isinstance(body, dict) and "nextPageToken" in body:
        told = {name: value for name, value in part(body).items() if name != "nextPageToken"}
        body = told | ({"isLast": True} if "isLast" in told else {})
    return replace(
        reply, body=json.dumps(body).encode(), headers={k: v for k, v in reply.headers.items() if k != "link"}
    )


def again() -> Lie:
    """The page before comes a second time, for ever."""
    first: list[Reply] = []

    def told(_: int, reply: Reply) -> Reply:
        has_rows = isinstance(body := json.loads(reply.body), list) or "issues" in body
        if has_rows:
            first.append(reply)
        return first[0] if has_rows else reply

    return lying(told)


LIES: Mapping[str, Callable[[], Lie]] = {
    "the first page for ever": again,
    "an empty page in the middle": lambda: lying(lambda number, it: without_rows(it) if number == 2 else it),
    "empty pages": lambda: lying(lambda _, it: without_rows(it)),
    "an end that comes early": lambda: lying(lambda _, it: ended(it)),
    "empty answers": lambda: lying(lambda number, it: replace(it, body=b"") if number > 1 else it),
    "no list": lambda: lying(lambda number, it: replace(it, body=b"{}") if number > 1 else it),
}


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("tracker", TRACKERS)
def test_nothing_is_deleted_and_no_finding_closed(tmp_path: Path, tracker: str, lie: str) -> None:
    team = Team(tmp_path, TRACKERS[tracker]())
    good = team.check()
    assert good.is_complete
    found, kept = {each.fingerprint for each in good.found["shop"]}, team.kept()
    assert found
    assert len(kept) == ITEMS
    for week in (1, 2, 3):
        team.wrap = LIES[lie]()
        told = team.check(NOW + week * A_WEEK)
        (health,) = told.run.teams
        assert team.kept() == kept
        assert not (health.change and health.change.fixed), "nothing was mended"
        assert not told.is_complete or len(health.findings) >= len(found)
    team.wrap = lambda responder: responder
    assert team.check(NOW + 4 * A_WEEK).is_complete or team.check(NOW + 5 * A_WEEK).is_complete
    assert team.kept() == kept


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("tracker", TRACKERS)
def test_a_first_read_of_such_pages_is_not_called_complete(tmp_path: Path, tracker: str, lie: str) -> None:
    team = Team(tmp_path, TRACKERS[tracker](), wrap=LIES[lie]())
    told = team.check()
    assert not told.is_complete or len(team.kept()) == ITEMS, told.run.teams[0].readings
