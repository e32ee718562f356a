from datetime import timedelta

from backlint.example import NOW, ago, item
from backlint.forecast import pace_of
from backlint.model import EMPTY, Estimate, Item, Kind, Sprint, SprintState, Stage, Unit

SPRINTS = [
    Sprint(id=f"s{n}", name=f"S{n}", state=SprintState.CLOSED, start=ago(7 * n + 7), end=ago(7 * n)) for n in range(4)
]


def done(number: int, days_ago: float, points: float | None = None, **fields: object) -> Item:
    estimate = EMPTY if points is None else Estimate(value=points)
    told = {"stage": Stage.DONE, "closed": ago(days_ago), "created": ago(400), "estimate": estimate}
    return item(number, **(told | fields))


def test_what_the_tracker_tells_wins_and_the_last_six_count() -> None:
    items = [done(n, n) for n in range(1, 20)]
    pace = pace_of(items, [], NOW, told=(99, 99, 10, 20, 30, 20, 10, 24))
    assert pace
    assert (pace.per_sprint, pace.samples) == (20, (10, 20, 30, 20, 10, 24))
    assert pace.origin == "the median of the last 6 sprints, as the tracker tells"


def test_from_finished_sprints_in_points() -> None:
    items = [done(n, n - 0.5, 2) for n in range(1, 29)]
    pace = pace_of(items, SPRINTS, NOW)
    assert pace
    assert list(pace.samples) == [14] * 4
    assert pace.origin == "the median of the last 4 sprints"
    assert (pace.per_sprint, pace.unit, pace.sprint) == (14, Unit.POINTS, timedelta(days=7))


def test_where_few_finished_items_are_estimated_items_are_counted() -> None:
    items = [done(n, n - 0.5, 2 if n % 2 else None) for n in range(1, 29)]
    pace = pace_of(items, SPRINTS, NOW)
    assert pace
    assert (pace.per_sprint, pace.unit) == (7, Unit.ITEMS)


def test_without_sprints_fortnights_are_counted() -> None:
    items = [done(n, 3 * n) for n in range(1, 29)]
    pace = pace_of(items, [], NOW)
    assert pace
    assert pace.unit is Unit.ITEMS
    assert (len(pace.samples), pace.sprint) == (6, timedelta(weeks=2))
    assert 4 <= pace.per_sprint <= 5
    assert pace.origin == "the median of the last 6 times 2 weeks"


def test_dropped_items_epics_and_old_ones_are_no_work_done() -> None:
    dropped = [done(n, n, stage=Stage.DROPPED) for n in range(1, 30)]
    epics = [done(n, n, kind=Kind.EPIC) for n in range(30, 60)]
    old = [done(n, 200) for n in range(60, 90)]
    assert pace_of([*dropped, *epics, *old], [], NOW) is None


def test_too_short_a_past_is_no_pace() -> None:
    assert pace_of([done(n, n) for n in range(1, 6)], SPRINTS, NOW) is None
    assert pace_of([], [], NOW, told=(0, 0, 0)) is None
