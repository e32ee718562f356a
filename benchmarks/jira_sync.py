"""How long a read of Jira takes, and how many requests: ours beside the `jira` package's own search, on the same fake.

    python -m benchmarks.jira_sync [--issues 10000] [--milliseconds 150]

Both read over loopback from a Jira that answers each request after so many milliseconds. The package is asked for
fields and comments, as its users do, and then for all that ours reads: the other fields, the histories (of which a
search gives the newest forty) and the order. Read ratios, not seconds: the fake's own work is in both.
"""

import argparse
import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from math import ceil
from random import Random
from threading import Lock

from jira import JIRA
from pydantic import SecretStr

from backlint.connectors.jira import Jira
from backlint.example import NOW
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.jira import FakeJira
from backlint.testing.loopback import serve
from backlint.transport import Gate
from backlint.transport.inprocess import Heard, Reply
from benchmarks.author import Author

DONE_SHARE = 0.7
CHANGED_SHARE = 0.01
PEOPLE = 60
MOST_COMMENTS = 6
LABELS = ("checkout", "search", "mobile", "reports")
FIELDS = "summary,description,issuetype,status,priority,labels,assignee,reporter,created,updated,issuelinks,comment"


ABOUT_THE_SITE = 8
"""Server information, who we are, fields, statuses, priorities, boards, the board, its sprints."""


def fewest(issues: int) -> int:
    """What any client must ask of Cloud that reads the order, every issue, every history, and open issues' comments."""
    done = int(issues * DONE_SHARE)
    ids = ceil((issues - done) / 5000) + ceil(done / 5000)
    return (
        ABOUT_THE_SITE
        + 1
        + ids
        + ceil((issues - done) / 100)
        + ceil(done / 1000)
        + ceil((issues - done) / 1000)
        + ceil(done / 1000)
    )


class Slow:
    """A Jira at the other end of a long line: an answer takes its time, and others may be under way meanwhile."""

    def __init__(self, jira: FakeJira, seconds: float) -> None:
        self.jira = jira
        self.seconds = seconds
        self.requests = 0
        self._one_at_a_time = Lock()

    def __call__(self, heard: Heard) -> Reply:
        time.sleep(self.seconds)
        with self._one_at_a_time:
            self.requests += 1
            return self.jira(heard)


def site(number: int) -> FakeJira:
    """A project with a board, most of it done and much of it talked about, as real ones are."""
    random = Random(11)  # noqa: S311 - it is no secret
    author = Author(random)
    jira = FakeJira()
    board = jira.board(jira.project("SHOP"))
    jira.sprint("Sprint 1", board=board)
    people = [jira.person(f"Person {each}") for each in range(PEOPLE)]
    for n in range(number):
        written = author.write()
        at = NOW - timedelta(days=400, seconds=n)
        reporter, labels = random.choice(people), [random.choice(LABELS)]
        issue = jira.issue(
            "SHOP", written.title, description=written.body, labels=labels, reporter=reporter, created=at
        )
        jira.change(issue, points=n % 8, by=random.choice(people), at=at + timedelta(days=1))
        jira.change(issue, assignee=random.choice(people), by=random.choice(people), at=at + timedelta(days=2))
        for day in range(3, 3 + random.randrange(MOST_COMMENTS)):
            jira.comment(issue, author.paragraph(4), by=random.choice(people), at=at + timedelta(days=day))
        status = "Done" if n < number * DONE_SHARE else "In Progress"
        jira.change(issue, status=status, by=random.choice(people), at=NOW - timedelta(days=20, seconds=n))
    return jira


def ours(url: str, jira: FakeJira, cursor: str | None = None) -> tuple[int, str | None]:
    """One pull: the items that it gave, and where the next one goes on."""

    async def pull() -> tuple[int, str | None]:
        connector = Jira(url=url, project=("SHOP",), email=jira.email, token=SecretStr(jira.token))
        items, last = 0, cursor
        async for batch in connector.pull(Gate(FakeClock(jira.now)), cursor):
            items, last = items + len(batch.items), batch.cursor
        return items, last

    return asyncio.run(pull())


def theirs(url: str, jira: FakeJira) -> int:
    """The package's own search, as its users write it."""
    client = JIRA(server=url, basic_auth=(jira.email, jira.token))
    return len(client.search_issues("project = SHOP ORDER BY key ASC", maxResults=False, fields=FIELDS))


def theirs_whole(url: str, jira: FakeJira) -> int:
    """The same for all that ours reads: every field, histories, and the order."""
    client = JIRA(server=url, basic_auth=(jira.email, jira.token))
    jql = "project = SHOP ORDER BY Rank ASC"
    return len(client.search_issues(jql, maxResults=False, fields="*all", expand="changelog"))


def timed(name: str, slow: Slow, read: Callable[[], int]) -> float:
    """Run one reader and print its line."""
    slow.requests = 0
    wall, cpu = time.perf_counter(), time.process_time()
    items = read()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:34} {items:>7,} items {slow.requests:>5,} requests {wall:>7.2f} s wall {cpu:>6.2f} s CPU")
    return wall


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--issues", type=int, default=10_000)
    parser.add_argument("--milliseconds", type=float, default=150)
    asked = parser.parse_args()
    jira = site(asked.issues)
    slow = Slow(jira, asked.milliseconds / 1000)
    cursor: list[str | None] = [None]

    def pull() -> int:
        items, cursor[0] = ours(url, jira, cursor[0])
        return items

    with serve(slow) as url:
        mine = timed("backlint, everything", slow, pull)
        jira.now += timedelta(days=1)
        for issue in list(jira.issues.values())[-int(asked.issues * CHANGED_SHARE) :]:
            jira.change(issue, labels=["new"], at=jira.now - timedelta(hours=3))
        timed("backlint, the next night, 1 % new", slow, pull)
        other = timed("jira package, search_issues", slow, lambda: theirs(url, jira))
        timed("jira package, all of it", slow, lambda: theirs_whole(url, jira))
    print(f"everything takes {mine / other:.2f} times as long as the package's search")


if __name__ == "__main__":
    main()
