from backlint.example import item
from backlint.finding import Severity
from backlint.health.readiness import not_ready, plannable, runway
from backlint.model import Band, Estimate, Kind, Stage
from tests.health.made import backlog, backlog_of, finding


def test_what_lacks_something_or_does_not_fit_is_not_ready() -> None:
    first, second, third, fourth = (item(n) for n in range(1, 5))
    found = [
        finding(first),
        finding(second, family="size", severity=Severity.WARNING),
        finding(third, severity=Severity.INFO),
        finding(fourth, family="staleness"),
    ]
    assert not_ready(found) == {first.id, second.id}


def test_planning_draws_from_waiting_items_that_contain_no_others() -> None:
    log = backlog(
        item(1, stage=Stage.DOING), item(2, kind=Kind.EPIC), item(3, kind=Kind.SUBTASK), item(4), item(5, rank=None)
    )
    assert [each.rank for each in plannable(log, Band.NEXT)] == [4]


def test_runway_is_the_ready_work_at_this_velocity() -> None:
    log = backlog(*(item(n, estimate=Estimate(value=5)) for n in range(1, 5)), velocity=10)
    near = runway(log, frozenset({log.items[0].id}))
    assert (near.items, near.work, near.sprints, near.looked_at) == (3, 15, 1.5, 4)


def test_without_a_pace_runway_counts_items_only() -> None:
    near = runway(backlog_of(3), frozenset())
    assert (near.items, near.sprints) == (3, None)


def test_beyond_soon_nothing_is_known() -> None:
    assert runway(backlog_of(100), frozenset()).looked_at == 40
