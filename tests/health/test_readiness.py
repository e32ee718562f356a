from backlint.example import PERSON, item
from backlint.finding import Severity
from backlint.health import NextItem
from backlint.health.demands import Demands
from backlint.health.readiness import lacks, near, runway
from backlint.model import EMPTY, Backlog, Band, Estimate, Kind, Stage
from tests.health.made import backlog, backlog_of, finding


def coming(log: Backlog) -> tuple[NextItem, ...]:
    return near(log, ())[Band.NEXT]


def test_what_lacks_something_or_does_not_fit_is_not_ready() -> None:
    story = item(1)
    heavy, too_large = finding(story), finding(story, family="size", severity=Severity.WARNING)
    others = [finding(story, severity=Severity.INFO), finding(story, family="staleness")]
    assert lacks(story, [heavy, too_large, *others]) == (heavy, too_large)


def test_a_bug_that_nobody_can_repeat_is_not_ready() -> None:
    vague = finding(item(1), rule="bug-report", family="content")
    assert lacks(item(1, kind=Kind.BUG), [vague]) == (vague,)
    assert not lacks(item(1), [vague])


def test_a_team_may_ask_for_something_else() -> None:
    heavy, stale = finding(item(1)), finding(item(1), family="staleness")
    assert lacks(item(1), [heavy, stale], Demands(rules=frozenset({"staleness"}))) == (stale,)


def test_planning_draws_from_waiting_items_that_contain_no_others() -> None:
    log = backlog(
        item(1, stage=Stage.DOING), item(2, kind=Kind.EPIC), item(3, kind=Kind.SUBTASK), item(4), item(5, rank=None)
    )
    assert [each.subject.key for each in coming(log)] == ["SHOP-4"]


def test_each_says_how_large_it_is_and_whose() -> None:
    first, second = coming(backlog(item(1, estimate=Estimate(value=5), author=PERSON), item(2, estimate=EMPTY)))
    assert (first.size, first.who) == ("5 points", ("Robin",))
    assert (second.size, second.who) == (None, ())


def test_runway_is_the_ready_work_at_this_velocity() -> None:
    log = backlog(*(item(n, estimate=Estimate(value=5)) for n in range(1, 5)), velocity=10)
    told = runway(log, near(log, [finding(log.items[0])]))
    assert (told.items, told.work, told.sprints, told.looked_at) == (3, 15, 1.5, 4)


def test_without_a_pace_runway_counts_items_only() -> None:
    log = backlog_of(3)
    told = runway(log, near(log, ()))
    assert (told.items, told.sprints) == (3, None)


def test_beyond_soon_nothing_is_known() -> None:
    log = backlog_of(100)
    assert runway(log, near(log, ())).looked_at == 40
