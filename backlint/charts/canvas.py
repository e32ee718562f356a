"""What every chart is drawn with: roles, the canvas, text, rules."""

from collections.abc import Mapping
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


def canvas(says: str, width: int = WIDTH, height: int = HEIGHT) -> Element:
    """An empty picture that says in words what it shows."""
    size = {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}
    return Element("svg", {**size, "role": "img", "aria-label": visible(says), "font-size": FONT})


def rule(svg: Element, left: float, right: float, y: float) -> None:
    """A thin level line."""
    SubElement(svg, "line", {"x1": short(left), "x2": short(right), "y1": short(y), "y2": short(y), **stroke("line")})


def text(
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
    """Words at a place; none where there are none."""
    if not words:
        return
    more = {key: value for key, value in {"font-size": size, "font-weight": weight}.items() if value}
    SubElement(svg, "text", {"x": short(x), "y": short(y), "text-anchor": anchor, **fill(role), **more}).text = visible(
        words
    )


def fill(role: str) -> dict[str, str]:
    """The attributes that fill a shape with the colour of a role."""
    return {"fill": COLOURS[role], "class": f"fill-{role}"}


def stroke(role: str) -> dict[str, str]:
    """The same for its outline."""
    return {"stroke": COLOURS[role], "class": f"stroke-{role}"}


def short(number: float) -> str:
    """A coordinate, to a tenth."""
    return f"{number:.1f}".removesuffix(".0")


def markup(svg: Element) -> Markup:
    """The finished picture."""
    return Markup(tostring(svg, encoding="unicode"))  # noqa: S704 - the XML library escapes
