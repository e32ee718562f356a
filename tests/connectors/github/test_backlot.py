"""Against a GitHub that nobody here wrote, whose paging was measured on the real one."""

import asyncio
import json
import urllib.request
from typing import Any

import pytest

from backlint.connector import Connector
from backlint.errors import TrackerError
from backlint.model import Item
from backlint.testing import contract
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from tests.backlot import Backlot, backlot, needs_backlot
from tests.connectors.github.harness import connector

__all__ = ["backlot"]
pytestmark = needs_backlot


def ask(backlot: Backlot, path: str) -> Any:
    request = urllib.request.Request(backlot.github + path)  # noqa: S310 - loopback
    request.add_header("authorization", f"Bearer {backlot.token}")
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
        return json.loads(answer.read())


def repositories(backlot: Backlot) -> list[str]:
    return [one["full_name"] for one in ask(backlot, "/user/repos?per_page=100")]


def github_of(backlot: Backlot, *names: str, token: str | None = None) -> Connector:
    return connector(url=backlot.github, repository=names, project=None, token=token or backlot.token)


def read(backlot: Backlot, *names: str) -> dict[str, Item]:
    batches = contract.Tried(github_of(backlot, *names), lambda: Gate(FakeClock())).pull()
    assert not [warning for batch in batches for warning in batch.warnings]
    return {item.key: item for item in contract.kept(batches).values()}


def test_the_connector_reads_every_issue(backlot: Backlot) -> None:
    names = repositories(backlot)
    real = {
        f"{name}#{row['number']}": row
        for name in names
        for row in ask(backlot, f"/repos/{name}/issues?state=all&per_page=100")
        if "pull_request" not in row
    }
    items = read(backlot, *names)
    assert items.keys() == real.keys()
    assert items
    for key, item in items.items():
        assert item.title == real[key]["title"]
        assert item.body == (real[key]["body"] or "")
        assert item.labels == frozenset(label["name"] for label in real[key]["labels"])
        assert item.is_open == (real[key]["state"] == "open")


def test_the_connector_counts_them(backlot: Backlot) -> None:
    names = repositories(backlot)
    ids = asyncio.run(github_of(backlot, *names).census(Gate(FakeClock())))
    assert ids is not None
    assert {*ids} == {item.id for item in read(backlot, *names).values()}


def test_no_history_is_made_up(backlot: Backlot) -> None:
    assert all(item.events is None for item in read(backlot, *repositories(backlot)).values())


def test_a_wrong_token_is_told_and_no_empty_site(backlot: Backlot) -> None:
    with pytest.raises(TrackerError, match="token is wrong"):
        contract.Tried(github_of(backlot, "any/thing", token="wrong"), lambda: Gate(FakeClock())).pull()
