from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from syrupy.assertion import SnapshotAssertion

from backlint.charts import (
    COLOURS,
    HEIGHT,
    WIDTH,
    Column,
    Dot,
    Part,
    Series,
    bar,
    columns,
    lines,
    ring,
    scatter,
    sparkline,
)
from tests.reports import hostile

amounts = st.floats(0, 1e6, allow_nan=False)
any_amount = st.floats(-1e6, 1e6, allow_nan=False)
groups = st.lists(
    st.builds(
        Column,
        st.text(max_size=10),
        st.lists(st.builds(Part, st.sampled_from(sorted(COLOURS)), amounts), max_size=4),
        st.lists(st.builds(Part, st.sampled_from(sorted(COLOURS)), amounts), max_size=2),
    ),
    max_size=20,
)


def svg(drawn: Markup) -> Element:
    """The chart as XML: what is no XML is an error."""
    assert isinstance(drawn, Markup)
    return fromstring(drawn)  # noqa: S314 - it is our own


def attribute(element: Element, name: str) -> float:
    return float(element.attrib[name])


def boxes(chart: Element) -> list[tuple[float, float]]:
    """The top and the height of each rectangle."""
    return [(attribute(it, "y"), attribute(it, "height")) for it in chart.iter("rect")]


def test_a_ring_is_filled_by_its_value() -> None:
    track, filled = svg(ring(25, "good", says="Score")).iter("circle")
    around = 2 * 3.14159265 * attribute(track, "r")
    length = float(filled.attrib["stroke-dasharray"].split()[0])
    assert length == pytest.approx(around / 4, abs=0.1)


@pytest.mark.parametrize(("value", "shown"), [(-5, "0"), (140, "1")])
def test_a_ring_is_never_more_than_full(value: float, shown: str) -> None:
    _, filled = svg(ring(value, "good", says="Score")).iter("circle")
    length, around = map(float, filled.attrib["stroke-dasharray"].split())
    assert length / around == float(shown)


def test_columns_stand_on_the_axis_in_proportion() -> None:
    low, high = boxes(svg(columns([Column("a", [Part("good", 2)]), Column("b", [Part("good", 4)])], says="")))
    assert high[1] == pytest.approx(2 * low[1], abs=0.2)
    assert sum(low) == pytest.approx(sum(high), abs=0.2)


def test_parts_are_stacked() -> None:
    first, second = boxes(svg(columns([Column("a", [Part("next", 3), Part("soon", 1)])], says="")))
    assert sum(second) == pytest.approx(first[0], abs=0.2)


def test_what_went_out_hangs_below_the_axis() -> None:
    above, below = boxes(svg(columns([Column("a", [Part("accent", 3)], [Part("good", 3)])], says="")))
    assert sum(above) == pytest.approx(below[0], abs=0.2)


@given(groups)
def test_no_column_leaves_the_picture(some: list[Column]) -> None:
    for top, height in boxes(svg(columns(some, says=""))):
        assert top >= -0.1
        assert top + height <= HEIGHT + 0.1


@given(st.lists(any_amount | st.none(), min_size=1, max_size=90))
def test_no_line_leaves_the_picture(values: list[float | None]) -> None:
    chart = svg(lines([Series("bad", values)], [""] * len(values), says=""))
    for line in chart.iter("polyline"):
        for point in line.attrib["points"].split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT


def test_a_value_that_is_not_known_is_left_out() -> None:
    (line,) = svg(lines([Series("bad", [1, None, 3])], ["a", "b", "c"], says="")).iter("polyline")
    assert len(line.attrib["points"].split()) == 2


def test_where_the_measure_changed_there_is_a_mark() -> None:
    chart = svg(lines([Series("bad", [1, 2, 3])], ["a", "b", "c"], marks=[1], says=""))
    assert len([it for it in chart.iter("line") if "stroke-dasharray" in it.attrib]) == 1


@given(st.lists(st.builds(Dot, any_amount, any_amount, st.sampled_from(["good", "bad"]), st.text()), max_size=30))
def test_no_dot_leaves_the_picture(points: list[Dot]) -> None:
    for dot in svg(scatter(points, says="", across="rank", up="value")).iter("circle"):
        assert 0 <= attribute(dot, "cx") <= WIDTH
        assert 0 <= attribute(dot, "cy") <= HEIGHT


@given(amounts, amounts)
def test_a_bar_is_at_most_full(value: float, more: float) -> None:
    _, filled = svg(bar(value, value + more, "bad", says="")).iter("rect")
    assert 0 <= attribute(filled, "width") <= 100


@given(st.lists(any_amount, max_size=30))
def test_a_sparkline_stays_in_its_line(values: list[float]) -> None:
    for dot in svg(sparkline(values, says="")).iter("circle"):
        assert 0 <= attribute(dot, "cy") <= 28


@pytest.mark.parametrize("words", hostile.TITLES)
def test_words_are_only_shown(words: str) -> None:
    chart = svg(columns([Column(words, [Part("good", 1)])], says=words))
    assert {it.tag for it in chart.iter()} <= {"svg", "rect", "line", "text"}
    dots = svg(scatter([Dot(1, 1, "good", words)], says=words, across=words, up=words))
    assert {it.tag for it in dots.iter()} <= {"svg", "circle", "line", "text", "title"}


def test_each_says_in_words_what_it_shows() -> None:
    for chart in (
        ring(5, "good", says="Score 5"),
        bar(1, 2, "bad", says="Score 5"),
        columns([], says="Score 5"),
        lines([], [], says="Score 5"),
        sparkline([], says="Score 5"),
        scatter([], says="Score 5", across="", up=""),
    ):
        assert svg(chart).attrib["role"] == "img"
        assert svg(chart).attrib["aria-label"] == "Score 5"


def test_each_colour_is_plain_and_has_a_class() -> None:
    for each in svg(ring(50, "fair", says="")).iter():
        if "fill" in each.attrib and each.attrib["fill"] != "none":
            assert each.attrib["fill"].startswith("#")
            assert each.attrib["class"].startswith("fill-")


def test_what_people_see(snapshot: SnapshotAssertion) -> None:
    weeks = [Column(f"w{n}", [Part("accent", n % 5)], [Part("good", n % 3), Part("quiet", n % 2)]) for n in range(6)]
    assert [
        str(ring(63, "fair", says="Score 63")),
        str(columns(weeks, says="In and out")),
        str(lines([Series("bad", [30, 28, 29, 24])], ["a", "b", "c", "d"], says="Findings", marks=[2])),
        str(sparkline([3, 5, 4], says="Open")),
        str(
            scatter([Dot(1, 9, "good", "SHOP-1"), Dot(2, 3, "bad", "SHOP-2")], says="Order", across="rank", up="value")
        ),
        str(bar(3, 4, "bad", says="Lost")),
    ] == snapshot


def test_what_was_measured_in_another_way_is_dotted_and_stands_apart() -> None:
    drawn = svg(lines([Series("bad", [3, 4, 50, 60], apart=2)], ["a", "b", "c", "d"], says=""))
    apart, seen = drawn.iter("polyline")
    assert "stroke-dasharray" in apart.attrib
    assert "stroke-dasharray" not in seen.attrib
    assert [len(each.attrib["points"].split()) for each in (apart, seen)] == [2, 2]
    assert len(list(drawn.iter("circle"))) == 1
