from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from backlint.example import NOW, ago, item
from backlint.model import (
    EMPTY,
    Backlog,
    Band,
    BandWidths,
    Estimate,
    Item,
    Kind,
    Pace,
    Sprint,
    SprintState,
    Stage,
    Unit,
)

WIDTHS = BandWidths(next_items=2, soon_items=3, later_items=4)


def points(number: int, value: float | None, **fields: object) -> Item:
    return item(number, **({"estimate": EMPTY if value is None else Estimate(value=value)} | fields))


def bands(items: list[Item], **settings: object) -> list[Band | None]:
    backlog = Backlog(items, now=NOW, **({"widths": WIDTHS} | settings))  # type: ignore[arg-type]  # settings by name
    return [backlog.band(it) for it in items]


def test_without_a_pace_items_are_counted() -> None:
    cut = bands([item(n) for n in range(1, 11)])
    assert cut == [Band.NEXT] * 2 + [Band.SOON] * 3 + [Band.LATER] * 4 + [Band.ICEBOX]


def test_with_a_velocity_the_work_above_decides() -> None:
    items = [points(n, 5) for n in range(1, 28)]
    cut = bands(items, velocity=10)
    assert [cut.count(band) for band in Band] == [2, 6, 16, 3]


def test_what_has_no_estimate_counts_as_the_median() -> None:
    items = [points(1, 8), points(2, None), points(3, 2), points(4, 3), points(5, 2)]
    assert bands(items, velocity=10)[:3] == [Band.NEXT, Band.NEXT, Band.SOON]


def test_a_pace_in_items_needs_no_estimates() -> None:
    pace = Pace(per_sprint=3, unit=Unit.ITEMS)
    assert bands([item(n) for n in range(1, 6)], pace=pace) == [Band.NEXT] * 3 + [Band.SOON] * 2


def test_where_estimates_are_not_told_a_velocity_in_points_cuts_nothing() -> None:
    assert bands([item(n) for n in range(1, 4)], velocity=10) == [None] * 3


def test_where_nobody_has_begun_to_estimate_items_are_counted() -> None:
    assert bands([points(n, None) for n in range(1, 4)], velocity=10) == [Band.NEXT, Band.NEXT, Band.SOON]


def test_the_coming_sprint_is_next_wherever_its_items_stand() -> None:
    sprints = (
        Sprint(id="now", name="Now", state=SprintState.ACTIVE, start=ago(3)),
        Sprint(id="then", name="Then", state=SprintState.FUTURE, start=ago(-10)),
        Sprint(id="far", name="Far", state=SprintState.FUTURE, start=ago(-30)),
    )
    items = [item(n, sprints=()) for n in range(1, 11)]
    items += [item(n, sprints=(each,)) for n, each in ((11, "now"), (12, "then"), (13, "far"))]
    assert bands(items, sprints=sprints)[-3:] == [Band.NEXT, Band.NEXT, Band.ICEBOX]


def test_where_sprints_are_not_told_of_items_no_place_is_known() -> None:
    sprint = Sprint(id="now", name="Now", state=SprintState.ACTIVE)
    assert bands([item(1), item(2, sprints=())], sprints=[sprint]) == [None, Band.NEXT]


def test_work_that_has_begun_is_next_and_finished_work_is_nowhere() -> None:
    items = [item(1, stage=Stage.DOING, rank=None), item(2, stage=Stage.DONE), item(3, stage=Stage.DROPPED)]
    assert bands(items) == [Band.NEXT, None, None]


def test_an_epic_is_as_near_as_its_nearest_child_and_a_subtask_as_its_parent() -> None:
    items = [
        *(item(n) for n in range(1, 6)),
        item(6, parent="example:8"),
        item(7, kind=Kind.SUBTASK, parent="example:1"),
        item(8, kind=Kind.EPIC),
        item(9, kind=Kind.EPIC),
    ]
    assert bands(items)[5:] == [Band.LATER, Band.NEXT, Band.LATER, None]


@given(st.lists(st.none() | st.integers(0, 40), max_size=40), st.none() | st.integers(1, 60))
def test_bands_never_come_back_on_the_way_down(sizes: list[int | None], velocity: int | None) -> None:
    items = [points(n, size) for n, size in enumerate(sizes, 1)]
    depths = [band.depth for band in bands(items, velocity=velocity) if band is not None]
    assert depths == sorted(depths)
    assert len(depths) == len(items)


def test_a_pace_says_itself_in_words() -> None:
    assert str(Pace(per_sprint=21.0)) == "21 points a sprint"
    assert Pace(per_sprint=1).sprint == timedelta(weeks=2)
