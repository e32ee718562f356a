"""Size by what stands below an item, and by what items like it took."""

from typing import Any

import pytest

from backlint.catalog import load
from backlint.example import ago, happened, item
from backlint.finding import Confidence
from backlint.model import EMPTY, Estimate, Happening, Item, Kind, Link, LinkKind, Stage
from backlint.rule import Rule
from backlint.rules.size.endless_epic import EndlessEpic
from backlint.rules.size.epic_without_children import EpicWithoutChildren
from backlint.rules.size.estimate_outlier import EstimateOutlier
from backlint.rules.size.too_many_subtasks import TooManySubtasks
from tests.rules.asking import facts, findings, missing


def below(count: int, **fields: Any) -> list[Item]:
    return [item(100 + n, rank=None, parent="example:1", **fields) for n in range(count)]


@pytest.mark.parametrize(("count", "told"), [(8, []), (9, ["SHOP-1 has 9 subtasks"])])
def test_subtasks_are_counted_done_or_not(count: int, told: list[str]) -> None:
    half = count // 2
    subtasks = [*below(half, kind=Kind.SUBTASK), *below(count, kind=Kind.SUBTASK, stage=Stage.DONE)[half:]]
    assert facts(TooManySubtasks(), item(1), *subtasks) == told


def epic(age: float, **fields: Any) -> Item:
    return item(1, kind=Kind.EPIC, created=ago(age), **{"parent": EMPTY, **fields})


def test_an_epic_that_is_related_to_items_may_contain_them() -> None:
    related = (Link(kind=LinkKind.RELATES, target="example:2", key="SHOP-2"),)
    [sure] = findings(EpicWithoutChildren(), epic(40))
    [unsure] = findings(EpicWithoutChildren(), epic(40, links=related))
    assert (sure.confidence, unsure.confidence) == (Confidence.HIGH, Confidence.LOW)
    assert not facts(EpicWithoutChildren(), epic(40, stage=Stage.DONE))


@pytest.mark.parametrize(
    ("age", "added", "closed", "is_endless"),
    [(366, 3, 3, True), (366, 3, 4, False), (366, 2, 0, False), (365, 9, 0, False)],
)
def test_an_epic_is_endless_when_it_is_old_and_grows(age: float, added: int, closed: int, is_endless: bool) -> None:
    new = below(added, created=ago(30))
    old = [
        item(500 + n, rank=None, parent="example:1", stage=Stage.DONE, created=ago(300), closed=ago(20))
        for n in range(closed)
    ]
    assert bool(facts(EndlessEpic(), epic(age), *new, *old)) is is_endless


def took(number: int, title: str, points: float, days: float) -> Item:
    events = (
        happened(Happening.STAGED, 20 + days, stage=Stage.DOING),
        happened(Happening.STAGED, 20, stage=Stage.DONE),
    )
    return item(
        number, title=title, rank=None, estimate=Estimate(value=points), stage=Stage.DONE, closed=ago(20), events=events
    )


PAST = (
    *(took(100 + n, f"Import orders from supplier {n}", 8, 20) for n in range(4)),
    *(took(200 + n, f"Correct the wording of page {n}", 2, 2) for n in range(8)),
)


def sized(points: float, title: str = "Import orders from supplier Acme") -> Item:
    return item(1, title=title, estimate=Estimate(value=points))


def test_an_outlier_names_what_it_was_compared_with() -> None:
    [found] = findings(EstimateOutlier(), sized(2), *PAST)
    assert found.fact == "is estimated at 2 points, but 4 items like it took 20 days"
    assert found.limit == "2 days, the median of 8 finished items of 2 points"
    assert found.fix == "Look at SHOP-100, SHOP-101, SHOP-102 together, and estimate again."


def test_an_estimate_that_nobody_finished_yet_is_compared_with_nothing() -> None:
    assert not facts(EstimateOutlier(), sized(5), *PAST)


def test_without_a_past_nothing_is_compared() -> None:
    assert missing(EstimateOutlier(), sized(2)) == ["how long finished items took"]
    assert missing(EstimateOutlier(), item(1)) == ["estimates"]
    assert not missing(EstimateOutlier(), item(1, estimate=EMPTY))


def test_what_stands_below_a_criterion_belongs_to_it() -> None:
    def criteria(*lines: str) -> str:
        return "## Acceptance criteria\n" + "\n".join(f"{line} is shown" for line in lines)

    rule = load(Rule, "too-many-criteria")
    assert facts(rule(most=2), item(body=criteria("- A", "- B", "- C"))) == ["SHOP-1 has 3 acceptance criteria"]
    assert facts(rule(most=2), item(body=criteria("- A", "  - B", "- C"))) == []
    assert facts(rule(most=2), item(body=criteria("- A", " - B", "- C"))) == ["SHOP-1 has 3 acceptance criteria"]
