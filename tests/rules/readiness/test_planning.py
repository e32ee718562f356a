"""Runway, owners, and what an item waits for."""

from backlint.catalog import load
from backlint.example import item
from backlint.finding import Severity
from backlint.model import EMPTY, Estimate, Item, Kind, Link, LinkKind, Pace, Stage, Unit
from backlint.rule import Rule
from tests.rules.asking import facts, findings, missing

RUNWAY = load(Rule, "short-runway")
WAITS = load(Rule, "unresolved-dependency")
ESTIMATE = load(Rule, "missing-estimate")


def ready(number: int, **fields: object) -> Item:
    body = f"Price list {number} shows the tax.\n\n## Acceptance criteria\n- Each price of list {number} shows its tax."
    return item(number, **({"body": body, "estimate": Estimate(value=5), "links": (), "parent": EMPTY} | fields))


def test_a_runway_is_counted_in_items_where_the_pace_is() -> None:
    pace = Pace(per_sprint=4, unit=Unit.ITEMS, origin="the median of the last 6 times 2 weeks")
    items = [ready(n, estimate=EMPTY) for n in range(1, 31)]
    assert findings(RUNWAY(), *items[:20], pace=pace) == ()
    (found,) = findings(RUNWAY(), *(ready(n) for n in range(1, 4)), pace=pace)
    assert str(found) == "3 items are ready, which is 0.8 sprints of work"
    assert found.limit == "2 sprints, at 4 items a sprint, the median of the last 6 times 2 weeks"


def test_what_is_not_known_is_taken_as_ready_for_a_short_runway_and_not_for_a_long_one() -> None:
    unknown = [ready(n, body=None) for n in range(1, 61)]
    assert findings(RUNWAY(), *unknown, velocity=20) == ()
    known = [ready(n) for n in range(1, 61)]
    assert [it.part for it in findings(RUNWAY(), *known, velocity=20)] == ["long"]


def test_without_an_order_there_is_no_runway_to_count() -> None:
    assert missing(RUNWAY(), ready(1, rank=None), velocity=20) == ["the order of the backlog"]
    assert missing(RUNWAY(), ready(1, rank=None, stage=Stage.DONE), velocity=20) == []
    assert missing(RUNWAY(), ready(1)) == ["the team's velocity"]


def test_a_team_that_does_not_estimate_is_not_asked_to() -> None:
    assert facts(ESTIMATE(), *(item(n, estimate=EMPTY) for n in range(1, 15)))
    many = [item(n, estimate=EMPTY) for n in range(1, 31)]
    assert findings(ESTIMATE(), *many) == ()
    assert set(missing(ESTIMATE(), *many)) == {"estimates"}


def test_an_estimate_is_owed_by_what_is_planned_next_and_soon() -> None:
    front = [item(n, estimate=Estimate(value=3)) for n in range(2, 60)]
    limits = [found.limit for n in (1, 25) for found in findings(ESTIMATE(), *front, item(1, rank=n, estimate=EMPTY))]
    assert limits == ["what is planned next is estimated", "what is planned soon is estimated"]


def test_what_the_item_waits_for_outside_the_order() -> None:
    foreign = Link(kind=LinkKind.BLOCKED_BY, target="other:7", key="PAY-7", stage=Stage.DOING)
    epic = Link(kind=LinkKind.BLOCKED_BY, target="example:9", key="SHOP-9")
    below = Link(kind=LinkKind.BLOCKED_BY, target="example:3", key="SHOP-3")
    items = [item(1, links=(foreign, epic, below), parent=EMPTY), item(3), item(9, kind=Kind.EPIC)]
    assert facts(WAITS(), *items) == ["SHOP-1 waits for SHOP-9 and 1 more, which nothing here brings first"]


def test_a_flag_is_a_fault_of_its_own() -> None:
    (found,) = findings(WAITS(), item(1, links=(), flagged=True))
    assert (found.part, found.severity) == ("flag", Severity.WARNING)
