"""What every connector promises, on github.com and on an Enterprise Server."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from backlint.testing import contract
from backlint.testing.fakes.github import FakeGithub
from tests.connectors.github.harness import NOW, connector, gate_to, github
from tests.connectors.github.test_fake import busy

SITES: dict[str, tuple[Callable[[], FakeGithub], str]] = {
    "cloud": (github, "https://api.github.com"),
    "enterprise": (lambda: github(host="github.acme.example"), "https://github.acme.example"),
}


def living(hub: FakeGithub) -> FakeGithub:
    """A repository of several pages, with a little of everything."""
    shop = busy(hub).repositories["acme/shop"]
    for number in range(120):
        issue = shop.issue(f"more {number}", at=NOW - timedelta(days=200 - number))
        hub.projects["acme", 4].add(issue).updated = issue.updated
    return hub


@pytest.mark.parametrize("check", contract.CHECKS, ids=contract.name)
@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("has_cursors", [True, False], ids=["cursors", "page numbers"])
def test_keeps_the_contract(check: contract.Check, site: str, has_cursors: bool) -> None:
    make, url = SITES[site]
    hub = living(make())
    hub.has_cursors = has_cursors
    check(contract.Tried(connector(url=url), lambda: gate_to(hub)))
