"""What goes wrong on GitHub ends complete, or says what is missing; never in silence."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from backlint.connector import Batch
from backlint.connectors.github.payload import part
from backlint.errors import ConfigError, TrackerError
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.github import Column, FakeGithub
from backlint.testing.fakes.github.replies import refuse, say, secondary_limit
from backlint.transport import Json
from backlint.transport.inprocess import Heard, HungUp, Reply
from tests.connectors.github.harness import NOW, connector, gate_to, github, pull

Fault = Callable[[Heard], Reply | None]
COUNT = 130
"""More than a page."""

STATUS, ESTIMATE = Column("Status", "SINGLE_SELECT", ("Todo", "Done")), Column("Estimate", "NUMBER")


@pytest.fixture
def hub() -> FakeGithub:
    made = github()
    shop = made.repository("acme/shop")
    project = made.project("acme", 4, STATUS, ESTIMATE)
    for number in range(COUNT):
        issue = shop.issue(str(number), at=NOW - timedelta(days=300 - number))
        issue.comment("hello", by="ada", at=NOW - timedelta(days=280 - number))
        project.add(issue, Status="Todo", Estimate=number % 5).updated = NOW - timedelta(days=280 - number)
    return made


def is_graphql(heard: Heard) -> bool:
    return heard.url.endswith("/graphql")


def is_list(heard: Heard) -> bool:
    return "/issues?" in heard.url


def once(reply: Reply, when: Callable[[Heard], bool], *, after: int = 0, times: int = 1) -> Fault:
    """Fail so many times, after so many that went well."""
    count = {"seen": 0}

    def fault(heard: Heard) -> Reply | None:
        if not when(heard):
            return None
        count["seen"] += 1
        return reply if after < count["seen"] <= after + times else None

    return fault


def check_whole(hub: FakeGithub, *faults: Fault, clock: FakeClock | None = None) -> FakeClock:
    hub.faults = [*faults]
    clock = clock or FakeClock()
    pulled = pull(hub, gate=gate_to(hub, clock))
    assert len(pulled.items) == COUNT
    assert pulled.order == [str(number) for number in range(COUNT)]
    assert all(item.events and len(item.events) == 2 for item in pulled.items.values())
    assert not pulled.warnings
    return clock


RATE_LIMITED = say(
    200,
    {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 1."}]},
    {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW.timestamp()) + 100)},
)
SECONDARY_IN_GRAPHQL = say(200, {"errors": [{"message": "You have exceeded a secondary rate limit."}]})


@pytest.mark.parametrize(
    ("reply", "when", "waits"),
    [
        (secondary_limit(), is_list, 75),
        (secondary_limit(status=429), is_graphql, 75),
        (secondary_limit(retry_after=61), is_list, 61),
        (secondary_limit(retry_after=0, status=429), is_graphql, 0),
        (refuse(429, "slow down"), is_list, 75),
        (RATE_LIMITED, is_graphql, 101),
        (SECONDARY_IN_GRAPHQL, is_graphql, 75),
    ],
)
def test_a_limit_is_waited_out(hub: FakeGithub, reply: Reply, when: Callable[[Heard], bool], waits: float) -> None:
    clock = check_whole(hub, once(reply, when, after=1))
    assert sum(clock.slept) == pytest.approx(waits, abs=waits and 1)


def test_a_limit_that_outlasts_the_run_leaves_what_was_read(hub: FakeGithub) -> None:
    for number in range(100):  # a page is fetched ahead, so that the last of those that came is not kept
        hub.repositories["acme/shop"].issue(f"more {number}")
    hub.anonymous.rest.limit = 2
    batches: list[Batch] = []

    async def read() -> None:
        async for batch in connector().pull(gate_to(hub), None):
            batches.append(batch)  # noqa: PERF401 - what came before the error is the point

    with pytest.raises(TrackerError, match="the next run goes on from here") as caught:
        asyncio.run(read())
    assert caught.value.retryable
    hub.anonymous.rest.limit = 5_000
    kept = {item.id for batch in batches for item in batch.items}
    rest = pull(hub, batches[-1].cursor)
    assert len(kept | {item.id for item in rest.items.values()}) == COUNT + 100
    assert len(rest.items) < COUNT + 100, "it goes on, and does not begin anew"


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("when", [is_list, is_graphql])
def test_a_passing_fault_passes(hub: FakeGithub, status: int, when: Callable[[Heard], bool]) -> None:
    check_whole(hub, once(refuse(status, "Server Error"), when, after=2, times=2))


def test_a_line_that_breaks_is_taken_up_again(hub: FakeGithub) -> None:
    broken = once(Reply(), is_graphql, after=3)

    def hang_up(heard: Heard) -> Reply | None:
        if broken(heard):
            raise HungUp
        return None

    check_whole(hub, hang_up)


@pytest.mark.parametrize("largest", [30, 7])
def test_a_page_that_is_too_large_is_halved_and_remembered(hub: FakeGithub, largest: int) -> None:
    hub.largest_page = 100
    size = {"details": largest, "cards": largest}

    def too_large(heard: Heard) -> Reply | None:
        variables = part(json.loads(heard.body), "variables") if is_graphql(heard) else {}
        wanted = max(len(variables.get("ids", ())), variables.get("first", 0))
        return refuse(502, "Something went wrong while executing your query.") if wanted > largest else None

    check_whole(hub, too_large)
    hub.heard.clear()
    cursor = pull(hub).cursor
    assert all(remembered <= largest for remembered in json.loads(cursor or "")["sizes"].values())
    assert {*json.loads(cursor or "")["sizes"]} == {*size}
    again = hub.heard[:]
    hub.heard.clear()
    fresh = json.loads(cursor or "") | {"newest": {}, "whole": None}
    pull(hub, json.dumps(fresh))
    assert len(hub.heard) < len(again), "the size is known now, and nothing is refused any more"


def test_a_query_over_githubs_resources_is_halved_too(hub: FakeGithub) -> None:
    said: Json = {"data": {"nodes": []}, "errors": [{"type": "RESOURCE_LIMITS_EXCEEDED", "message": "Resource limits"}]}
    check_whole(hub, once(say(200, said), lambda heard: b"query Details" in heard.body))


def test_an_issue_too_large_by_itself_costs_only_itself(hub: FakeGithub) -> None:
    poison = hub.repositories["acme/shop"].issues[7].ids[1]
    hub.faults = [lambda heard: refuse(502, "timeout") if poison.encode() in heard.body else None]
    pulled = pull(hub)
    assert len(pulled.items) == COUNT
    assert pulled.by_title["6"].events is None
    assert sum(item.events is None for item in pulled.items.values()) == 1
    assert any("too long" in warning for warning in pulled.warnings)


def test_part_of_an_answer_is_kept_and_the_rest_is_said(hub: FakeGithub) -> None:
    def without_pulls(heard: Heard) -> Reply | None:
        if b"query Details" not in heard.body:
            return None
        hub.faults, faults = [], hub.faults
        body = json.loads(hub(heard).body)
        hub.faults = faults
        for node in body["data"]["nodes"]:
            node["closedByPullRequestsReferences"] = None
        error = {"type": "FORBIDDEN", "message": "Resource not accessible by personal access token"}
        return say(200, body | {"errors": [error]})

    hub.faults = [without_pulls]
    pulled = pull(hub)
    assert len(pulled.items) == COUNT
    assert all(item.events for item in pulled.items.values())
    assert any("Resource not accessible" in warning for warning in pulled.warnings)
    assert len(pulled.warnings) == 1, "once, and not with every page"


@pytest.mark.parametrize("when", [is_list, is_graphql])
def test_a_token_that_ends_in_the_middle_stops_the_run(hub: FakeGithub, when: Callable[[Heard], bool]) -> None:
    hub.faults = [once(refuse(401, "Bad credentials"), when, after=1, times=1_000)]
    with pytest.raises(TrackerError, match="expired"):
        pull(hub)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, b"", {"content-type": "application/json"}),
        Reply(200, b"{}", {"content-type": "application/json"}),
        Reply(200, b"<html>Sign in</html>", {"content-type": "text/html"}),
        Reply(200, b'[{"id": 1', {"content-type": "application/json"}),
    ],
    ids=["empty", "no list", "login page", "cut"],
)
def test_what_is_no_list_never_looks_like_no_issues(hub: FakeGithub, reply: Reply) -> None:
    hub.faults = [once(reply, is_list, times=100)]
    with pytest.raises(TrackerError):
        pull(hub)


def test_a_repository_that_is_renamed_in_the_middle(hub: FakeGithub) -> None:
    def rename(heard: Heard) -> None:
        if is_list(heard) and "acme/shop" in hub.repositories:
            hub.rename(hub.repositories["acme/shop"], "acme/store")

    hub.before_each = rename
    pulled = pull(hub)
    assert len(pulled.items) == COUNT, "the query survives the redirect: closed issues, a hundred a page"
    assert {item.project for item in pulled.items.values()} == {"acme/store"}


def test_a_repository_that_was_renamed_long_ago(hub: FakeGithub) -> None:
    hub.repositories["acme/shop"].issues[3].close()
    hub.rename(hub.repositories["acme/shop"], "fernhill/store")
    pulled = pull(hub)
    assert len(pulled.items) == COUNT
    assert pulled.order is not None
    assert len(pulled.order) == COUNT - 1, "what is closed has no place in the order"


def test_a_project_that_is_deleted_in_the_middle(hub: FakeGithub) -> None:
    def delete(heard: Heard) -> None:
        if b"query Cards" in heard.body and b'"after": "' in heard.body.replace(b'":"', b'": "'):
            hub.projects.clear()

    hub.before_each = delete
    pulled = pull(hub)
    assert len(pulled.items) == COUNT
    assert pulled.order is None, "half an order is none"
    assert any("deleted or hidden" in warning for warning in pulled.warnings)


def test_a_column_that_is_removed_in_the_middle(hub: FakeGithub) -> None:
    def remove(heard: Heard) -> None:
        if b"query Cards" in heard.body and b'"after":null' not in heard.body.replace(b" ", b""):
            hub.projects["acme", 4].columns = [STATUS]

    hub.before_each = remove
    pulled = pull(hub)
    assert len(pulled.items) == COUNT
    assert {item.estimate for item in pulled.items.values()} == {None}, "gone is not empty"
    assert any('"Estimate" was removed' in warning for warning in pulled.warnings)


def test_a_field_that_github_removes_costs_only_itself(hub: FakeGithub) -> None:
    first = pull(hub)
    removed = {"code": "undefinedField", "typeName": "Issue", "fieldName": "duplicateOf"}
    gone = say(200, {"errors": [{"message": "Field 'duplicateOf' doesn't exist", "extensions": removed}]})
    for issue in hub.repositories["acme/shop"].issues.values():
        issue.comment("again", by="ada", at=NOW)
    hub.faults = [lambda heard: gone if b"duplicateOf" in heard.body and b"query Details" in heard.body else None]
    again = pull(hub, first.cursor)
    assert len(again.items) == COUNT
    assert "Issue.duplicateOf" in json.loads(again.cursor or "")["lacks"]
    assert not again.warnings


def test_an_order_that_never_ends_is_noticed(hub: FakeGithub) -> None:
    def forever(heard: Heard) -> Reply | None:
        if b"query Cards" not in heard.body:
            return None
        page: Json = {"nodes": [], "pageInfo": {"hasNextPage": True, "endCursor": "same"}}
        return say(200, {"data": {"node": {"fields": {"nodes": []}, "items": page}}})

    hub.faults = [forever]
    assert any("next page" in warning for warning in pull(hub).warnings)


def test_hidden_items_are_said(hub: FakeGithub) -> None:
    project = hub.projects["acme", 4]
    project.cards[3].content = None
    pulled = pull(hub)
    assert len(pulled.items) == COUNT
    assert any("1 item of project acme/4 is hidden" in warning for warning in pulled.warnings)


def test_no_settings_no_run(hub: FakeGithub) -> None:
    with pytest.raises(ConfigError, match="owner/name"):
        pull(hub, repository=None, project=None)
    with pytest.raises(ConfigError, match="Whose project"):
        pull(hub, repository=None)
