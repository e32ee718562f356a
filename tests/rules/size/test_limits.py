"""At its limit a rule about size is silent; one step beyond it speaks."""

from dataclasses import replace

import pytest

from backlint.catalog import load
from backlint.example import ago, item
from backlint.finding import Confidence
from backlint.model import EMPTY, Estimate, Item, Kind, Stage, Unit
from backlint.rule import Rule
from backlint.rules.size.epic_without_children import EpicWithoutChildren
from backlint.rules.size.estimate_outlier import EstimateOutlier
from tests.rules.asking import facts, findings, missing
from tests.rules.size.test_by_what_stands_below import PAST, took

OVERSIZED = load(Rule, "oversized-item")


def estimated(number: int, points: float, unit: Unit = Unit.POINTS) -> Item:
    return item(number, body="Sort the list.", estimate=Estimate(value=points, unit=unit))


def team(count: int, points: float = 3) -> list[Item]:
    """So many finished items of that size."""
    return [
        item(100 + n, rank=None, stage=Stage.DONE, closed=ago(9), estimate=Estimate(value=points)) for n in range(count)
    ]


def test_three_times_the_median_is_what_a_team_does() -> None:
    assert facts(OVERSIZED(), estimated(1, 9), *team(40)) == []
    (found,) = findings(OVERSIZED(), estimated(1, 10), *team(40))
    assert found.fact == "is estimated at 10 points"
    assert found.limit == "9, from this team's own estimates"
    assert found.confidence is Confidence.HIGH
    assert found.evidence == {"quotes": ["Item 1"], "limit": 9}


def test_what_a_tenth_of_a_team_s_items_are_is_not_too_large() -> None:
    large = [estimated(200 + n, 20) for n in range(6)]
    assert facts(OVERSIZED(), *team(34, points=1), *large) == []
    found = findings(OVERSIZED(multiple=1.01), *(estimated(42 - n, n) for n in range(1, 42)))
    assert [each.fact for each in found] == [f"is estimated at {n} points" for n in (41, 40, 39, 38)]
    assert found[0].limit == "37, from this team's own estimates"
    assert len(findings(OVERSIZED(multiple=1.01, enough=2), estimated(1, 3), estimated(2, 13))) == 1


def test_up_to_eight_nothing_is_too_large() -> None:
    assert facts(OVERSIZED(), estimated(1, 8), *team(40, points=1)) == []
    assert len(facts(OVERSIZED(), estimated(1, 9), *team(40, points=1))) == 1


def test_thirty_estimates_show_a_scale_and_zero_is_no_size() -> None:
    assert len(facts(OVERSIZED(), estimated(1, 20), *team(29))) == 1
    assert facts(OVERSIZED(), estimated(1, 20), *team(28)) == []
    assert facts(OVERSIZED(), estimated(1, 20), *team(28), *(estimated(n, 0) for n in range(2, 40))) == []
    assert facts(OVERSIZED(), estimated(1, 20, Unit.HOURS), *team(40)) == []


def test_a_large_estimate_is_one_sign_of_two() -> None:
    def told(points: float) -> list[str]:
        return facts(OVERSIZED(), item(1, body="This epic covers all pages.", estimate=Estimate(value=points)))

    (fact,) = told(13)
    assert fact.endswith("13 points")
    assert told(12) == []


def test_without_text_and_estimate_there_is_nothing_to_go_by() -> None:
    assert missing(OVERSIZED(), item(1, body=None)) == ["the item's text or an estimate"]
    assert missing(OVERSIZED(), item(1, body=None, estimate=Estimate(value=3))) == []


@pytest.mark.parametrize(("days", "told"), [(30, 0), (31, 1)])
def test_an_epic_may_be_empty_for_a_month(days: float, told: int) -> None:
    assert len(facts(EpicWithoutChildren(), item(1, kind=Kind.EPIC, created=ago(days), parent=EMPTY))) == told


def outlier(past_days: float, alike: int = 4, equal: int = 8) -> list[Item]:
    """An item of 2 points, `equal` of which took 2 days each, and items like it that took so many."""
    waiting = item(1, title="Import orders from supplier Acme", estimate=Estimate(value=2))
    like = [took(100 + n, f"Import orders from supplier {n}", 8, past_days) for n in range(alike)]
    return [waiting, *like, *(took(200 + n, f"Correct the wording of page {n}", 2, 2) for n in range(equal))]


def test_three_times_as_long_is_an_outlier_of_enough_items() -> None:
    assert facts(EstimateOutlier(), *outlier(5.9)) == []
    (found,) = findings(EstimateOutlier(), *outlier(6))
    assert found.fact == "is estimated at 2 points, but 4 items like it took 6 days"
    assert found.evidence["took_days"] == 6
    assert found.evidence["promised_days"] == 2
    assert len(facts(EstimateOutlier(), *outlier(6, alike=3))) == 1
    assert facts(EstimateOutlier(), *outlier(6, alike=2)) == []
    assert len(facts(EstimateOutlier(), *outlier(6, equal=5))) == 1
    assert facts(EstimateOutlier(), *outlier(6, equal=4)) == []


def test_what_took_less_than_a_day_is_taken_as_a_day() -> None:
    quick = [took(200 + n, f"Correct the wording of page {n}", 2, 0.1) for n in range(8)]
    waiting = item(1, title="Import orders from supplier Acme", estimate=Estimate(value=2))
    like = [took(100 + n, f"Import orders from supplier {n}", 8, 2.9) for n in range(4)]
    assert facts(EstimateOutlier(), waiting, *like, *quick) == []
    like = [took(100 + n, f"Import orders from supplier {n}", 8, 3) for n in range(4)]
    assert len(facts(EstimateOutlier(), waiting, *like, *quick)) == 1


@pytest.mark.parametrize(
    ("title", "is_alike"),
    [
        ("Import new orders from partners", True),
        ("Import orders from partners weekly", False),
        ("Import orders from ACME", True),
        ("Correct the wording", False),
    ],
)
def test_titles_that_share_half_of_their_words_are_alike(title: str, is_alike: bool) -> None:
    waiting = item(1, title="Import orders from supplier Acme", estimate=Estimate(value=2))
    like = [took(100 + n, title, 8, 20) for n in range(4)]
    equal = [took(200 + n, "Archive", 2, 2) for n in range(8)]
    assert len(facts(EstimateOutlier(), waiting, *like, *equal)) == is_alike


def test_only_what_is_done_says_how_long_it_took() -> None:
    waiting = item(1, title="Import orders from supplier Acme", estimate=Estimate(value=2))
    begun = [replace(each, stage=Stage.DOING, closed=None) for each in PAST[:4]]
    assert facts(EstimateOutlier(), waiting, *begun, *PAST[4:]) == []
    assert missing(EstimateOutlier(), waiting, *PAST[:5]) == []
    assert missing(EstimateOutlier(), waiting, *PAST[:4]) == ["how long finished items took"]


def test_what_is_in_progress_or_an_epic_is_not_compared() -> None:
    titled = {"title": "Import orders from supplier Acme", "estimate": Estimate(value=2)}
    assert len(facts(EstimateOutlier(), item(1, **titled), *PAST)) == 1
    assert facts(EstimateOutlier(), item(1, **titled, stage=Stage.DOING), *PAST) == []
    assert facts(EstimateOutlier(), item(1, **titled, kind=Kind.EPIC), *PAST) == []
    (found,) = findings(EstimateOutlier(), item(1, **titled), *outlier(20, alike=12)[1:])
    alike = found.evidence["alike"]
    assert isinstance(alike, list)
    assert len(alike) == 10


def test_what_was_added_and_closed_counts_for_half_a_year() -> None:
    def grown(days: float, closed: float = 999) -> int:
        epic = item(1, kind=Kind.EPIC, created=ago(400), parent=EMPTY)
        new = [item(10 + n, parent=epic.id, created=ago(days)) for n in range(3)]
        gone = [
            item(20 + n, rank=None, parent=epic.id, stage=Stage.DONE, created=ago(390), closed=ago(closed))
            for n in range(4 if closed < 999 else 0)
        ]
        return len(facts(load(Rule, "endless-epic")(), epic, *new, *gone))

    assert (grown(179), grown(180)) == (1, 0)
    assert (grown(100, closed=179), grown(100, closed=180)) == (0, 1)
    assert missing(load(Rule, "endless-epic")(), item(1, kind=Kind.EPIC, created=ago(400), parent=EMPTY)) == []
