"""The backlog as a whole, beyond the examples."""

from typing import Any

import pytest

from backlint.example import PERSON, ago, happened, item
from backlint.model import (
    EMPTY,
    Estimate,
    Event,
    Happening,
    Item,
    Kind,
    Link,
    LinkKind,
    Pace,
    People,
    Person,
    Sprint,
    SprintState,
    Stage,
    Unit,
)
from backlint.rules.flow.backlog_too_long import BacklogTooLong
from backlint.rules.flow.done_but_open import DoneButOpen
from backlint.rules.flow.inflow_over_outflow import InflowOverOutflow
from backlint.rules.flow.kind_mix import Bounds, KindMix
from backlint.rules.flow.open_under_done import OpenUnderDone
from backlint.rules.flow.overcommitted_sprint import OvercommittedSprint
from backlint.rules.flow.too_much_in_progress import TooMuchInProgress
from backlint.rules.flow.unowned_backlog import UnownedBacklog
from backlint.rules.flow.untracked_work import UntrackedWork
from backlint.rules.flow.untriaged_inbox import UntriagedInbox
from tests.rules.asking import facts, findings, missing

KIM, LEE = Person(id="kim", name="Kim"), Person(id="lee", name="Lee")


def waiting(count: int, **fields: Any) -> list[Item]:
    return [item(number, **fields) for number in range(1, count + 1)]


def done(count: int, days: float = 10, **fields: Any) -> list[Item]:
    return [
        item(1000 + n, rank=None, **{"stage": Stage.DONE, "created": ago(300), "closed": ago(days), **fields})
        for n in range(count)
    ]


def test_the_length_is_what_waits_over_what_is_done() -> None:
    [found] = findings(BacklogTooLong(), *waiting(120), *done(24))
    assert found.fact == "The backlog holds 14 months of work"
    assert found.limit == "12 months; 120 items wait, 24 were done in 12 weeks"


def test_only_what_is_planned_by_itself_makes_the_length() -> None:
    assert not facts(BacklogTooLong(), *waiting(120, kind=Kind.EPIC), *done(24))
    assert missing(BacklogTooLong(), *waiting(120), *done(24, kind=Kind.SUBTASK)) == [
        "items finished in the last 12 weeks"
    ]
    assert missing(BacklogTooLong(), *waiting(120), *done(24, days=100)) == ["items finished in the last 12 weeks"]


def test_items_without_a_closing_date_make_no_pace() -> None:
    undated = [item(2000 + n, rank=None, stage=Stage.DONE) for n in range(20)]
    assert missing(BacklogTooLong(), *waiting(120), *done(24), *undated) == ["items finished in the last 12 weeks"]
    assert missing(InflowOverOutflow(), *waiting(120), *done(24), *undated) == ["when items were closed"]


def test_dropping_is_a_way_out() -> None:
    new = waiting(30, created=ago(20))
    assert facts(InflowOverOutflow(), *new, *done(5)) == ["In 12 weeks 30 items came in and 5 went out"]
    assert not facts(InflowOverOutflow(), *new, *done(5), *done(20, stage=Stage.DROPPED))


def test_small_growth_is_left_alone() -> None:
    assert not facts(InflowOverOutflow(), *waiting(9, created=ago(20)), *done(1, days=200))


def test_the_team_sets_the_bounds_of_its_mix() -> None:
    wanted = KindMix(bounds={Kind.DEBT: Bounds(at_least=0.1), Kind.SPIKE: Bounds(at_most=0.2)})
    stories = waiting(16)
    spikes = [item(100 + n, kind=Kind.SPIKE) for n in range(9)]
    assert facts(wanted, *stories, *spikes) == [
        "0% of the waiting items are of the kind debt",
        "36% of the waiting items are of the kind spike",
    ]
    assert not facts(wanted, *stories, *[item(100 + n, kind=Kind.DEBT) for n in range(9)])


def test_bounds_must_be_in_order() -> None:
    with pytest.raises(ValueError, match="at_least is above at_most"):
        Bounds(at_least=0.5, at_most=0.2)


def blank(number: int, *events: Event, **fields: Any) -> Item:
    nothing = {"labels": frozenset[str](), "assignees": (), "themes": (), "parent": EMPTY, "author": PERSON}
    return item(number, **{**nothing, "created": ago(30), "events": events, **fields})


@pytest.mark.parametrize(
    "fields",
    [
        {"labels": frozenset({"ui"})},
        {"assignees": (KIM,)},
        {"themes": ("v1",)},
        {"parent": "example:99"},
        {"stage": Stage.SELECTED},
        {"author": Person(id="lee", name="Lee", on_team=True)},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_somebody_has_looked(fields: dict[str, Any]) -> None:
    assert facts(UntriagedInbox(), *(blank(n) for n in range(1, 7)))
    assert not facts(UntriagedInbox(), *(blank(n, **fields) for n in range(1, 7)))


@pytest.mark.parametrize(
    "look", [{"what": Happening.PRIORITISED}, {"what": Happening.COMMENTED, "actor": KIM}], ids=["triage", "a word"]
)
def test_somebody_has_done_something(look: dict[str, Any]) -> None:
    assert not facts(UntriagedInbox(), *(blank(n, happened(days_ago=n, **look)) for n in range(1, 7)))


def test_an_authors_second_thought_is_no_look() -> None:
    items = [blank(n, happened(Happening.COMMENTED, n), created=ago(30 + n)) for n in range(1, 7)]
    [found] = findings(UntriagedInbox(), *items)
    assert found.fact == "6 items wait for a first look, SHOP-6 since 2026-10-17"
    assert found.evidence["keys"] == [f"SHOP-{n}" for n in range(6, 0, -1)]


def doing(number: int, *people: Person) -> Item:
    return item(number, stage=Stage.DOING, assignees=people)


def test_work_in_progress_is_counted_against_those_who_hold_it() -> None:
    held = [doing(n, KIM) for n in range(1, 4)]
    assert not facts(TooMuchInProgress(), *held, doing(4, LEE))
    told = facts(TooMuchInProgress(), *held, doing(4, KIM), doing(5))
    assert told == ["5 items are in progress, held by one person"]
    assert missing(TooMuchInProgress(), *(doing(n) for n in range(1, 7))) == ["who works on what is in progress"]


def sprint(name: str, state: SprintState, starts_in: float) -> Sprint:
    return Sprint(id=name, name=name, state=state, start=ago(-starts_in), end=ago(-starts_in - 14))


def test_the_running_and_the_coming_sprint_are_weighed() -> None:
    sprints = [
        sprint("old", SprintState.CLOSED, -30),
        sprint("now", SprintState.ACTIVE, -3),
        sprint("next", SprintState.FUTURE, 11),
        sprint("far", SprintState.FUTURE, 25),
    ]
    items = [
        item(n, sprints=(name,), estimate=Estimate(value=30)) for n, name in enumerate(("old", "now", "next", "far"), 1)
    ]
    told = facts(OvercommittedSprint(), *items, sprints=sprints, velocity=20)
    assert sorted(told) == ["next holds 30 points", "now holds 30 points"]


def test_what_has_no_estimate_is_told_beside_and_what_was_dropped_is_not_counted() -> None:
    sprints = [sprint("now", SprintState.ACTIVE, -3)]
    items = [
        item(1, sprints=("now",), estimate=Estimate(value=30)),
        item(2, sprints=("now",), estimate=EMPTY),
        item(3, sprints=("now",), estimate=Estimate(value=9), stage=Stage.DROPPED),
        item(4, sprints=("now",), estimate=Estimate(value=4), kind=Kind.SUBTASK),
    ]
    told = facts(OvercommittedSprint(), *items, sprints=sprints, velocity=20)
    assert told == ["now holds 30 points, and 1 more without an estimate"]
    assert not facts(OvercommittedSprint(), *items[1:], sprints=sprints, velocity=20)


def test_a_team_that_does_not_estimate_is_weighed_by_items() -> None:
    sprints = [sprint("now", SprintState.ACTIVE, -3)]
    items = [item(n, sprints=("now",)) for n in range(1, 10)]
    pace = Pace(per_sprint=6, unit=Unit.ITEMS, origin="the median of the last 6 sprints")
    [found] = findings(OvercommittedSprint(), *items, sprints=sprints, pace=pace)
    assert found.fact == "now holds 9 items"
    assert found.limit == "6 items a sprint: the median of the last 6 sprints"


def requests(*stages: Stage | None) -> tuple[Link, ...]:
    return tuple(
        Link(kind=LinkKind.PULL_REQUEST, target=f"https://x.example/pull/{n}", key=f"#{n}", stage=stage)
        for n, stage in enumerate(stages, 1)
    )


@pytest.mark.parametrize(
    ("stages", "told"),
    [
        ((Stage.DONE,), ["SHOP-1 is open, but #1 is merged, and nothing has happened for 90 days"]),
        (
            (Stage.DONE, Stage.DROPPED, Stage.DONE),
            ["SHOP-1 is open, but #1, #3 are merged, and nothing has happened for 90 days"],
        ),
        ((Stage.DROPPED,), []),
        ((Stage.DONE, Stage.DOING), []),
        ((Stage.DONE, None), []),
    ],
)
def test_merged_and_nothing_left(stages: tuple[Stage | None, ...], told: list[str]) -> None:
    assert facts(DoneButOpen(), item(1, created=ago(90), links=requests(*stages), events=())) == told


def test_everything_below_is_done() -> None:
    epic = item(1, kind=Kind.EPIC, created=ago(90), links=(), events=())
    below = [item(n, rank=None, parent=epic.id, stage=Stage.DONE, closed=ago(8 + n)) for n in (2, 3)]
    told = facts(DoneButOpen(), epic, *below)
    assert told == ["SHOP-1 is open, but all 2 items below it are closed, and nothing has happened for 10 days"]
    assert not facts(DoneButOpen(), epic, below[0])
    undated = [item(n, rank=None, parent=epic.id, stage=Stage.DONE) for n in (2, 3)]
    assert missing(DoneButOpen(), epic, *undated) == ["when the items below it were closed"]


def test_under_what_was_dropped_another_rule_speaks() -> None:
    parent = item(2, kind=Kind.EPIC, stage=Stage.DROPPED, parent=EMPTY)
    assert not facts(OpenUnderDone(), item(1, parent=parent.id), parent)


def begun_at_once(number: int, **fields: Any) -> Item:
    event = happened(Happening.STAGED, 29.99, stage=Stage.DONE)
    return item(
        number,
        **{"rank": None, "stage": Stage.DONE, "created": ago(30), "closed": ago(9), "events": (event,), **fields},
    )


def test_bugs_and_operations_may_come_at_once() -> None:
    assert facts(UntrackedWork(), *(begun_at_once(n) for n in range(10)))
    assert not facts(UntrackedWork(), *(begun_at_once(n, kind=Kind.BUG) for n in range(10)))


def moved(number: int, who: Person, days: float = 5) -> Item:
    return item(number, events=(happened(Happening.RANKED, days, actor=who),))


def test_owners_order_and_others_ask() -> None:
    owned = People(owners=("Kim",))
    mostly_lee = [moved(n, LEE if n > 4 else KIM, days=n) for n in range(1, 13)]
    told = facts(UnownedBacklog(), *mostly_lee, people=owned)
    assert told == ["In 90 days 8 of 12 changes of the order were made by others than its owners"]
    assert not facts(UnownedBacklog(), *mostly_lee)
    assert not facts(UnownedBacklog(), *(moved(n, KIM, days=n) for n in range(1, 13)), people=owned)


def test_old_moves_bulk_moves_and_bots_moves_do_not_count() -> None:
    crowd = [Person(id=str(n), name=str(n)) for n in range(12)]
    assert facts(UnownedBacklog(), *(moved(n, who, days=n) for n, who in enumerate(crowd, 1)))
    assert not facts(UnownedBacklog(), *(moved(n, who, days=100 + n) for n, who in enumerate(crowd, 1)))
    robots = [Person(id=str(n), name=f"{n}[bot]") for n in range(12)]
    assert not facts(UnownedBacklog(), *(moved(n, who, days=n) for n, who in enumerate(robots, 1)))
