"""The messages for Slack and Teams: within their limits, and nothing in them is read as markup."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeAlias

import pytest
from syrupy.assertion import SnapshotAssertion

from backlint.finding import Finding
from backlint.health import Run
from tests.reports import hostile, report, sample

SLACK_BLOCKS = 50
SLACK_CHARACTERS = 13_200
TEAMS_BYTES = 28_000
LINK = "https://ci.example/report.html"


Payload: TypeAlias = "dict[str, Payload] | list[Payload] | str | float | None"


def payload(chat: str, run: Run, **settings: object) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(report(chat, **settings).render(run))
    return told


def parts(told: Payload) -> Iterator[dict[str, Payload]]:
    """Every object in the payload."""
    if isinstance(told, dict):
        yield told
        yield from parts(list(told.values()))
    elif isinstance(told, list):
        for inside in told:
            yield from parts(inside)


def elsewhere(finding: Finding, address: str) -> Finding:
    return replace(finding, subject=finding.subject and replace(finding.subject, url=address))


@pytest.mark.parametrize("chat", ["slack", "teams"])
def test_what_people_read(chat: str, snapshot: SnapshotAssertion) -> None:
    assert payload(chat, sample.run(), link=LINK) == snapshot


@pytest.mark.parametrize("chat", ["slack", "teams"])
@pytest.mark.parametrize("title", hostile.TITLES)
def test_a_hostile_title_stands_where_nothing_is_read(chat: str, title: str) -> None:
    told, plain = (payload(chat, sample.run(sample.health(titles=[it], items=12))) for it in (title, "Plain"))
    assert [(it.get("type"), sorted(it)) for it in parts(told)] == [(it.get("type"), sorted(it)) for it in parts(plain)]
    assert not [it for it in parts(told) if it.get("type") in {"mrkdwn", "TextBlock"}]


@pytest.mark.parametrize("chat", ["slack", "teams"])
@pytest.mark.parametrize("address", hostile.ADDRESSES)
def test_only_web_addresses_become_links(chat: str, address: str) -> None:
    health = sample.health()
    there = tuple(
        replace(it, findings=tuple(elsewhere(each, address) for each in it.findings)) for it in health.actions
    )
    told = payload(chat, sample.run(replace(health, actions=tuple(there))), link=address)
    assert all(str(it["url"]).startswith(("https://", "http://")) for it in parts(told) if "url" in it)


@pytest.mark.parametrize("teams", [1, 8, 40])
def test_slack_takes_it(teams: int) -> None:
    told = payload("slack", sample.run(*[sample.health(titles=["Ж" * 500])] * teams), link=LINK)
    assert len(told["blocks"]) <= SLACK_BLOCKS
    assert len(json.dumps(told, ensure_ascii=False)) < SLACK_CHARACTERS
    assert all(len(it["text"]["text"]) <= 150 for it in told["blocks"] if it["type"] == "header")


def test_slack_notifies_nobody() -> None:
    told = payload("slack", sample.run(replace(sample.health(items=8), name="<!channel> & <@U1>")))
    assert "<" not in told["text"]


@pytest.mark.parametrize("teams", [1, 8, 40])
def test_teams_takes_it(teams: int) -> None:
    told = report("teams", link=LINK).render(sample.run(*[sample.health(titles=["Ж" * 500])] * teams))
    assert len(told.encode()) < TEAMS_BYTES
    if teams == 40:
        assert "teams more in the whole report." in told


@pytest.mark.parametrize("chat", ["slack", "teams"])
def test_what_was_left_out_is_counted(chat: str) -> None:
    told = json.dumps(payload(chat, sample.run(*[sample.health()] * 40)))
    assert "teams more in the whole report." in told
