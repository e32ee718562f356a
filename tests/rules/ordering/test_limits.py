"""At its limit a rule about the order is silent; one step beyond it speaks."""

from datetime import date, timedelta

import pytest

from backlint.catalog import load
from backlint.example import NOW, ago, item
from backlint.model import EMPTY, BandWidths, Estimate, Framework, Item, Kind, Pace, Priority, Score, Stage
from backlint.rule import Rule
from tests.rules.asking import ask, facts, findings, missing
from tests.rules.ordering.test_urgency import waits_for

DATES = load(Rule, "urgent-but-buried")
RINGS = load(Rule, "dependency-cycle")
UNORDERED = load(Rule, "unordered-backlog")
BY_PRIORITY = load(Rule, "priority-inversion")
BY_VALUE = load(Rule, "value-inversion")
PACE = Pace(per_sprint=10, samples=(10, 10))
NEXT_IS_ONE = BandWidths(next_items=1)


def on(days: int) -> date:
    return (NOW + timedelta(days=days)).date()


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-61, "one waiting item has a date that passed more than 60 days ago: SHOP-1"),
        (-60, "SHOP-1 was due 60 days ago and has not been started"),
        (-2, "SHOP-1 was due 2 days ago and has not been started"),
        (-1, "SHOP-1 was due yesterday"),
    ],
)
def test_a_date_that_passed_is_told_until_it_is_forgotten(days: int, told: str) -> None:
    assert facts(DATES(), item(1, due=on(days))) == [told]


def test_today_is_no_day_too_late_and_a_fortnight_is_soon() -> None:
    def far_down(days: int) -> list[str]:
        return facts(DATES(), item(1, due=EMPTY), item(2, due=on(days)), widths=NEXT_IS_ONE)

    assert facts(DATES(), item(1, due=on(0))) == []
    assert far_down(0) == ["SHOP-2 is due on 2026-11-22 and stands at rank 2, in the band soon"]
    assert far_down(14) == ["SHOP-2 is due on 2026-12-06 and stands at rank 2, in the band soon"]
    assert far_down(15) == []


def test_only_what_waits_to_be_planned_can_be_buried() -> None:
    assert facts(DATES(), item(1, due=on(-5), stage=Stage.DOING)) == []
    assert facts(DATES(), item(1, due=on(-5), kind=Kind.EPIC)) == []


def test_the_day_of_the_forecast_is_in_time() -> None:
    def due(days: int) -> list[Item]:
        return [item(n, estimate=Estimate(value=10), due=EMPTY if n < 4 else on(days)) for n in range(1, 5)]

    (found,) = findings(DATES(), *due(1), pace=PACE, widths=NEXT_IS_ONE)
    likely = date.fromisoformat(str(found.evidence["likely"]))
    in_time = (likely - NOW.date()).days
    assert facts(DATES(), *due(in_time), pace=PACE, widths=NEXT_IS_ONE) == []
    assert len(facts(DATES(), *due(in_time - 1), pace=PACE, widths=NEXT_IS_ONE)) == 1


def test_what_nobody_can_foresee_is_told_so() -> None:
    slow = Pace(per_sprint=0.01, samples=(0.01, 0.01))
    items = [item(n, estimate=Estimate(value=10), due=EMPTY if n < 4 else on(30)) for n in range(1, 5)]
    (found,) = findings(DATES(), *items, pace=slow, widths=NEXT_IS_ONE)
    assert found.fact == "is due on 2026-12-22, and from rank 4 it will be done about years from now"
    assert (found.evidence["likely"], found.evidence["safe"]) == ("years from now", None)


def test_a_ring_whose_parents_are_not_told_hides_no_other() -> None:
    untold = [item(n, links=waits_for(3 - n), parent=None, created=ago(50 - n)) for n in (1, 2)]
    told = [item(n, links=waits_for(7 - n), parent=EMPTY) for n in (3, 4)]
    said = ask(RINGS(), *untold, *told)
    assert [str(found) for found in said.findings] == ["SHOP-3 waits for SHOP-4, and SHOP-4 for SHOP-3"]
    assert [(one.subject.key, one.missing) for one in said.undecided if one.subject] == [("SHOP-1", "parents")]


def test_what_is_begun_or_holds_others_needs_no_place() -> None:
    waiting = [item(n, created=ago((n * 37) % 101)) for n in range(1, 21)]
    begun = [item(n, rank=None, stage=Stage.DOING) for n in range(30, 60)]
    epics = [item(n, rank=None, kind=Kind.EPIC) for n in range(60, 90)]
    assert facts(UNORDERED(), *waiting, *begun, *epics) == []


def test_an_order_that_is_the_age_and_nothing_else() -> None:
    def filed(*days: int) -> list[str]:
        return facts(UNORDERED(chronological=1), *(item(n, created=ago(each)) for n, each in enumerate(days, 1)))

    assert len(filed(*range(1, 31))) == len(filed(*range(30, 0, -1))) == 1
    assert filed(*range(1, 31)) != filed(*range(30, 0, -1))
    assert filed(*range(1, 30), 3) == []


def test_a_priority_here_and_there_is_enough_to_compare() -> None:
    high = Priority(level=2, name="High")
    assert missing(BY_PRIORITY(), item(1, priority=high), item(2, priority=None)) == []
    assert missing(BY_PRIORITY(), item(1, priority=None)) == ["priorities"]


def test_a_team_says_what_is_clearly_more() -> None:
    scores = [item(n, score=Score(framework=Framework.RICE, stored=it)) for n, it in enumerate((100, 140), 1)]
    assert len(facts(BY_VALUE(), *scores)) == 1
    assert facts(BY_VALUE(clearly=2), *scores) == []
