"""Jira sites to read from, and the connector that reads them."""

import asyncio
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from backlint.connector import Batch
from backlint.connectors.jira import Jira
from backlint.example import NOW
from backlint.model import Item
from backlint.testing import contract
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.jira import FakeJira, Issue
from backlint.transport import Gate
from backlint.transport.inprocess import InProcess
from tests.connectors.jira.referee import Referee
from tests.shared import SHARED

CLOUD = "https://shop.example.net"
SERVER = "https://jira.example.net/tracker"


def cloud(**told: Any) -> FakeJira:
    """An empty Cloud site with the project SHOP."""
    jira = FakeJira(CLOUD, **told)
    jira.project("SHOP", "Shop")
    return jira


def server(**told: Any) -> FakeJira:
    """An empty Data Center under a context path, with the project SHOP."""
    jira = FakeJira(SERVER, is_cloud=False, **told)
    jira.project("SHOP", "Shop")
    return jira


def flavour(is_cloud: bool, **told: Any) -> FakeJira:
    return cloud(**told) if is_cloud else server(**told)


def connector(jira: FakeJira, **told: Any) -> Jira:
    """The connector with the settings that a user of that site would write."""
    settings: dict[str, Any] = {"url": jira.base, "project": "SHOP", "token": SecretStr(jira.token)}
    if jira.is_cloud:
        settings["email"] = jira.email
    return Jira.model_validate(settings | told)


def gate(jira: FakeJira, *, until: float | None = None) -> Gate:
    """A way to the site, the official descriptions watching it where they are at hand."""
    watched = {host: Referee(jira) for host in jira.hosts} if SHARED.is_dir() else jira.hosts
    return Gate(FakeClock(), wire=InProcess(watched), until=until, jitter=lambda: 0.0)


def tried(jira: FakeJira, **told: Any) -> contract.Tried:
    return contract.Tried(connector(jira, **told), lambda: gate(jira))


def pulled(jira: FakeJira, cursor: str | None = None, **told: Any) -> list[Batch]:
    return tried(jira, **told).pull(cursor)


def items(jira: FakeJira, **told: Any) -> dict[str, Item]:
    """What was read, by key."""
    return {item.key: item for item in contract.kept(pulled(jira, **told)).values()}


def only(jira: FakeJira, **told: Any) -> Item:
    """The one item of the site."""
    (item,) = items(jira, **told).values()
    return item


def warnings(batches: list[Batch]) -> list[str]:
    return [warning for batch in batches for warning in batch.warnings]


def census(jira: FakeJira, **told: Any) -> frozenset[str] | None:
    return asyncio.run(connector(jira, **told).census(gate(jira)))


def fill(jira: FakeJira, number: int, *, done: int = 0) -> list[Issue]:
    """So many issues, the first `done` of them done, each with one change in its history."""
    made = [jira.issue("SHOP", f"Item {n}", points=n % 8) for n in range(1, number + 1)]
    for n, issue in enumerate(made):
        at = NOW - timedelta(days=20, minutes=n)
        if n < done:
            jira.change(issue, status="Done", at=at)
        else:
            jira.change(issue, priority="High", at=at)
    return made


def living(*, is_cloud: bool) -> FakeJira:
    """A site with a board, sprints, an epic, links, comments, histories, a release, a bot, and something done."""
    jira = flavour(is_cloud)
    ada, bot = jira.person("Ada"), jira.person("Automation for Jira", is_bot=True)
    board = jira.board("SHOP", "Shop board")
    past = jira.sprint(
        "Sprint 1, the first", state="closed", board=board, start=NOW - timedelta(28), end=NOW - timedelta(14)
    )
    present = jira.sprint("Sprint 2", board=board, start=NOW - timedelta(14), end=NOW, goal="key=value, and more")
    jira.version("2.0", due=NOW.date())
    epic = jira.issue("SHOP", "Payment", type="Epic", reporter=ada)
    card = jira.issue(
        "SHOP",
        "Pay by card",
        description="As a shopper I want to pay by card.\n\n## Acceptance criteria\n\n- [ ] A refusal is shown",
        points=5,
        priority="High",
        parent=epic.key,
        sprints=[past, present],
        versions=["2.0"],
        labels=["payment"],
        components=["checkout"],
        assignee=ada,
        criteria="- An expired card is refused",
        due=NOW.date(),
        votes=3,
        flagged=True,
    )
    done = jira.issue("SHOP", "Choose a card", type="Task", points=3, sprints=[past], status="In Progress")
    jira.change(done, status="Done", by=ada, at=NOW - timedelta(days=15))
    secret = jira.issue("SHOP", "A leak", type="Bug", security="Security team")
    jira.link(card, "blocks", secret)
    jira.comment(card, "What about **refunds**?", by=ada, at=NOW - timedelta(days=3))
    jira.change(card, priority="Highest", by=bot, at=NOW - timedelta(days=2))
    return jira
