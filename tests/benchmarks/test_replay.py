"""Real histories, as they stood in the past: no rule fails, no age is negative, the order of reading does not matter.

Here a sample of the histories; `python -m benchmarks.replay` takes them all.
"""

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from backlint.model import Item
from benchmarks.duraspace import DATA, issues, lines
from benchmarks.replay import MOMENTS, items, looks

needs_histories = pytest.mark.skipif(not DATA.is_file(), reason="no real histories beside the checkout")


@pytest.fixture(scope="module")
def present() -> list[Item]:
    return items(lines(islice(issues(), 0, None, 12)))


@needs_histories
def test_every_rule_at_ten_moments(present: list[Item]) -> None:
    seen = list(looks(present))
    assert len(seen) == 2 * len(MOMENTS)
    assert [fault for each in seen for fault in each.faults] == []
    assert all(each.said.findings for each in seen if each.is_ordered)


@needs_histories
def test_nothing_is_lost_on_the_way(present: list[Item]) -> None:
    told = list(islice(issues(), 0, None, 12))
    assert [each.key for each in present] == [issue["key"] for issue in told]
    changes = sum(len(entry["items"]) for issue in told for entry in issue["changelog"])
    comments = sum(len(issue["comments"]) for issue in told)
    assert sum(len(each.events or ()) for each in present) == changes + comments


def test_moments_are_in_the_past_of_the_data() -> None:
    assert all(moment < datetime(2015, 1, 17, tzinfo=UTC) - timedelta(days=100) for moment in MOMENTS)
