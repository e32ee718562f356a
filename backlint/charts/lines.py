"""Values over time or against one another: lines, a sparkline, dots."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from backlint.charts.canvas import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    canvas,
    fill,
    markup,
    rule,
    short,
    stroke,
    text,
)
from backlint.safe import visible

SAME = 1e-6
"""Values nearer to each other than this are drawn as one."""

FLOOR = HEIGHT - BOTTOM
END = WIDTH - RIGHT


@dataclass(frozen=True, slots=True)
class Series:
    """One line. `None` is a moment that is not known.

    The first `apart` values were measured in another way: they are dashed, and not joined to the others.
    """

    role: str
    values: Sequence[float | None]
    apart: int = 0


@dataclass(frozen=True, slots=True)
class Dot:
    """One thing at (x, y); `title` is shown when somebody points at it."""

    x: float
    y: float
    role: str
    title: str


@dataclass(frozen=True, slots=True)
class _Axis:
    """Values laid out from one edge of the picture to another."""

    low: float
    high: float
    start: float
    end: float
    ticks: Sequence[float] = ()

    def at(self, value: float) -> float:
        """Where a value stands."""
        return self.start + (value - self.low) / ((self.high - self.low) or 1) * (self.end - self.start)


def lines(
    series: Sequence[Series],
    labels: Sequence[str],
    *,
    says: str,
    moments: Sequence[float] | None = None,
    marks: Sequence[int] = (),
) -> Markup:
    """Lines over the same moments, the last moment marked.

    `moments` say how far apart they are (evenly, if they are not given); `marks` are the numbers of those at which the
    measure itself changed.
    """
    svg = canvas(says)
    when = moments or range(len(labels))
    across = _Axis(when[0], when[-1], LEFT, END) if when else _Axis(0, 1, LEFT, END)
    up = _round([value for one in series for value in one.values if value is not None], FLOOR, TOP)
    _levels(svg, up)
    for mark in marks:
        x = short(across.at(when[mark]))
        dashes = {"x1": x, "x2": x, "y1": short(TOP), "y2": short(FLOOR), "stroke-dasharray": "3 3"}
        SubElement(svg, "line", {**dashes, **stroke("muted")})
    for one in series:
        known = [
            None if value is None else (across.at(at), up.at(value)) for at, value in zip(when, one.values, strict=True)
        ]
        _line(svg, one.role, list(filter(None, known[: one.apart])), is_apart=True)
        _line(svg, one.role, list(filter(None, known[one.apart :])))
    for place, anchor in ((0, "start"), (len(labels) // 2, "middle"), (len(labels) - 1, "end")) if labels else ():
        text(svg, across.at(when[place]), HEIGHT - 7, labels[place], anchor=anchor)
    return markup(svg)


def sparkline(values: Sequence[float], *, says: str, role: str = "accent") -> Markup:
    """A line without axes, the last value marked."""
    svg = canvas(says, 120, 28)
    across = _Axis(0, max(len(values) - 1, 1), 4, 114)
    up = _Axis(min(values, default=0), max(values, default=1), 24, 4)
    _line(svg, role, [(across.at(place), up.at(value)) for place, value in enumerate(values)])
    return markup(svg)


def scatter(dots: Sequence[Dot], *, says: str, across: str, up: str) -> Markup:
    """Dots; `across` and `up` name the axes."""
    svg = canvas(says)
    along = _round([dot.x for dot in dots], LEFT, END)
    rising = _round([dot.y for dot in dots], FLOOR, TOP)
    _levels(svg, rising)
    for dot in dots:
        place = {"cx": short(along.at(dot.x)), "cy": short(rising.at(dot.y)), "r": "4"}
        drawn = SubElement(svg, "circle", {**place, **fill(dot.role), "fill-opacity": "0.75"})
        SubElement(drawn, "title").text = visible(dot.title)
    text(svg, END, HEIGHT - 7, across, anchor="end")
    text(svg, LEFT, TOP - 6, up, anchor="start")
    return markup(svg)


def _levels(svg: Element, up: _Axis) -> None:
    """A line across the picture at each tick, with its value."""
    for tick in up.ticks:
        rule(svg, LEFT, END, up.at(tick))
        text(svg, LEFT - 7, up.at(tick) + 4, f"{tick:g}", anchor="end")


def _line(svg: Element, role: str, points: Sequence[tuple[float, float]], *, is_apart: bool = False) -> None:
    """A line that ends in a dot; one apart is dashed, and ends where it ends."""
    if not points:
        return
    path = " ".join(f"{short(x)},{short(y)}" for x, y in points)
    drawn = {"points": path, "fill": "none", "stroke-width": "2", "stroke-linejoin": "round"}
    if is_apart:
        SubElement(svg, "polyline", {**drawn, "stroke-dasharray": "2 5", "stroke-linecap": "round", **stroke(role)})
        return
    SubElement(svg, "polyline", {**drawn, **stroke(role)})
    x, y = points[-1]
    SubElement(svg, "circle", {"cx": short(x), "cy": short(y), "r": "3", **fill(role)})


def _round(values: Iterable[float], start: float, end: float) -> _Axis:
    """An axis with round ends around the values, and some three or four round ticks between them."""
    seen = [*values] or [0.0, 1.0]
    low, high = min(seen), max(seen)
    span = high - low if high - low > SAME else max(abs(high), 1)
    rough = span / 3
    power = 10.0 ** floor(log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
    ticks = [step * count for count in range(first, last + 1)]
    return _Axis(ticks[0], ticks[-1], start, end, ticks)
