"""A full read of a GitHub, beside PyGithub doing the same work on the same fake.

    python -m benchmarks.github_sync [--issues 1000] [--latency 0.02]

Both meet the fake on a loopback port, which answers after the given latency. The work: all issues with their comments,
their history, what blocks what, and the order of the project (which PyGithub can only ask for by raw GraphQL).
"""

import argparse
import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from github import Auth
from github import Github as PyGithub

from backlint.catalog import load
from backlint.connector import Connector
from backlint.testing.fakes.github import Column, FakeGithub
from backlint.testing.loopback import serve
from backlint.transport import Gate
from backlint.transport.inprocess import Heard, Reply, Responder

COLUMNS = (Column("Status", "SINGLE_SELECT", ("Todo", "Done")), Column("Estimate", "NUMBER"))
COMMENTS = 2
BATCH, PAGE = 50, 100
ORDER = """query Order($id: ID!, $after: String) { node(id: $id) { ... on ProjectV2 {
  items(first: 100, after: $after) { nodes { id content { ... on Issue { number } } }
  pageInfo { hasNextPage endCursor } } } } }"""


class SystemClock:
    """The real time, which a benchmark is about."""

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time(), UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def filled(issues: int) -> FakeGithub:
    """A repository with a project, comments, and dependencies."""
    hub = FakeGithub()
    shop = hub.repository("acme/shop")
    project = hub.project("acme", 4, *COLUMNS)
    last = None
    for number in range(issues):
        at = hub.now() - timedelta(minutes=10 * (issues - number))
        issue = shop.issue(f"Issue {number}", "As a reader I want to read.\n" * 10, at=at, labels=["bug"])
        for _ in range(COMMENTS):
            issue.comment("A thought.", by="ada", at=at + timedelta(minutes=1))
        if last and number % 10 == 0:
            last.block(issue, at=at + timedelta(minutes=2))
        project.add(issue, Status="Todo", Estimate=number % 8)
        last = issue
    hub.anonymous.rest.limit = hub.anonymous.graphql.limit = 10**9
    return hub


def fewest(issues: int, *, has_project: bool = True) -> int:
    """The least that can be asked: list pages, batches of details, pages of the project; and what a repository is
    described with, what a server knows, and a project's columns, once each."""
    pages = -(-issues // PAGE)
    return 2 + pages + -(-issues // BATCH) + (1 + pages if has_project else 0)


def after(latency: float, hub: FakeGithub) -> Responder:
    """The fake, at some distance."""

    def answer(heard: Heard) -> Reply:
        time.sleep(latency)
        return hub(heard)

    return answer


def ours(url: str) -> int:
    """Read everything with the connector; how many items came."""

    async def read() -> int:
        kind: Any = load(Connector, "github")
        reading = kind(url=url, repository="acme/shop", project="acme/4")
        return sum([len(batch.items) async for batch in reading.pull(Gate(SystemClock()), None)])

    return asyncio.run(read())


def theirs(url: str, project: str) -> int:
    """The same with PyGithub, as fast as it can be: a hundred a page, no throttle, whole-repository lists."""
    client = PyGithub(
        auth=Auth.Token("x"), base_url=f"{url}/api/v3", per_page=100, seconds_between_requests=0, retry=None
    )
    repository = client.get_repo("acme/shop")
    found = [*repository.get_issues(state="all")]
    comments, events = [*repository.get_issues_comments()], [*repository.get_issues_events()]
    assert len(comments) + len(events) >= len(found)
    for issue in found:
        if issue._rawData["issue_dependencies_summary"]["total_blocked_by"]:  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - `raw_data` costs a request each
            assert [*issue.get_blocked_by()]
    cursor = None
    while True:
        _, told = client.requester.graphql_query(ORDER, {"id": project, "after": cursor})
        items = told["data"]["node"]["items"]
        if not items["pageInfo"]["hasNextPage"]:
            return len(found)
        cursor = items["pageInfo"]["endCursor"]


@dataclass
class Measured:
    """What one way took."""

    name: str
    items: int
    requests: int
    points: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.name:<12}{self.items:>7}{self.requests:>10}{self.points:>8}{self.seconds:>9.2f}"


def measure(name: str, hub: FakeGithub, latency: float, read: Callable[[str], int]) -> Measured:
    """Serve the fake, and read it."""
    hub.heard.clear()
    hub.asked.clear()
    with serve(after(latency, hub)) as url:
        start = time.perf_counter()
        items = read(url)
        seconds = time.perf_counter() - start
    return Measured(name, items, len(hub.heard), sum(points for _, points in hub.asked), seconds)


def main() -> None:
    """Print what each way took."""
    parser = argparse.ArgumentParser(description="A full read of a GitHub, beside PyGithub.")
    parser.add_argument("--issues", type=int, default=1_000)
    parser.add_argument("--latency", type=float, default=0.02, help="seconds before every answer")
    told = parser.parse_args()
    hub = filled(told.issues)
    project = hub.projects["acme", 4].ids[1]
    print(f"{told.issues:,} issues, {told.latency * 1000:.0f} ms before every answer")
    print(f"at least {fewest(told.issues)} requests")
    print(f"{'':<12}{'items':>7}{'requests':>10}{'points':>8}{'seconds':>9}")
    print(measure("backlint", hub, told.latency, ours))
    print(measure("PyGithub", hub, told.latency, lambda url: theirs(url, project)))


if __name__ == "__main__":
    main()
