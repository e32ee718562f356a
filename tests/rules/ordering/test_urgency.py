"""Dates, dependencies, moves in time, and what stands where it cannot be planned."""

from datetime import timedelta

from backlint.catalog import load
from backlint.example import NOW, PERSON, ago, happened, item
from backlint.finding import Severity
from backlint.model import (
    EMPTY,
    Band,
    Estimate,
    Happening,
    Item,
    Kind,
    Link,
    LinkKind,
    Pace,
    Person,
    Priority,
    Sprint,
    SprintState,
    Stage,
)
from backlint.rule import Rule
from tests.rules.asking import facts, findings, missing

URGENT = load(Rule, "urgent-but-buried")
BLOCKED = load(Rule, "blocked-above-blocker")
RINGS = load(Rule, "dependency-cycle")
STALE = load(Rule, "stale-order")
MIXED = load(Rule, "mixed-levels")
INFLATED = load(Rule, "priority-inflation")
PACE = Pace(per_sprint=10, samples=(10, 10), origin="the median of the last 2 sprints")


def due_in(days: int) -> dict[str, object]:
    return {"due": (NOW + timedelta(days=days)).date(), "estimate": Estimate(value=10)}


def waits_for(*numbers: int) -> tuple[Link, ...]:
    return tuple(Link(kind=LinkKind.BLOCKED_BY, target=f"example:{n}", key=f"SHOP-{n}") for n in numbers)


def queue(length: int) -> list[Item]:
    return [item(n, estimate=Estimate(value=10), due=EMPTY) for n in range(1, length + 1)]


def test_a_date_is_held_against_the_forecast() -> None:
    (found,) = findings(URGENT(), *queue(5), item(6, **due_in(60)), pace=PACE)
    assert str(found) == "SHOP-6 is due on 2027-01-21, and from rank 6 it will be done about 2027-02-14"
    assert found.limit == "10 points a sprint, the median of the last 2 sprints"
    assert findings(URGENT(), *queue(3), item(4, **due_in(60)), pace=PACE) == ()


def test_what_is_in_the_running_sprint_is_not_buried() -> None:
    sprint = Sprint(id="now", name="Now", state=SprintState.ACTIVE)
    items = [*(item(n, due=EMPTY, sprints=()) for n in range(1, 40)), item(40, sprints=("now",), **due_in(5))]
    assert findings(URGENT(), *items, sprints=[sprint]) == ()


def test_a_service_level_dates_a_bug_by_its_priority() -> None:
    rule = URGENT(service_days={1: 30})
    bug = item(1, kind=Kind.BUG, due=EMPTY, priority=Priority(level=1, name="Blocker"), created=ago(40))
    assert facts(rule, bug) == ["SHOP-1 was due 10 days ago and has not been started"]
    assert findings(rule, item(1, due=EMPTY, priority=Priority(level=1, name="Blocker"), created=ago(40))) == ()


def test_dates_that_nobody_kept_are_counted_once() -> None:
    found = findings(URGENT(), *(item(n, **due_in(-100 * n)) for n in range(1, 31)))
    assert [str(it) for it in found] == [
        "30 waiting items have dates that passed more than 60 days ago: SHOP-1, SHOP-2, SHOP-3"
    ]


def test_each_blocker_below_is_a_fault_and_weighs_by_band() -> None:
    far = [item(n) for n in range(3, 41)]
    found = findings(BLOCKED(), item(1, links=waits_for(2, 40), parent=EMPTY), item(2), *far)
    assert [str(it) for it in found] == [
        "SHOP-1 stands above SHOP-2, which blocks it",
        "SHOP-1 stands above SHOP-40, which blocks it",
    ]
    assert {it.severity for it in found} == {Severity.ERROR}


def test_blockers_that_order_cannot_mend_are_left_to_others() -> None:
    ring = [item(1, links=waits_for(2), parent=EMPTY), item(2, links=waits_for(1), parent=EMPTY)]
    assert findings(BLOCKED(), *ring) == ()
    begun = [item(1, links=waits_for(2), parent=EMPTY), item(2, stage=Stage.DOING)]
    assert findings(BLOCKED(), *begun) == ()


def test_every_ring_is_named_once_from_its_oldest_item() -> None:
    items = [
        item(1, links=waits_for(2), parent=EMPTY),
        item(2, links=waits_for(3), parent=EMPTY, created=ago(90)),
        item(3, links=waits_for(1), parent=EMPTY),
        item(4, links=waits_for(5), parent=EMPTY),
        item(5, links=waits_for(4), parent=EMPTY),
    ]
    assert facts(RINGS(), *items) == [
        "SHOP-2 waits for SHOP-3, SHOP-3 for SHOP-1, and SHOP-1 for SHOP-2",
        "SHOP-4 waits for SHOP-5, and SHOP-5 for SHOP-4",
    ]


def test_a_bot_that_sorts_every_night_does_not_keep_an_order_fresh() -> None:
    bot = Person(id="b", name="sorter[bot]")
    new = [item(n, created=ago(20), events=()) for n in range(2, 10)]
    by_hand = happened(Happening.RANKED, 80, actor=PERSON)
    nightly = happened(Happening.RANKED, 1, actor=bot)
    old = item(1, created=ago(300), events=(by_hand, nightly))
    assert facts(STALE(), old, *new) == [
        "nobody has changed the order for 11 weeks; since then 8 items came in",
    ]
    assert missing(STALE(), item(1, events=(nightly,))) == ["when the order was changed"]


def test_an_epic_is_mixed_in_only_between_its_own_stories_near_the_top() -> None:
    far = [item(n) for n in range(1, 60)]
    epic = item(61, kind=Kind.EPIC)
    around = [item(60, parent=epic.id), item(62, parent=epic.id)]
    assert findings(MIXED(), *far, epic, *around) == ()
    assert len(findings(MIXED(within=Band.LATER), *far, epic, *around)) == 1


def test_inflation_is_said_before_uniformity() -> None:
    highest, low = Priority(level=1, name="Highest"), Priority(level=4, name="Low")
    mostly_highest = [item(n, priority=highest if n > 2 else low) for n in range(1, 31)]
    assert facts(INFLATED(), *mostly_highest) == ["28 of 30 waiting items have the priority Highest"]
    no_highest = [item(n, priority=low if n > 2 else Priority(level=3, name="Medium")) for n in range(1, 31)]
    assert facts(INFLATED(), *no_highest) == ["28 of 30 waiting items have the priority Low"]


def test_what_came_and_what_was_reprioritised_is_counted_apart() -> None:
    moved = item(1, created=ago(300), events=(happened(Happening.RANKED, 100),))
    came = item(2, created=ago(50), events=(happened(Happening.PRIORITISED, 40),))
    changed = [item(n, created=ago(200), events=(happened(Happening.PRIORITISED, 40 + n),)) for n in range(3, 7)]
    touched = [item(n, created=ago(200), events=(happened(Happening.PRIORITISED, 150 + n),)) for n in range(7, 20)]
    told = "nobody has changed the order for 14 weeks; since then 1 item came in and 4 priorities were changed"
    assert facts(STALE(), moved, came, *changed, *touched) == [told]
    (found,) = findings(STALE(changes=2), moved, came, changed[0])
    assert found.fact.endswith("since then 1 item came in and 1 priority was changed")
    assert found.evidence["priority_changed"] == ["SHOP-3"]
    assert findings(STALE(), moved, *changed) == ()


def test_an_order_may_stand_for_six_weeks() -> None:
    def moved(days: float) -> list[Item]:
        return [item(1, created=ago(300), events=(happened(Happening.RANKED, days),))]

    came = [item(n, created=ago(3), events=()) for n in range(2, 8)]
    assert facts(STALE(), *moved(41.9), *came) == []
    assert len(facts(STALE(), *moved(42), *came)) == 1
    unplaced = item(1, rank=None, events=(happened(Happening.RANKED, 50),))
    assert missing(STALE(), unplaced) == ["the order of the backlog"]
    assert missing(STALE(), item(1, events=())) == ["when the order was changed"]


def test_what_came_or_changed_with_the_last_move_was_seen_by_it() -> None:
    moved = item(1, created=ago(300), events=(happened(Happening.RANKED, 60),))
    came = [item(n, created=ago(60), events=()) for n in range(2, 8)]
    changed = [item(n, created=ago(200), events=(happened(Happening.PRIORITISED, 60),)) for n in (9, 10)]
    assert facts(STALE(changes=1), moved, *came) == []
    assert facts(STALE(changes=1), moved, *changed) == []


def test_epics_among_their_stories_are_named_three_at_most() -> None:
    def epic(number: int, rank: int, *children: int) -> list[Item]:
        held = [item(100 + n, rank=n, parent=f"example:{number}") for n in children]
        return [item(number, rank=rank, kind=Kind.EPIC, parent=EMPTY), *held]

    assert facts(MIXED(), *epic(1, 2, 1, 3)) == ["an epic stands among its own stories in the order: SHOP-1"]
    four = [each for n in range(4) for each in epic(n + 1, 3 * n + 2, 3 * n + 1, 3 * n + 3)]
    assert facts(MIXED(), *four) == ["4 epics stand among their own stories in the order: SHOP-1, SHOP-2, SHOP-3"]
    assert facts(MIXED(), *epic(1, 1, 2, 3)) == facts(MIXED(), *epic(1, 3, 1, 2)) == []
    assert facts(MIXED(), *epic(1, 2, 2, 3)) == facts(MIXED(), *epic(1, 3, 2, 3)) == []
    assert facts(MIXED(), *epic(1, 2, 3), item(101, stage=Stage.DOING, rank=1, parent="example:1")) == []
