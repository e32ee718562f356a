"""One value: as a ring, as a bar."""

from math import pi
from xml.etree.ElementTree import SubElement

from markupsafe import Markup

from backlint.charts.canvas import canvas, fill, markup, short, stroke, text


def ring(value: float, role: str, *, says: str) -> Markup:
    """A ring that is full at 100, with the value in its middle."""
    svg = canvas(says, 120, 120)
    radius = 52.0
    around = 2 * pi * radius
    common = {"cx": "60", "cy": "60", "r": short(radius), "fill": "none", "stroke-width": "9"}
    SubElement(svg, "circle", {**common, **stroke("track")})
    filled = around * max(0.0, min(value, 100.0)) / 100
    SubElement(
        svg,
        "circle",
        {
            **common,
            **stroke(role),
            "stroke-linecap": "round",
            "stroke-dasharray": f"{short(filled)} {short(around)}",
            "transform": "rotate(-90 60 60)",
        },
    )
    text(svg, 60, 72, f"{value:.0f}", anchor="middle", size="36", weight="650", role="ink")
    return markup(svg)


def bar(value: float, most: float, role: str, *, says: str) -> Markup:
    """A flat bar as wide as there is room, filled up to the value."""
    svg = canvas(says, 100, 8)
    svg.set("preserveAspectRatio", "none")
    SubElement(svg, "rect", {"width": "100", "height": "8", "rx": "1", **fill("track")})
    SubElement(svg, "rect", {"width": short(100 * value / most if most else 0), "height": "8", "rx": "1", **fill(role)})
    return markup(svg)
