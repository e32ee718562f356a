"""The fake is GitHub as far as can be told: its REST answers are described, its GraphQL gives the same both ways."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest

from backlint.connectors.github import documents
from backlint.connectors.github.payload import several
from backlint.connectors.github.selection import Lacks, probe
from backlint.testing.fakes.github import Column, FakeGithub, IssueField, Iteration
from backlint.testing.fakes.github.walker import execute
from backlint.transport.inprocess import Heard, Reply
from tests.connectors.github.harness import github
from tests.connectors.github.official import executor, validator
from tests.shared import needs_shared

API = "https://api.github.com"


def busy(hub: FakeGithub) -> FakeGithub:
    """A GitHub in which a little of everything happened."""
    fields = (IssueField("Effort", "number"), IssueField("Areas", "multi_select", ("web", "app")))
    shop = hub.repository("acme/shop", types=("Bug", "Feature"), fields=fields)
    sprint = Iteration("S1", date(2026, 11, 16))
    project = hub.project(
        "acme",
        4,
        Column("Status", "SINGLE_SELECT", ("Todo", "Done")),
        Column("Estimate", "NUMBER"),
        Column("Effort", "NUMBER", backed_by="Effort"),
        Column("Sprint", "ITERATION", iterations=(sprint,)),
        Column("Due", "DATE"),
        Column("Note", "TEXT"),
    )
    one, two = shop.issue("one", "body", labels=["bug"]), shop.issue("two", type="Bug")
    pull = shop.issue("p", is_pull=True)
    card = project.add(one, Estimate=3, Sprint="S1", Due="2026-12-01", Note="x")
    project.put(card, "Status", "Todo")
    project.add(pull)
    project.draft("idea").is_archived = True
    one.fill("Effort", 5)
    one.fill("Effort", 8)
    one.fill("Areas", ["web", "app"])
    one.block(two)
    two.adopt(one)
    two.refer(pull)
    two.refer(one)
    one.assign("ada")
    one.unlabel("bug")
    one.plan(shop.milestone("M", due=date(2027, 1, 1)))
    one.rename("uno")
    one.edit("new")
    two.duplicate_of = one
    two.comment("hello", by="renovate[bot]")
    two.close("not_planned")
    two.reopen()
    return hub


def asked_of(hub: FakeGithub) -> Iterator[tuple[str, dict[str, Any]]]:
    lacks, project = Lacks(), hub.projects["acme", 4]
    ids = [issue.ids[1] for issue in hub.repositories["acme/shop"].issues.values()]
    yield documents.details(lacks), {"ids": [*ids, "I_missing"]}
    yield documents.more_history(lacks), {"id": ids[0], "after": None}
    yield documents.repository(lacks), {"owner": "acme", "name": "shop"}
    yield documents.repository(lacks), {"owner": "acme", "name": "nothing"}
    yield documents.project(lacks), {"owner": "acme", "number": 4}
    yield documents.project(lacks), {"owner": "acme", "number": 5}
    names = {f"c{at}": column.name for at, column in enumerate(project.columns)}
    yield documents.cards(lacks, (*names.values(),)), {"id": project.ids[1], "first": 2, "after": None, **names}


@needs_shared
@pytest.mark.parametrize("number", range(7))
def test_both_ways_of_executing_a_document_give_the_same(number: int) -> None:
    told: list[Any] = []
    for way in (executor(), execute):
        hub = busy(FakeGithub(execute=way))
        text, variables = [*asked_of(hub)][number]
        told.append(json.loads(post(hub, text, variables).body))
    assert told[0] == told[1]


@needs_shared
def test_a_field_that_github_does_not_have_cannot_be_asked_for() -> None:
    refused = json.loads(post(github(), "query X { viewer { login shoeSize } }", {}).body)
    assert refused["errors"][0]["extensions"] == {
        "code": "undefinedField",
        "typeName": "User",
        "fieldName": "shoeSize",
    }


@needs_shared
@pytest.mark.parametrize(
    ("path", "component"),
    [
        ("/repos/acme/shop", "full-repository"),
        ("/repos/acme/shop/issues?state=all", "issue"),
        ("/repos/acme/shop/issues/1", "issue"),
        ("/repos/acme/shop/labels", "label"),
        ("/repos/acme/shop/issues/comments", "issue-comment"),
        ("/repos/acme/shop/issues/events", "issue-event"),
        ("/repos/acme/shop/issues/2/dependencies/blocked_by", "issue"),
        ("/user", "simple-user"),
        ("/rate_limit", "rate-limit-overview"),
        ("/repos/acme/nothing", "basic-error"),
        ("/repos/acme/shop/issues/99", "basic-error"),
    ],
)
def test_every_rest_answer_is_as_described(path: str, component: str) -> None:
    body = json.loads(get(busy(FakeGithub()), path).body)
    rows: list[Any] = several(body) or [body]
    assert rows
    for row in rows:
        validator(component).validate(row)


@pytest.mark.parametrize("has_cursors", [True, False])
def test_lists_page_by_links(has_cursors: bool) -> None:
    hub = FakeGithub()
    hub.has_cursors = has_cursors
    shop = hub.repository("acme/shop")
    for number in range(7):
        shop.issue(str(number))
    seen: list[str] = []
    url = f"{API}/repos/acme/shop/issues?{urlencode({'state': 'all', 'per_page': 3, 'direction': 'asc'})}"
    while url:
        reply = hub(Heard("GET", url, {}, b""))
        seen += [row["title"] for row in json.loads(reply.body)]
        link = reply.headers.get("link", "")
        url = link[1 : link.index(">")] if 'rel="next"' in link else ""
        assert not url or "/repositories/" in url, "GitHub's own links name the repository by its id"
    assert seen == [str(number) for number in range(7)]


def test_what_github_answers_by_default() -> None:
    hub = FakeGithub()
    shop = hub.repository("acme/shop")
    shop.issue("open")
    shop.issue("closed").close()
    assert [row["title"] for row in json.loads(get(hub, "/repos/acme/shop/issues").body)] == ["open"]
    assert json.loads(get(hub, "/repos/acme/shop/issues?state=all&since=1970-01-01T00:00:00Z").body) == []
    assert get(hub, "/repos/acme/shop/issues?state=all&page=101&per_page=100").status == 422


def test_what_is_gone_and_what_moved() -> None:
    hub = FakeGithub()
    shop, other = hub.repository("acme/shop"), hub.repository("acme/other")
    shop.delete(shop.issue("deleted"))
    moved = shop.transfer(shop.issue("moved"), other)
    hub.rename(shop, "acme/store")
    answers = [get(hub, f"/repos/acme/store/issues/{number}") for number in (1, 2)]
    assert [answer.status for answer in answers] == [410, 301]
    assert answers[1].headers["location"].endswith(f"/repos/acme/other/issues/{moved.number}")
    renamed = get(hub, "/repos/acme/shop/issues?state=all")
    assert (renamed.status, renamed.headers["location"]) == (301, f"{API}/repositories/{shop.ids[0]}/issues")


def test_a_document_without_the_size_of_its_page_is_refused() -> None:
    hub = busy(FakeGithub())
    text = 'query X { repository(owner: "acme", name: "shop") { labels { nodes { name } } } }'
    assert json.loads(post(hub, text, {}).body)["errors"][0]["type"] == "MISSING_PAGINATION_BOUNDARIES"


def test_points_are_counted_and_end() -> None:
    hub = FakeGithub()
    hub.anonymous.graphql.limit = 1
    text = probe(documents.EVERYTHING, documents.ENUMS)
    assert "errors" not in json.loads(post(hub, text, {}).body)
    spent = post(hub, text, {})
    assert (spent.status, spent.headers["x-ratelimit-remaining"]) == (200, "0")
    assert json.loads(spent.body)["errors"][0]["type"] == "RATE_LIMITED"


def get(hub: FakeGithub, path: str) -> Reply:
    return hub(Heard("GET", API + path, {}, b""))


def post(hub: FakeGithub, text: str, variables: dict[str, Any]) -> Reply:
    return hub(Heard("POST", f"{API}/graphql", {}, json.dumps({"query": text, "variables": variables}).encode()))
