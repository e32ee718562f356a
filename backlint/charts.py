"""Small charts as inline SVG: no library, no script, no request.

Every shape has a plain colour, so that it is right where styles are refused, and a class over it, so that a page can
follow the reader's dark mode. Text is escaped by the XML library that writes it. Sizes are in SVG units; a page gives
the width.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10, pi
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

from backlint.safe import visible

COLOURS: Mapping[str, str] = {
    "good": "#2e7d52",
    "fair": "#b7791f",
    "bad": "#b5402f",
    "unknown": "#8b8a86",
    "accent": "#33628f",
    "quiet": "#c9c6c0",
    "track": "#ebe8e2",
    "line": "#e3e0da",
    "ink": "#1d1d1f",
    "muted": "#6b6a67",
    "next": "#1f4e79",
    "soon": "#4f81b3",
    "later": "#94b6d6",
    "icebox": "#cbdbe9",
    "unranked": "#d9d6d0",
}
"""The colour of each role in light mode; `fill-ROLE` and `stroke-ROLE` are the classes."""

WIDTH = 480
HEIGHT = 210
LEFT, RIGHT, TOP, BOTTOM = 34, 8, 18, 26
FONT = "11.5"
SAME = 1e-6
"""Values nearer to each other than this are drawn as one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a column: a role that colours it, and how much."""

    role: str
    value: float


@dataclass(frozen=True, slots=True)
class Column:
    """One column: parts from the axis outwards. `below` stand under the axis. An empty label is not drawn."""

    label: str
    parts: Sequence[Part]
    below: Sequence[Part] = ()

    @property
    def height(self) -> float:
        """The sum of the parts above the axis."""
        return sum(part.value for part in self.parts)

    @property
    def depth(self) -> float:
        """The sum of the parts below the axis."""
        return sum(part.value for part in self.below)


@dataclass(frozen=True, slots=True)
class Series:
    """One line. `None` is a moment that is not known."""

    role: str
    values: Sequence[float | None]


def ring(value: float, role: str, *, says: str) -> Markup:
    """A ring that is full at 100, with the value in its middle."""
    svg = _canvas(says, 120, 120)
    radius = 52.0
    around = 2 * pi * radius
    common = {"cx": "60", "cy": "60", "r": _n(radius), "fill": "none", "stroke-width": "9"}
    SubElement(svg, "circle", {**common, **_stroke("track")})
    filled = around * max(0.0, min(value, 100.0)) / 100
    SubElement(
        svg,
        "circle",
        {
            **common,
            **_stroke(role),
            "stroke-linecap": "round",
            "stroke-dasharray": f"{_n(filled)} {_n(around)}",
            "transform": "rotate(-90 60 60)",
        },
    )
    _text(svg, 60, 72, f"{value:.0f}", anchor="middle", size="36", weight="650", role="ink")
    return _markup(svg)


def bar(value: float, most: float, role: str, *, says: str) -> Markup:
    """A flat bar as wide as there is room, filled up to the value."""
    svg = _canvas(says, 100, 8)
    svg.set("preserveAspectRatio", "none")
    SubElement(svg, "rect", {"width": "100", "height": "8", "rx": "1", **_fill("track")})
    SubElement(svg, "rect", {"width": _n(100 * value / most if most else 0), "height": "8", "rx": "1", **_fill(role)})
    return _markup(svg)


def columns(groups: Sequence[Column], *, says: str, is_counted: bool = True) -> Markup:
    """Stacked columns, each with its total above (and below) it."""
    svg = _canvas(says)
    high = max((group.height for group in groups), default=0) or 1
    deep = max((group.depth for group in groups), default=0)
    room = HEIGHT - TOP - BOTTOM - (14 if deep else 0)
    scale = room / (high + deep)
    axis = TOP + high * scale
    step = (WIDTH - 2 * RIGHT) / max(len(groups), 1)
    wide = min(step * 0.72, 52)
    for number, group in enumerate(groups):
        left = RIGHT + step * number + (step - wide) / 2
        _stack(svg, group.parts, left=left, axis=axis, wide=wide, scale=-scale)
        _stack(svg, group.below, left=left, axis=axis, wide=wide, scale=scale)
        middle = left + wide / 2
        if is_counted and group.height:
            _text(svg, middle, axis - group.height * scale - 5, f"{group.height:g}", anchor="middle", role="ink")
        if is_counted and group.depth:
            _text(svg, middle, axis + group.depth * scale + 12, f"{group.depth:g}", anchor="middle", role="ink")
        _text(svg, middle, HEIGHT - 7, group.label, anchor="middle")
    _rule(svg, RIGHT, WIDTH - RIGHT, axis)
    return _markup(svg)


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
    svg = _canvas(says)
    seen = [value for one in series for value in one.values if value is not None]
    low, high, ticks = _scale(min(seen, default=0), max(seen, default=1))
    right = WIDTH - RIGHT
    when = moments or range(len(labels))
    first, last = (when[0], when[-1]) if when else (0, 0)
    step = (right - LEFT) / ((last - first) or 1)
    rise = (HEIGHT - TOP - BOTTOM) / (high - low)

    def at(number: int, value: float) -> tuple[float, float]:
        gone = when[number] - first if when else 0
        return LEFT + step * gone, HEIGHT - BOTTOM - (value - low) * rise

    for tick in ticks:
        _rule(svg, LEFT, right, at(0, tick)[1])
        _text(svg, LEFT - 7, at(0, tick)[1] + 4, f"{tick:g}", anchor="end")
    for mark in marks:
        x = _n(at(mark, low)[0])
        dashes = {"x1": x, "x2": x, "y1": _n(TOP), "y2": _n(HEIGHT - BOTTOM), "stroke-dasharray": "3 3"}
        SubElement(svg, "line", {**dashes, **_stroke("muted")})
    for one in series:
        _line(svg, one, [at(n, value) for n, value in enumerate(one.values) if value is not None])
    for number in {0, len(labels) // 2, len(labels) - 1} if labels else ():
        anchor = "start" if number == 0 else "end" if number == len(labels) - 1 else "middle"
        _text(svg, at(number, low)[0], HEIGHT - 7, labels[number], anchor=anchor)
    return _markup(svg)


def sparkline(values: Sequence[float], *, says: str, role: str = "accent") -> Markup:
    """A line without axes, the last value marked."""
    svg = _canvas(says, 120, 28)
    low, high = min(values, default=0), max(values, default=1)
    rise = 20 / ((high - low) or 1)
    step = 110 / max(len(values) - 1, 1)
    points = [(4 + step * number, 24 - (value - low) * rise) for number, value in enumerate(values)]
    _line(svg, Series(role, values), points)
    return _markup(svg)


def scatter(points: Sequence[tuple[float, float, str, str]], *, says: str, across: str, up: str) -> Markup:
    """Dots at (x, y) with a role and a title each; `across` and `up` name the axes."""
    svg = _canvas(says)
    low_x, high_x, _ = _scale(min((p[0] for p in points), default=0), max((p[0] for p in points), default=1))
    low_y, high_y, ticks = _scale(min((p[1] for p in points), default=0), max((p[1] for p in points), default=1))
    over = (WIDTH - LEFT - RIGHT) / (high_x - low_x)
    rise = (HEIGHT - TOP - BOTTOM) / (high_y - low_y)
    for tick in ticks:
        level = HEIGHT - BOTTOM - (tick - low_y) * rise
        _rule(svg, LEFT, WIDTH - RIGHT, level)
        _text(svg, LEFT - 7, level + 4, f"{tick:g}", anchor="end")
    for x, y, role, title in points:
        place = {"cx": _n(LEFT + (x - low_x) * over), "cy": _n(HEIGHT - BOTTOM - (y - low_y) * rise), "r": "4"}
        dot = SubElement(svg, "circle", {**place, **_fill(role), "fill-opacity": "0.75"})
        SubElement(dot, "title").text = visible(title)
    _text(svg, WIDTH - RIGHT, HEIGHT - 7, across, anchor="end")
    _text(svg, LEFT, TOP - 6, up, anchor="start")
    return _markup(svg)


def _canvas(says: str, width: int = WIDTH, height: int = HEIGHT) -> Element:
    size = {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}
    return Element("svg", {**size, "role": "img", "aria-label": visible(says), "font-size": FONT})


def _stack(svg: Element, parts: Sequence[Part], *, left: float, axis: float, wide: float, scale: float) -> None:
    """Pile parts on the axis: upwards where the scale is negative."""
    at = axis
    for part in parts:
        if part.value:
            end = at + part.value * scale
            box = {"x": _n(left), "y": _n(min(at, end)), "width": _n(wide), "height": _n(abs(end - at))}
            SubElement(svg, "rect", {**box, **_fill(part.role)})
            at = end


def _line(svg: Element, one: Series, points: Sequence[tuple[float, float]]) -> None:
    if not points:
        return
    path = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    drawn = {"points": path, "fill": "none", "stroke-width": "2", "stroke-linejoin": "round"}
    SubElement(svg, "polyline", {**drawn, **_stroke(one.role)})
    x, y = points[-1]
    SubElement(svg, "circle", {"cx": _n(x), "cy": _n(y), "r": "3", **_fill(one.role)})


def _rule(svg: Element, left: float, right: float, y: float) -> None:
    SubElement(svg, "line", {"x1": _n(left), "x2": _n(right), "y1": _n(y), "y2": _n(y), **_stroke("line")})


def _text(
    svg: Element,
    x: float,
    y: float,
    words: str,
    *,
    anchor: str,
    role: str = "muted",
    size: str | None = None,
    weight: str | None = None,
) -> None:
    if not words:
        return
    more = {key: value for key, value in {"font-size": size, "font-weight": weight}.items() if value}
    SubElement(svg, "text", {"x": _n(x), "y": _n(y), "text-anchor": anchor, **_fill(role), **more}).text = visible(
        words
    )


def _scale(low: float, high: float) -> tuple[float, float, Sequence[float]]:
    """Round ends and some three or four round ticks between them."""
    span = high - low if high - low > SAME else max(abs(high), 1)
    rough = span / 3
    power = 10.0 ** floor(log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    start, end = floor(low / step) * step, ceil(high / step) * step
    end = end if end > start else start + step
    return start, end, [start + step * number for number in range(round((end - start) / step) + 1)]


def _fill(role: str) -> dict[str, str]:
    return {"fill": COLOURS[role], "class": f"fill-{role}"}


def _stroke(role: str) -> dict[str, str]:
    return {"stroke": COLOURS[role], "class": f"stroke-{role}"}


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _markup(svg: Element) -> Markup:
    return Markup(tostring(svg, encoding="unicode"))  # noqa: S704 - the XML library escapes
