"""What a site says of itself is asked for once a week, and an unchanged night asks for next to nothing."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from backlint.connector import Batch
from backlint.connectors.jira.cloud import NEWEST_CHANGES
from backlint.errors import TrackerError
from backlint.model import Stage
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.jira import FakeJira
from backlint.testing.fakes.jira.troubles import Trouble, says
from backlint.transport import Gate
from backlint.transport.inprocess import InProcess
from tests.connectors.jira.sites import connector, living

SPRINTS = "GET /rest/agile/1.0/board/1/sprint"
SEARCH = "POST /rest/api/3/search/jql"


class Nights:
    """One night after the other on one site; `asked` is what the last one asked for."""

    def __init__(self, *, is_cloud: bool = True) -> None:
        self.jira = living(is_cloud=is_cloud)
        self.clock = FakeClock()
        self.cursor: str | None = None
        self.asked: list[str] = []

    def pass_(self, days: float = 1, **told: Any) -> list[Batch]:
        self.jira.requests.clear()
        reading = connector(self.jira, **told)
        batches: list[Batch] = []

        async def pull() -> None:
            async for batch in reading.pull(Gate(self.clock, wire=InProcess(self.jira.hosts)), self.cursor):
                batches.append(batch)
                self.cursor = batch.cursor

        asyncio.run(pull())
        self.asked = [request.replace("/tracker", "") for request in self.jira.requests]
        self.clock.pass_time(timedelta(days=days).total_seconds())
        self.jira.now += timedelta(days=days)
        return batches


def test_an_unchanged_night_of_cloud() -> None:
    nights = Nights()
    first = nights.pass_()
    again = nights.pass_()
    assert nights.asked == [SPRINTS, SEARCH, SEARCH], "the sprints, the order, and what changed"
    assert again[-1].ranking == first[-1].ranking
    assert again[-1].sprints
    assert not any(batch.items for batch in again)


def test_an_unchanged_night_of_data_center() -> None:
    """Its times are read in the time zone of whoever asks, so that is asked, too."""
    nights = Nights(is_cloud=False)
    nights.pass_()
    nights.pass_()
    assert [request.rpartition("/")[2] for request in nights.asked] == ["myself", "sprint", "search", "search"]


@pytest.mark.parametrize("is_cloud", [True, False], ids=["cloud", "server"])
def test_what_changed_is_read_as_on_the_first_night(is_cloud: bool) -> None:
    nights = Nights(is_cloud=is_cloud)
    nights.pass_()
    nights.jira.change("SHOP-2", title="Changed", points=8, at=nights.jira.now - timedelta(hours=1))
    changed = {item.key: item for batch in nights.pass_() for item in batch.items}["SHOP-2"]
    assert len(nights.asked) == (3 if is_cloud else 5), "and the number of its epic"
    whole = Nights(is_cloud=is_cloud)
    whole.jira = nights.jira
    assert {item.key: item for batch in whole.pass_() for item in batch.items}["SHOP-2"] == changed


@pytest.mark.parametrize("changes", [NEWEST_CHANGES - 2, NEWEST_CHANGES - 1, NEWEST_CHANGES, 3 * NEWEST_CHANGES])
def test_a_history_that_did_not_come_whole_is_asked_for(changes: int) -> None:
    nights = Nights()
    nights.pass_()
    issue = nights.jira.find("SHOP-2")
    before = len(issue.history)
    for number in range(changes - before):
        nights.jira.change(issue, points=number, at=nights.jira.now - timedelta(minutes=changes - number))
    changed = {item.key: item for batch in nights.pass_() for item in batch.items}["SHOP-2"]
    assert len(nights.asked) == (3 if changes < NEWEST_CHANGES else 4)
    whole = Nights()
    whole.jira = nights.jira
    assert {item.key: item for batch in whole.pass_() for item in batch.items}["SHOP-2"] == changed


def test_a_site_that_gives_histories_one_by_one_gives_none_in_bulk() -> None:
    nights = Nights()
    nights.pass_()
    nights.jira.troubles.append(Trouble("changelog/bulkfetch", says(404), times=99))
    for number in range(NEWEST_CHANGES):
        nights.jira.change("SHOP-2", points=number, at=nights.jira.now - timedelta(hours=1))
    nights.jira.change("SHOP-3", title="Changed", at=nights.jira.now - timedelta(hours=1))
    read = {item.key: item for batch in nights.pass_() for item in batch.items}
    assert read["SHOP-2"].events is None, "no part of a history is taken for the whole"
    assert read["SHOP-3"].events


def asks_who_it_is(nights: Nights) -> bool:
    return any("serverInfo" in request for request in nights.asked)


def test_after_a_week_the_site_is_asked_again() -> None:
    nights = Nights()
    asked: list[bool] = []
    for _ in range(10):
        nights.pass_()
        asked.append(asks_who_it_is(nights))
    assert asked == [True, *[False] * 6, True, False, False]


@pytest.mark.parametrize("told", [{"fields": {"points": "Votes"}}, {"board": 1}])
def test_with_other_settings_the_site_is_asked_again(told: dict[str, Any]) -> None:
    nights = Nights()
    nights.pass_()
    nights.pass_(**told)
    assert asks_who_it_is(nights)


def test_a_status_that_is_new_is_understood_at_once() -> None:
    nights = Nights()
    nights.pass_()
    told = json.loads(nights.cursor or "")
    done = next(id_ for id_, status in told["site"]["statuses"].items() if status["name"] == "Done")
    del told["site"]["statuses"][done]
    nights.cursor = json.dumps(told)
    nights.jira.change("SHOP-2", status="Done", at=nights.jira.now - timedelta(hours=1))
    batches = nights.pass_()
    assert asks_who_it_is(nights)
    assert [item.stage for batch in batches for item in batch.items if item.key == "SHOP-2"] == [Stage.DONE]
    nights.pass_()
    assert not asks_who_it_is(nights)


def test_a_token_that_is_not_known_any_more_is_found_out() -> None:
    """To a stranger Cloud answers 200, and an empty list."""
    nights = Nights()
    nights.pass_()
    reading = connector(nights.jira)
    nights.jira.token = "renewed"

    async def pull() -> list[Batch]:
        return [it async for it in reading.pull(Gate(nights.clock, wire=InProcess(nights.jira.hosts)), nights.cursor)]

    with pytest.raises(TrackerError, match="did not accept the token"):
        asyncio.run(pull())


def test_where_nothing_is_open_somebody_asks_who_we_are() -> None:
    nights = Nights()
    for key in [issue.key for issue in nights.jira.issues.values()]:
        nights.jira.change(key, status="Done", at=nights.jira.now - timedelta(days=1))
    nights.pass_()
    nights.pass_()
    assert "GET /rest/api/3/myself" in nights.asked


def test_a_site_that_could_not_say_everything_is_asked_again() -> None:
    nights = Nights()
    nights.jira.troubles.append(Trouble("configuration", says(403), times=1))
    nights.pass_()
    nights.pass_()
    assert asks_who_it_is(nights)


@pytest.mark.parametrize("broken", [{"at": "x"}, {"fields": {"no-such": ["a"]}}, {"board_id": None, "x": 1}])
def test_a_memory_that_is_broken_is_none(broken: dict[str, object]) -> None:
    nights = Nights()
    nights.pass_()
    told = json.loads(nights.cursor or "")
    told["site"] |= broken
    nights.cursor = json.dumps(told)
    nights.pass_()
    assert asks_who_it_is(nights)


def test_a_site_that_tells_no_time_is_read_from_where_it_was() -> None:
    """A later moment could hide a change, and none is known."""
    nights = Nights()
    nights.pass_()
    before = json.loads(nights.cursor or "")["since"]
    jira: FakeJira = nights.jira
    jira.troubles.append(Trouble("search", lambda reply: type(reply)(reply.status, reply.body, {}), times=99))
    nights.pass_()
    assert json.loads(nights.cursor or "")["since"] == before
