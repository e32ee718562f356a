from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from backlint.example import NOW, ago, item
from backlint.health.history import WEEKS, ages, weeks
from backlint.model import Band, Item, Stage
from tests.health.made import backlog

ever = st.integers(-2, 1500)


def made(created: int, lived: int, is_done: bool) -> Item:
    """An item of any age; a tracker's clock may run ahead."""
    number = (created + 2) * 10_000 + (lived + 2) * 2 + is_done + 1
    if is_done:
        return item(number, created=ago(created), stage=Stage.DONE, closed=ago(created - lived), rank=None)
    return item(number, created=ago(created))


items = st.lists(st.builds(made, ever, ever, st.booleans()), max_size=30, unique_by=lambda each: each.id)


@given(items)
def test_every_open_item_has_one_age(some: list[Item]) -> None:
    log = backlog(*some)
    counted = ages(log)
    assert sum(group.total for group in counted.groups) == len(log.open)
    assert all(sum(group.bands.values()) + group.unranked == group.total for group in counted.groups)


def test_ages_are_held_against_what_was_finished() -> None:
    done = [item(n, rank=None, stage=Stage.DONE, created=ago(50 + n), closed=ago(50)) for n in range(1, 21)]
    counted = ages(backlog(*done, item(30, created=ago(16)), item(31, created=ago(17)), item(32, created=ago(400))))
    assert (counted.finished, counted.finished_half_days, counted.finished_most_days) == (20, 10, 17)
    assert counted.older_than_most == 1
    assert counted.median_days == 17


def test_a_few_finished_items_say_nothing() -> None:
    done = [item(n, rank=None, stage=Stage.DONE, created=ago(60), closed=ago(50)) for n in range(1, 9)]
    counted = ages(backlog(*done, item(30)))
    assert (counted.finished_most_days, counted.older_than_most) == (None, 0)


def test_groups_are_stacked_by_band() -> None:
    counted = ages(backlog(*(item(n, created=ago(10)) for n in range(1, 13)), item(13, rank=None, created=ago(10))))
    (group,) = [group for group in counted.groups if group.total]
    assert (group.bands[Band.NEXT], group.bands[Band.SOON], group.unranked) == (10, 2, 1)


def test_weeks_count_what_came_and_went() -> None:
    log = backlog(
        item(1, created=ago(3)),
        item(2, created=ago(10), stage=Stage.DONE, closed=ago(2), rank=None),
        item(3, created=ago(300), stage=Stage.DROPPED, closed=ago(9), rank=None),
        item(4, created=ago(300)),
    )
    told = weeks(log)
    assert len(told) == WEEKS
    assert (told[-1].created, told[-1].done, told[-1].dropped, told[-1].open) == (1, 1, 0, 2)
    assert (told[-2].created, told[-2].done, told[-2].dropped, told[-2].open) == (1, 0, 1, 2)
    assert told[0].open == 2
    assert told[-1].start == (NOW - timedelta(weeks=1)).date()


@given(items)
def test_what_is_open_follows_from_what_came_and_went(some: list[Item]) -> None:
    possible = [each for each in some if each.closed is None or each.closed >= each.created]
    for before, week in pairwise(weeks(backlog(*possible))):
        assert week.open == before.open + week.created - week.done - week.dropped
