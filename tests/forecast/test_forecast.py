from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from backlint.example import NOW, item
from backlint.forecast import Forecast, Span
from backlint.model import Backlog, Estimate, Item, Pace, Stage

STEADY = Pace(per_sprint=10, samples=(10, 10, 10))
UNEVEN = Pace(per_sprint=10, samples=(2, 10, 10, 18))


def points(number: int, value: float, **fields: object) -> Item:
    return item(number, estimate=Estimate(value=value), **fields)


def after(sprints: int) -> Span:
    day = (NOW + sprints * timedelta(weeks=2)).date()
    return Span(day, day)


def test_a_steady_team_finishes_as_reckoned() -> None:
    items = [points(n, 5) for n in range(1, 8)]
    forecast = Forecast(Backlog(items, now=NOW, pace=STEADY))
    assert [forecast.of(it) for it in items] == [after(n) for n in (1, 1, 2, 2, 3, 3, 4)]


def test_work_that_has_begun_comes_first() -> None:
    items = [points(1, 5), points(2, 10, stage=Stage.DOING, rank=None)]
    assert Forecast(Backlog(items, now=NOW, pace=STEADY)).of(items[0]) == after(2)


def test_the_safe_date_of_an_uneven_team_is_later() -> None:
    span = Forecast(Backlog([], now=NOW, pace=UNEVEN)).when(60)
    assert span
    assert span.likely
    assert span.safe
    assert after(5).likely < span.likely < span.safe  # type: ignore[operator]  # a date it is


def test_without_pace_order_or_sizes_nothing_is_foretold() -> None:
    lone = points(1, 5)
    assert Forecast(Backlog([lone], now=NOW)).of(lone) is None
    unranked = points(1, 5, rank=None)
    assert Forecast(Backlog([unranked], now=NOW, pace=STEADY)).of(unranked) is None
    unsized = item(1)
    assert Forecast(Backlog([unsized], now=NOW, pace=STEADY)).of(unsized) is None


def test_what_would_take_decades_has_no_date() -> None:
    assert Forecast(Backlog([], now=NOW, pace=STEADY)).when(100_000) == Span(None, None)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6).filter(any), st.integers(1, 300), st.integers(0, 100))
def test_more_work_is_never_done_earlier_and_the_answer_is_always_the_same(
    samples: list[int], amount: int, more: int
) -> None:
    pace = Pace(per_sprint=10, samples=tuple(samples))
    forecast = Forecast(Backlog([], now=NOW, pace=pace))
    spans = [forecast.when(amount), forecast.when(amount + more)]
    days = [[date.toordinal() if date else 10**9 for date in (it.likely, it.safe)] for it in spans if it]
    assert days[0][0] <= days[0][1]
    assert days[0] <= days[1]
    assert Forecast(Backlog([], now=NOW, pace=pace)).when(amount) == spans[0]
