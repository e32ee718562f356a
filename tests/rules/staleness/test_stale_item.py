from typing import Any

import pytest

from backlint.example import ago, happened, item
from backlint.finding import Severity
from backlint.model import Band, BandWidths, Happening, Item, Kind, Person, Stage
from backlint.rules.staleness.stale_item import StaleItem
from tests.rules.asking import facts, findings

ONE_EACH = BandWidths(next_items=1, soon_items=1, later_items=1)


def quiet(number: int, days: float, **fields: Any) -> Item:
    return item(number, created=ago(days), events=(), **fields)


@pytest.mark.parametrize(
    ("days", "named"),
    [(90.5, []), (91, ["SHOP-1"]), (181, ["SHOP-1", "SHOP-2"]), (366, ["SHOP-1", "SHOP-2", "SHOP-3", "SHOP-4"])],
)
def test_the_nearer_the_fresher(days: float, named: list[str]) -> None:
    found = findings(StaleItem(), *(quiet(number, days) for number in range(1, 5)), widths=ONE_EACH)
    assert [finding.subject.key for finding in found if finding.subject] == named


def test_without_an_order_the_loosest_limit_holds() -> None:
    assert not facts(StaleItem(), quiet(1, 365, rank=None))
    [found] = findings(StaleItem(), quiet(1, 366, rank=None))
    assert (found.severity, found.band, found.limit) == (Severity.INFO, None, "365 days")


def test_a_kind_may_be_given_patience() -> None:
    patient = StaleItem(patience={Kind.SPIKE: 2})
    assert not facts(patient, quiet(1, 100, kind=Kind.SPIKE))
    assert facts(patient, quiet(1, 100, kind=Kind.BUG))


def test_a_band_that_has_no_limit_is_left_alone() -> None:
    assert not facts(StaleItem(days={Band.ICEBOX: 365}), quiet(1, 900))
    assert not facts(StaleItem(days={}), quiet(1, 900, rank=None))


def test_epics_subtasks_and_work_in_progress_are_left_to_others() -> None:
    items = [quiet(1, 900, kind=Kind.EPIC), quiet(2, 900, kind=Kind.SUBTASK), quiet(3, 900, stage=Stage.DOING)]
    assert not facts(StaleItem(), *items)


def test_it_says_who_is_waited_for() -> None:
    sam = Person(id="sam", name="Sam", on_team=False)
    asked = item(1, created=ago(300), events=(happened(Happening.COMMENTED, 200, actor=sam, text="Any news?"),))
    [found] = findings(StaleItem(), asked)
    assert found.fix.startswith("Answer Sam, who had the last word")


def test_the_evidence_holds_the_figures() -> None:
    [found] = findings(StaleItem(), quiet(1, 120.7))
    assert found.fact == "was last touched by a person 120 days ago"
    assert found.evidence == {"quiet_days": 120, "limit_days": 90}
