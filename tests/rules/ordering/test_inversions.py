"""Rank against priority, value and class."""

from backlint.catalog import load
from backlint.example import ago, item
from backlint.finding import Severity
from backlint.model import (
    EMPTY,
    Band,
    BandWidths,
    Estimate,
    Framework,
    Item,
    Moscow,
    Priority,
    Score,
    Sprint,
    SprintState,
    Stage,
)
from backlint.rule import Rule
from tests.rules.asking import facts, findings, missing

NAMES = ("Highest", "High", "Medium", "Low", "Lowest")
BY_PRIORITY = load(Rule, "priority-inversion")
BY_VALUE = load(Rule, "value-inversion")
BY_CLASS = load(Rule, "moscow-inversion")


def priorities(*levels: int) -> list[Item]:
    return [item(n, priority=Priority(level=it, name=NAMES[it - 1])) for n, it in enumerate(levels, 1)]


def scores(*stored: float) -> list[Item]:
    return [item(n, score=Score(framework=Framework.RICE, stored=it)) for n, it in enumerate(stored, 1)]


def test_one_item_out_of_place_is_one_finding_however_many_it_disagrees_with() -> None:
    found = findings(BY_PRIORITY(), *priorities(5, *[1] * 8))
    assert [str(it) for it in found] == ["SHOP-1 is Lowest and stands above 8 items of clearly higher priority"]
    assert found[0].fix == "Move it below SHOP-9, or raise its priority."
    assert found[0].evidence["passes"] == 8


def test_two_thousand_items_upside_down_are_no_million_findings() -> None:
    found = findings(BY_PRIORITY(), *priorities(*[4] * 1_000, *[1] * 1_000))
    assert len(found) <= 1_000


def test_neighbouring_priorities_are_an_inversion_only_where_a_team_says_so() -> None:
    items = priorities(2, 1, 3, 2)
    assert findings(BY_PRIORITY(), *items) == ()
    assert facts(BY_PRIORITY(neighbours=0), *items) == [
        "SHOP-2 is Highest and stands below an item of clearly lower priority",
        "SHOP-4 is High and stands below an item of clearly lower priority",
    ]


def test_what_is_far_from_the_top_and_stays_there_is_left_alone() -> None:
    items = [*priorities(*[1] * 50), item(51, priority=Priority(level=5, name="Lowest"))]
    items.append(item(52, priority=Priority(level=3, name="Medium")))
    assert findings(BY_PRIORITY(), *items) == ()
    assert len(findings(BY_PRIORITY(within=Band.LATER), *items)) == 1


def test_a_team_that_scores_nothing_is_not_asked() -> None:
    assert missing(BY_VALUE(), item(1, score=EMPTY)) == []
    assert missing(BY_VALUE(), item(1)) == ["value scores"]


def test_a_quarter_more_is_no_difference() -> None:
    assert findings(BY_VALUE(), *scores(100, 120, 90)) == ()
    assert facts(BY_VALUE(), *scores(100, 140)) == [
        "SHOP-2 has a RICE score of 140 and stands below an item of clearly less value"
    ]


def test_an_order_that_follows_something_else_is_said_once() -> None:
    (found,) = findings(BY_VALUE(), *scores(*range(10, 130, 10)))
    assert (found.subject, found.part) == (None, "agreement")
    assert found.evidence["tau"] == -1


def test_scores_of_two_frameworks_are_not_compared() -> None:
    ice = item(9, score=Score(framework=Framework.ICE, stored=900))
    assert findings(BY_VALUE(), *scores(100, 90), ice) == ()


def test_a_could_above_a_must() -> None:
    items = [item(n, moscow=it) for n, it in enumerate((Moscow.COULD, Moscow.MUST, Moscow.MUST, Moscow.SHOULD), 1)]
    assert facts(BY_CLASS(), *items) == ["SHOP-1 is a Could and stands above SHOP-3, a Must and 1 more"]


def test_severity_is_the_teams() -> None:
    (found,) = findings(BY_PRIORITY(severity=Severity.INFO), *priorities(5, 1))
    assert found.severity is Severity.INFO


def test_a_random_order_is_an_order() -> None:
    rule = load(Rule, "unordered-backlog")
    items = [item(n, created=ago((n * 37) % 101)) for n in range(1, 41)]
    assert findings(rule(), *items) == ()
    by_age = [item(n, created=ago(200 - n)) for n in range(1, 41)]
    assert len(findings(rule(), *by_age)) == 1


def test_widths_are_the_teams() -> None:
    widths = BandWidths(next_items=0, soon_items=0, later_items=0)
    assert findings(BY_PRIORITY(), *priorities(5, 1), widths=widths) == ()


def classed(*classes: Moscow, value: float | None = None) -> list[Item]:
    estimate = Estimate(value=value) if value else None
    return [item(n, moscow=it, estimate=estimate) for n, it in enumerate(classes, 1)]


def test_what_must_move_down_is_told_where_to() -> None:
    (found,) = findings(BY_CLASS(), *classed(Moscow.COULD, Moscow.MUST, Moscow.MUST))
    assert found.fix == "Move it below SHOP-3, or change its class."
    (found,) = findings(BY_CLASS(), *classed(Moscow.MUST, Moscow.COULD, Moscow.COULD, Moscow.MUST))
    assert found.fix == "Move it above SHOP-2, or change its class."
    (found,) = findings(BY_VALUE(), *scores(10, 90, 80))
    assert found.fact == "has a RICE score of 10 and stands above 2 items of clearly more value"
    assert found.fix == "Move it below SHOP-3, or score it again."


def test_classes_and_scores_matter_down_to_the_band_that_is_named() -> None:
    widths = BandWidths(next_items=1, soon_items=2, later_items=4)
    far = classed(Moscow.MUST, Moscow.MUST, Moscow.MUST, Moscow.COULD, Moscow.MUST)
    assert facts(BY_CLASS(), *far, widths=widths) == []
    assert len(facts(BY_CLASS(), *far[1:], widths=widths)) == 1
    assert facts(BY_VALUE(), *scores(90, 90, 90, 10, 80), widths=widths) == []
    assert len(facts(BY_VALUE(), *scores(90, 90, 10, 80), widths=widths)) == 1


def test_sixty_percent_may_be_musts() -> None:
    rest = [Moscow.SHOULD] * 4
    assert findings(BY_CLASS(), *classed(*[Moscow.MUST] * 6, *rest, value=3)) == ()
    (found,) = findings(BY_CLASS(), *classed(*[Moscow.MUST] * 7, *rest, value=3))
    assert found.fact == "64% of the estimated effort is a Must"
    assert found.evidence == {"must": 21, "effort": 33, "items": 11}


def test_one_that_nobody_can_explain_above_many_that_are_clear() -> None:
    clear = "The price shows the tax.\n\n## Acceptance criteria\n- The tax stands below the price."
    rule = load(Rule, "unready-above-ready")
    (found,) = findings(rule(), item(1, body=""), *(item(n, body=clear) for n in (2, 3)))
    assert str(found).startswith("SHOP-1 has no description")
    assert found.fact == "has no description and no acceptance criteria, and stands above 2 items that are clear"
    assert found.limit == "what is planned next is the clearest part of the backlog"
    assert found.fix == "Make it clear before planning, or let SHOP-3 go first."
    assert found.evidence == {
        "rank": 1,
        "lacks": ["no description", "no acceptance criteria"],
        "passes": 2,
        "beside": "SHOP-3",
    }


def test_clear_and_unclear_are_compared_only_where_the_next_are_known() -> None:
    coming = Sprint(id="s", name="Sprint 9", state=SprintState.FUTURE, start=ago(-3))
    rule = load(Rule, "unready-above-ready")
    assert missing(rule(), item(1, body="", sprints=None), sprints=[coming]) == ["the order of the backlog"]
    assert missing(rule(), item(1, body="", sprints=()), sprints=[coming]) == []
    assert missing(rule(), item(1, body="", rank=None)) == ["the order of the backlog"]
    assert missing(rule(), item(1, rank=None, stage=Stage.DONE)) == []
