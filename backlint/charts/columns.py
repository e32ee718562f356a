"""Stacked columns: a histogram, what came in and what went out."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from backlint.charts.canvas import BOTTOM, HEIGHT, RIGHT, TOP, WIDTH, canvas, fill, markup, rule, short, text

NOTHING = 1e-6
"""What is lower than this all together is drawn as if it were nothing."""


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


def columns(groups: Sequence[Column], *, says: str, is_counted: bool = True) -> Markup:
    """Stacked columns, each with its total above (and below) it."""
    svg = canvas(says)
    high = max((group.height for group in groups), default=0)
    deep = max((group.depth for group in groups), default=0)
    high = high if high + deep > NOTHING else 1
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
            text(svg, middle, axis - group.height * scale - 5, f"{group.height:g}", anchor="middle", role="ink")
        if is_counted and group.depth:
            text(svg, middle, axis + group.depth * scale + 12, f"{group.depth:g}", anchor="middle", role="ink")
        text(svg, middle, HEIGHT - 7, group.label, anchor="middle")
    rule(svg, RIGHT, WIDTH - RIGHT, axis)
    return markup(svg)


def _stack(svg: Element, parts: Sequence[Part], *, left: float, axis: float, wide: float, scale: float) -> None:
    """Pile parts on the axis: upwards where the scale is negative."""
    at = axis
    for part in parts:
        if part.value:
            end = at + part.value * scale
            box = {"x": short(left), "y": short(min(at, end)), "width": short(wide), "height": short(abs(end - at))}
            SubElement(svg, "rect", {**box, **fill(part.role)})
            at = end
