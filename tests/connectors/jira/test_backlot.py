"""Against a Jira that nobody here wrote, whose refusals were measured on the real one."""

import asyncio
import base64
import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from pydantic import SecretStr

from backlint.connectors.jira import Jira
from backlint.errors import TrackerError
from backlint.testing import contract
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.jira import FakeJira
from backlint.transport import Gate
from backlint.transport.inprocess import Heard
from tests.backlot import Backlot, backlot, needs_backlot
from tests.connectors.jira.sites import cloud, fill

__all__ = ["backlot"]
pytestmark = needs_backlot

SEARCH = "/rest/api/3/search/jql"
RIGHT = "right"
LOGIN = "x-seraph-loginreason"


def jira_of(backlot: Backlot, project: str = "*", token: str | None = None) -> Jira:
    secret = SecretStr(token or backlot.token)
    return Jira(url=backlot.jira, project=(project,), email=backlot.email, token=secret)


def everything(backlot: Backlot) -> list[Any]:
    body = {"jql": "project is not EMPTY", "maxResults": 5000, "fields": ["*all"]}
    found: list[Any] = ask(backlot, "POST", SEARCH, body)[1]["issues"]
    return found


def test_the_connector_reads_every_issue(backlot: Backlot) -> None:
    real = {issue["key"]: issue for issue in everything(backlot)}
    project = next(iter(real)).partition("-")[0]
    batches = contract.Tried(jira_of(backlot, project), lambda: Gate(FakeClock())).pull()
    items = {item.key: item for item in contract.kept(batches).values()}
    assert items.keys() == real.keys()
    assert len(items) >= 7
    for key, item in items.items():
        assert item.title == real[key]["fields"]["summary"]
        assert bool(item.body) == bool(real[key]["fields"]["description"])
        assert item.labels == frozenset(real[key]["fields"]["labels"])
    assert not [warning for batch in batches for warning in batch.warnings]
    assert all(item.events is None for item in items.values()), "it gives no histories, and none is made up"


def test_the_connector_counts_them(backlot: Backlot) -> None:
    project = next(issue["key"] for issue in everything(backlot)).partition("-")[0]
    ids = asyncio.run(jira_of(backlot, project).census(Gate(FakeClock())))
    assert ids is not None
    assert {id_.rpartition("/")[2] for id_ in ids} == {issue["id"] for issue in everything(backlot)}


def test_a_wrong_token_is_told_and_no_empty_site(backlot: Backlot) -> None:
    with pytest.raises(TrackerError, match="did not accept the token"):
        contract.Tried(jira_of(backlot, token="wrong"), lambda: Gate(FakeClock())).pull()


REFUSED: dict[str, dict[str, Any]] = {
    "no bound": {},
    "an empty query": {"jql": ""},
    "no results": {"jql": "project = SHOP", "maxResults": 0},
    "too many results": {"jql": "project = SHOP", "maxResults": 5001},
    "a token that was never given": {"jql": "project = SHOP", "nextPageToken": "junk"},
    "a member that is not known": {"jql": "project = SHOP", "startAt": 0},
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED.keys())
def test_the_fake_refuses_a_search_as_it_does(body: dict[str, Any], backlot: Backlot) -> None:
    theirs, ours = ask(backlot, "POST", SEARCH, body), ask_fake("POST", SEARCH, body)
    assert theirs[0] == 400
    assert ours[:2] == theirs[:2]


@pytest.mark.parametrize("token", ["wrong", None], ids=["a wrong token", "no token"])
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", SEARCH, {"jql": "project is not EMPTY"}),
        ("GET", "/rest/api/3/myself", None),
        ("GET", "/rest/api/3/issue/10001", None),
    ],
)
def test_the_fake_meets_a_stranger_as_it_does(
    method: str, path: str, body: dict[str, Any] | None, token: str | None, backlot: Backlot
) -> None:
    theirs, ours = ask(backlot, method, path, body, token), ask_fake(method, path, body, token)
    assert ours == theirs


def test_an_issue_that_is_not_there_is_refused_alike(backlot: Backlot) -> None:
    path = "/rest/api/3/issue/NOPE-1"
    assert ask_fake("GET", path)[:2] == ask(backlot, "GET", path)[:2]


Said = tuple[int, Any, str | None]
"""Status, body, and what the site says about the login."""


def ask(backlot: Backlot, method: str, path: str, body: Any = None, token: str | None = RIGHT) -> Said:
    request = urllib.request.Request(backlot.jira + path, json.dumps(body).encode() if body is not None else None)  # noqa: S310 - loopback
    request.method = method
    for name, value in headers(backlot.email, backlot.token if token == RIGHT else token).items():
        request.add_header(name, value)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
            return answer.status, decoded(answer.read()), answer.headers.get(LOGIN)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, decoded(refusal.read()), refusal.headers.get(LOGIN)


def ask_fake(method: str, path: str, body: Any = None, token: str | None = RIGHT) -> Said:
    jira: FakeJira = cloud()
    fill(jira, 2)
    told = json.dumps(body).encode() if body is not None else b""
    sent = {name.lower(): value for name, value in headers(jira.email, jira.token if token == RIGHT else token).items()}
    reply = jira(Heard(method, jira.base + path, sent, told))
    given = {name.lower(): value for name, value in reply.headers.items()}
    return reply.status, decoded(reply.body), given.get(LOGIN)


def headers(email: str, token: str | None) -> dict[str, str]:
    if token is None:
        return {"Content-Type": "application/json"}
    pair = base64.b64encode(f"{email}:{token}".encode()).decode()
    return {"Content-Type": "application/json", "Authorization": f"Basic {pair}"}


def decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode()
