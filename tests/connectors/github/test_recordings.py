"""Every real payload becomes an item: recorded traffic, webhook examples, raw issues of a large project."""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

import pytest

from backlint.connectors.github.limits import pause
from backlint.connectors.github.listing import next_page
from backlint.connectors.github.meaning import Meaning
from backlint.connectors.github.payload import part
from backlint.connectors.github.people import People
from backlint.connectors.github.rows import Rows, labels_of
from backlint.connectors.github.settings import Columns
from backlint.model import Item
from backlint.testing.clock import FakeClock
from backlint.transport import Answer, Gate
from backlint.transport.inprocess import Heard, InProcess, Reply
from tests.connectors.github.harness import NOW, Pulled, connector
from tests.connectors.github.harness import read_all as read
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

RECORDINGS = SHARED / "recordings" / "github"
REPLAYS = RECORDINGS / "pygithub-replay"
OCTOKIT = RECORDINGS / "octokit-fixtures"
RAILS = SHARED / "datasets" / "github" / "raw_rest_rails_issues.jsonl.gz"
ISSUE = {"number", "title", "created_at", "updated_at", "comments_url", "state"}
ROWS = Rows("github:", People("github:"), Meaning(Columns(), {}, {}, (), {}))


def lines(path: Path) -> list[Any]:
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text()
    return [json.loads(line) for line in text.splitlines()]


def issues_in(node: Any) -> Iterator[Any]:
    """Every issue in a payload, however deep: in lists, search results, webhook events, parents."""
    if isinstance(node, dict):
        if node.keys() >= ISSUE:
            yield node
        for value in cast("Mapping[str, Any]", node).values():
            yield from issues_in(value)
    elif isinstance(node, list):
        for value in cast("Sequence[Any]", node):
            yield from issues_in(value)


def body_of(exchange: Any) -> Any:
    body = exchange["response"] if "response" in exchange else exchange["body"]
    try:
        return json.loads(body) if isinstance(body, str) else body
    except ValueError:
        return None


SOURCES: dict[str, tuple[list[Path], int]] = {
    "recorded since 2024": ([REPLAYS / "issues_2024plus.jsonl"], 112),
    "recorded errors": ([REPLAYS / "errors_redirects.jsonl"], 0),
    "octokit's scenarios": (sorted(OCTOKIT.glob("*.json")), 16),
    "webhook examples": ([RECORDINGS / "webhooks-examples-issues.json"], 38),
    "rails": ([RAILS], 500),
}


def payloads(paths: list[Path]) -> Iterator[Any]:
    for path in paths:
        told = json.loads(path.read_text()) if path.suffix == ".json" else lines(path)
        for one in told:
            yield body_of(one) if "path" in one else one


@pytest.mark.parametrize("source", SOURCES)
def test_every_real_issue_becomes_an_item(source: str) -> None:
    paths, count = SOURCES[source]
    found = [issue for payload in payloads(paths) for issue in issues_in(payload)]
    assert len(found) == count
    for payload in found:
        says_the_same(ROWS.item(payload), payload)


def says_the_same(item: Item, payload: Any) -> None:
    """Nothing of the payload is dropped on the way."""
    assert item.title == payload["title"]
    assert item.body == (payload["body"] or "")
    assert item.key.endswith(f"#{payload['number']}")
    assert item.labels == frozenset(labels_of(payload))
    assert (item.author is None) == (payload["user"] is None)
    assert len(item.assignees or ()) == len(payload.get("assignees") or [one for one in [payload["assignee"]] if one])
    assert item.is_open == (payload["state"] == "open")
    assert (item.closed is None) == (payload["closed_at"] is None)
    assert bool(item.themes) == bool(payload.get("milestone"))


class Replay:
    """Answers as GitHub did: by path and query, whatever was added to ask for more at once."""

    def __init__(self, exchanges: list[Any], first: str) -> None:
        self.heard: list[str] = []
        self._answers = {_where(one["path"]): one for one in exchanges if one["method"].upper() == "GET"}
        self._first = _where(first)

    def __call__(self, heard: Heard) -> Reply:
        where = _where(heard.url)
        self.heard.append(heard.url)
        if where[0].endswith("/graphql"):
            return Reply(404, b"{}")
        if where not in self._answers and where[0].endswith(self._first[0].rpartition("/")[2]):
            where = self._first
        found = self._answers.get(where)
        if found is None:
            return Reply(200, b"[]") if where[0].endswith("/labels") else Reply(404, b"{}")
        told = part(found, "headers") or part(found, "responseHeaders")
        headers = {name.lower(): str(value) for name, value in told.items()}
        kept = {name: value for name, value in headers.items() if name in {"link", "location", "etag", "content-type"}}
        return Reply(found["status"], json.dumps(body_of(found)).encode(), kept)


def _where(url: str) -> tuple[str, frozenset[tuple[str, str]]]:
    parts = urlsplit(url)
    return parts.path, frozenset(parse_qsl(parts.query))


def replay(exchanges: list[Any], repository: str, first: str) -> tuple[Pulled, Replay]:
    answers = Replay(exchanges, first)
    gate = Gate(FakeClock(), wire=InProcess({"api.github.com": answers}), jitter=lambda: 0.0)
    return read(connector(repository=repository, project=None), gate), answers


def test_recorded_pages_are_followed_to_the_last() -> None:
    """Of these pages of 2013 the recording has the ids alone, so it is the links that are followed here."""
    exchanges = lines(REPLAYS / "pagination_openframeworks_2013.jsonl")
    answers = {_where(one["path"]): one for one in exchanges}
    seen, url = set[int](), exchanges[0]["path"]
    while url:
        one = answers[_where(url)]
        seen |= {row["id"] for row in body_of(one)}
        url = next_page(Answer(one["status"], one["headers"], None, url))
    assert len(seen) == 456


def test_octokits_pages_are_followed_to_the_last() -> None:
    exchanges = json.loads((OCTOKIT / "paginate-issues.json").read_text())
    first = "/repos/octokit-fixture-org/paginate-issues/issues?per_page=3"
    pulled, answers = replay(exchanges, "octokit-fixture-org/paginate-issues", first)
    assert {item.key.partition("#")[2] for item in pulled.items.values()} == {str(n) for n in range(1, 14)}
    assert sum("/repositories/1000/issues" in url for url in answers.heard) == 4


def test_octokits_renamed_repository_is_followed() -> None:
    exchanges = json.loads((OCTOKIT / "rename-repository.json").read_text())
    moved = next(one for one in exchanges if one["method"] == "get" and one["status"] == 301)
    location = (moved.get("headers") or moved["responseHeaders"])["location"]
    asked: list[str] = []

    def answer(heard: Heard) -> Reply:
        """As recorded: the repository's path leads to its id. GitHub's answers below it are in no recording."""
        if heard.url.endswith("/graphql"):
            return Reply(404, b"{}")
        if heard.url.startswith(location):
            asked.append(heard.url)
            return Reply(200, b"[]")
        below = urlsplit(heard.url).path.partition("/rename-repository")[2]
        return Reply(301, json.dumps(moved["response"]).encode(), {"location": location + below})

    gate = Gate(FakeClock(), wire=InProcess({"api.github.com": answer}), jitter=lambda: 0.0)
    assert not read(connector(repository="octokit-fixture-org/rename-repository", project=None), gate).items
    assert any("state=all" in url and "per_page=100" in url for url in asked), "the query is kept"


def test_recorded_refusals_are_limits_only_where_they_say_so() -> None:
    limits, others = 0, 0
    for one in lines(REPLAYS / "errors_redirects.jsonl"):
        headers = {name.lower(): str(value) for name, value in one["headers"].items()}
        answer = Answer(one["status"], headers, body_of(one), one["path"])
        waits = pause(answer, NOW)
        said = str(part(answer.body).get("message", "")).casefold()
        assert (waits is not None) == any(word in said for word in ("rate limit", "abuse")), said
        limits, others = limits + (waits is not None), others + (waits is None)
    assert (limits > 0, others > 100) == (True, True)
