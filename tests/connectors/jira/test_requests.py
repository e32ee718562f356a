"""How many requests a read takes, held against the fewest that the API allows."""

from datetime import timedelta
from math import ceil

import pytest

from backlint.connector import Batch
from backlint.example import NOW
from backlint.testing import contract
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.jira import FakeJira
from backlint.transport import Gate
from backlint.transport.inprocess import InProcess
from tests.connectors.jira.sites import connector, fill, flavour

NUMBER, DONE, CHANGED = 10_000, 7_000, 100

ABOUT_THE_SITE = {True: 9, False: 9}
"""Server information, who we are, fields, statuses, priorities, boards, the board, its sprints, velocity."""


def fewest(is_cloud: bool) -> int:
    """What any client must ask that reads the order, every issue, every history, and the comments of open issues."""
    if not is_cloud:
        return ABOUT_THE_SITE[False] + ceil((NUMBER - DONE) / 1000) + ceil(NUMBER / 1000)
    ids = ceil((NUMBER - DONE) / 5000) + ceil(DONE / 5000)
    issues = ceil((NUMBER - DONE) / 100) + ceil(DONE / 1000)
    return ABOUT_THE_SITE[True] + ids + issues + ceil(NUMBER / 1000)


def fewest_for_changes(is_cloud: bool) -> int:
    """The sprints, the order, the changed issues with their histories; on Data Center who we are."""
    page = 5000 if is_cloud else 1000
    return 1 + ceil((NUMBER - DONE) / page) + 1 + (0 if is_cloud else 1)


def counted(jira: FakeJira, cursor: str | None = None) -> tuple[int, list[Batch]]:
    way = Gate(FakeClock(), wire=InProcess(jira.hosts))
    batches = contract.Tried(connector(jira), lambda: way).pull(cursor)
    return way.requests, batches


@pytest.mark.parametrize("is_cloud", [True, False], ids=["cloud", "server"])
def test_a_full_read_and_a_nightly_one(is_cloud: bool) -> None:
    jira = flavour(is_cloud)
    board = jira.board("SHOP")
    jira.sprint("Sprint 1", board=board)
    issues = fill(jira, NUMBER, done=DONE)
    requests, batches = counted(jira)
    assert len(contract.kept(batches)) == NUMBER
    assert requests <= 1.05 * fewest(is_cloud)
    jira.now = NOW + timedelta(days=1)
    for issue in issues[-CHANGED:]:
        jira.change(issue, labels=["new"], at=jira.now - timedelta(hours=3))
    requests, changes = counted(jira, batches[-1].cursor)
    assert len(contract.kept(changes)) == CHANGED
    assert requests == fewest_for_changes(is_cloud)
