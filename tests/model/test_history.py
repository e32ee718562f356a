"""What a team's own past says, and whose figure each limit is."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.example import NOW, ago, happened, item
from backlint.model import Backlog, Event, Happening, Item, Kind, Stage
from backlint.model.history import (
    ENOUGH_FINISHED,
    IN_PROGRESS_DAYS,
    UNLIKELY_DAYS,
    History,
    closed_at,
    percentile,
    spells,
    time_in_progress,
)

DAY = timedelta(days=1)


def staged(days_ago: float, stage: Stage) -> Event:
    return happened(Happening.STAGED, days_ago, stage=stage)


def worked(number: int, days: float, finished: float = 30) -> Item:
    events = (staged(finished + days, Stage.DOING), staged(finished, Stage.DONE))
    return item(number, rank=None, stage=Stage.DONE, created=ago(400), closed=ago(finished), events=events)


def done(number: int, created: float, closed: float, stage: Stage = Stage.DONE) -> Item:
    return item(number, rank=None, stage=stage, created=ago(created), closed=ago(closed))


def test_spells_follow_each_other() -> None:
    events = (staged(1, Stage.DONE), staged(9, Stage.DOING), staged(7, Stage.DOING), staged(5, Stage.SELECTED))
    found = spells(item(events=events))
    assert [(spell.stage, spell.start, spell.end) for spell in found] == [
        (Stage.DOING, ago(9), ago(5)),
        (Stage.SELECTED, ago(5), ago(1)),
        (Stage.DONE, ago(1), None),
    ]


@pytest.mark.parametrize(
    ("events", "days"),
    [
        (None, None),
        ((), None),
        ((staged(9, Stage.SELECTED),), None),
        ((staged(9, Stage.DOING),), 9),
        ((staged(9, Stage.DOING), staged(7, Stage.BACKLOG), staged(2, Stage.DOING)), 4),
        ((staged(-1, Stage.DOING),), 0),
    ],
)
def test_time_in_progress_is_the_sum_of_its_spells(events: tuple[Event, ...] | None, days: float | None) -> None:
    assert time_in_progress(item(events=events), NOW) == (None if days is None else days * DAY)


def test_when_an_item_was_closed() -> None:
    assert closed_at(item()) is None
    assert closed_at(done(1, 30, 3)) == ago(3)
    assert closed_at(item(stage=Stage.DONE, events=(staged(4, Stage.DONE),))) == ago(4)
    assert closed_at(item(stage=Stage.DONE, events=(staged(4, Stage.DOING),))) is None
    assert closed_at(item(stage=Stage.DROPPED, events=None)) is None


@given(st.lists(st.floats(0, 1000), min_size=1), st.floats(0, 1))
def test_a_percentile_is_not_exceeded_by_that_share(values: list[float], share: float) -> None:
    limit = percentile(values, share)
    assert limit in values
    assert sum(value <= limit for value in values) >= share * len(values)
    assert sum(value < limit for value in values) <= share * len(values)


def test_time_in_progress_is_the_teams_own_where_there_is_enough() -> None:
    own = History([worked(n, days=n) for n in range(1, 21)], NOW).in_progress
    assert (own.value, own.n, own.is_own) == (17, 20, True)
    assert own.origin == "85 % of the 20 items that this team finished in the last year took less"


@pytest.mark.parametrize(
    "items",
    [
        [worked(n, days=n) for n in range(1, ENOUGH_FINISHED)],
        [worked(n, days=n, finished=370) for n in range(1, 40)],
        [done(n, 400, 30) for n in range(1, 40)],
    ],
    ids=["too few", "too long ago", "no history"],
)
def test_else_it_is_the_usual_one(items: list[Item]) -> None:
    usual = History(items, NOW).in_progress
    assert (usual.value, usual.is_own) == (IN_PROGRESS_DAYS, False)


def test_what_was_closed_lately_was_done_or_dropped() -> None:
    items = [done(1, 90, 1), done(2, 90, 6.9), done(3, 90, 8), done(4, 90, 2, Stage.DROPPED), done(5, 90, -1)]
    history = History(items, NOW)
    assert [each.key for each in history.closed_within(7 * DAY)] == ["SHOP-2", "SHOP-4", "SHOP-1"]
    assert [each.key for each in history.done_within(7 * DAY)] == ["SHOP-2", "SHOP-1"]
    assert len(list(history.came_within(91 * DAY))) == 5
    assert not list(history.came_within(89 * DAY))


def test_without_dates_nothing_is_counted() -> None:
    undated = [item(n, stage=Stage.DONE) for n in range(1, 5)]
    history = History([*undated, done(9, 40, 3)], NOW)
    assert history.lacks_dates
    assert not History([item(1)], NOW).lacks_dates, "nothing was closed, so nothing lacks a date"


def test_epics_count_nowhere() -> None:
    epic = item(1, kind=Kind.EPIC, stage=Stage.DONE, created=ago(50), closed=ago(3))
    history = History([epic], NOW)
    assert not list(history.done_within(30 * DAY))
    assert not list(history.came_within(60 * DAY))


def past(unlucky: int, lucky: int) -> list[Item]:
    """So many items that were 400 days old a year ago and are still open, and so many that were done since."""
    busy = [done(1000 + n, 300, 100) for n in range(ENOUGH_FINISHED)]
    still_open = [item(n, created=ago(765)) for n in range(1, unlucky + 1)]
    finished = [done(500 + n, 765, 200) for n in range(lucky)]
    return [*busy, *still_open, *finished, done(5000, 900, 380)]


def test_the_unlikely_age_is_the_teams_own_where_its_past_reaches_back() -> None:
    limit = History(past(unlucky=97, lucky=3), NOW).unlikely_age
    assert limit
    assert (limit.value, limit.n) == (365, 100)
    assert limit.origin == "of this team's 100 items that were as old a year ago, 3 were done since"


def test_where_old_items_are_done_no_age_is_unlikely_before_the_usual_one() -> None:
    limit = History(past(unlucky=60, lucky=40), NOW).unlikely_age
    assert limit
    assert (limit.value, limit.is_own) == (UNLIKELY_DAYS, False)


def test_where_even_the_oldest_are_done_no_age_is_unlikely() -> None:
    old = [done(2000 + n, 365 + 800, 100) for n in range(40)]
    assert History([*past(unlucky=0, lucky=40), *old], NOW).unlikely_age is None


def test_a_past_that_was_only_read_in_part_gives_no_age() -> None:
    recent = [each for each in past(unlucky=97, lucky=3) if each.closed is None or each.closed > ago(300)]
    limit = History(recent, NOW).unlikely_age
    assert limit
    assert not limit.is_own


@given(st.permutations(past(unlucky=12, lucky=3)))
def test_the_past_does_not_depend_on_the_order_of_reading(items: list[Item]) -> None:
    there, back = Backlog(items, now=NOW).history, Backlog(items[::-1], now=NOW).history
    assert there.closings == back.closings
    assert there.unlikely_age == back.unlikely_age
    assert there.in_progress == back.in_progress
