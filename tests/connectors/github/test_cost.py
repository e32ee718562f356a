"""What a full read costs: requests, and points of GraphQL."""

from datetime import timedelta

import pytest

from backlint.testing.fakes.github import Column, FakeGithub
from tests.connectors.github.harness import NOW, pull

PAGE, BATCH = 100, 50


@pytest.fixture(scope="module")
def hub() -> FakeGithub:
    made = FakeGithub()
    shop = made.repository("acme/shop")
    project = made.project("acme", 4, Column("Status", "SINGLE_SELECT", ("Todo",)), Column("Estimate", "NUMBER"))
    for number in range(1_000):
        issue = shop.issue(str(number), at=NOW - timedelta(days=1_100 - number))
        for _ in range(number % 5):
            issue.comment("hm", by="ada", at=issue.created)
        if number:
            shop.issues[number].block(issue, at=issue.created)
        project.add(issue, Status="Todo", Estimate=3)
    return made


@pytest.mark.parametrize("has_cursors", [True, False])
def test_a_full_read_of_a_thousand_issues(hub: FakeGithub, has_cursors: bool) -> None:
    hub.has_cursors = has_cursors
    hub.heard.clear()
    hub.asked.clear()
    pulled = pull(hub)
    assert len(pulled.items) == 1_000
    assert all(item.links and item.events for item in pulled.items.values())
    fewest = 1_000 // PAGE + 1_000 // BATCH + 1_000 // PAGE
    assert len(hub.heard) <= 1.2 * fewest
    assert sum(points for _, points in hub.asked) <= 120
    dearest = {name: max(points for asked, points in hub.asked if asked == name) for name, _ in hub.asked}
    assert dearest == {
        "Probe": 1,
        "Repository": 1,
        "Project": 1,
        "Cards": 1,
        "Details": 2,
    }
