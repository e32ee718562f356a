"""What Jira shows no more: moved and forbidden are told by a direct read, the rest by a second census."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from backlint.errors import ConfigError
from backlint.health import Reading
from backlint.store import Store
from backlint.sync import sync
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.jira import FakeJira
from backlint.testing.fakes.jira.troubles import Trouble, says
from backlint.transport import Gate
from tests.connectors.jira.sites import connector, fill, flavour, gate


class Nights:
    """One store, one clock, and a sync after so much time."""

    def __init__(self, jira: FakeJira, store: Store) -> None:
        self.jira = jira
        self.store = store
        self.clock = FakeClock()

    def after(self, **time: float) -> Reading:
        self.clock.pass_time(timedelta(**time).total_seconds())
        self.jira.requests.clear()
        way = Gate(self.clock, wire=gate(self.jira).wire, jitter=lambda: 0.0)
        (reading,) = asyncio.run(sync(self.store, [connector(self.jira)], way))
        return reading

    @property
    def keys(self) -> set[str]:
        return {item.key for item in self.store.items(connector(self.jira).source)}

    @property
    def asked_singly(self) -> int:
        return sum("/rest/api/2/issue/" in request for request in self.jira.requests)


@pytest.fixture(params=[True, False], ids=["cloud", "server"])
def nights(request: pytest.FixtureRequest) -> Iterator[Nights]:
    """Four items, read."""
    jira = flavour(bool(request.param))
    fill(jira, 4)
    with Store.open("sqlite://") as store:
        read = Nights(jira, store)
        assert read.after(days=0).items == 4
        yield read


def test_what_moved_to_another_project_is_gone_at_once(nights: Nights) -> None:
    nights.jira.project("CART")
    nights.jira.move("SHOP-1", "CART")
    reading = nights.after(days=7)
    assert (nights.keys, reading.problems) == ({"SHOP-2", "SHOP-3", "SHOP-4"}, ())
    assert nights.asked_singly == 1


def test_a_404_may_be_either_so_it_takes_two_censuses(nights: Nights) -> None:
    nights.jira.delete("SHOP-1")
    nights.after(days=7)
    assert (len(nights.keys), nights.asked_singly) == (4, 1)
    nights.after(minutes=30)
    assert len(nights.keys) == 4
    reading = nights.after(hours=1)
    assert (nights.keys, reading.problems) == ({"SHOP-2", "SHOP-3", "SHOP-4"}, ())


def test_what_is_forbidden_is_kept_and_said(nights: Nights) -> None:
    hidden = nights.jira.find("SHOP-1")
    hidden.is_hidden = True
    nights.jira.troubles.append(Trouble(f"/issue/{hidden.id}", says(403), times=99))
    for _ in range(3):
        reading = nights.after(days=7)
        assert (reading.items, reading.is_complete) == (4, False)
        assert reading.problems == ("The token may not see some items any more (1: SHOP-1); they are kept.",)


def test_a_project_that_is_out_of_sight_deletes_nothing(nights: Nights) -> None:
    nights.jira.hidden_projects.add("SHOP")
    for _ in range(3):
        with pytest.raises(ConfigError, match="'SHOP' does not exist"):
            nights.after(days=7)
        (reading,) = nights.store.readings([connector(nights.jira).source])
        assert (reading.items, reading.is_complete) == (4, False)


def test_a_direct_read_that_fails_deletes_nothing(nights: Nights) -> None:
    lost = nights.jira.find("SHOP-1").id
    nights.jira.delete("SHOP-1")
    nights.jira.troubles.append(Trouble(f"/issue/{lost}", says(401), times=1))
    reading = nights.after(days=7)
    assert (reading.items, reading.is_complete) == (4, False)
    assert "did not accept the token" in reading.problems[0]
