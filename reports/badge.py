"""The report badge."""

from typing import ClassVar
from xml.etree.ElementTree import Element, SubElement, tostring

from pydantic import Field

from backlint.health import Run
from backlint.health.score import tone
from backlint.report import Report
from backlint.safe import clipped, visible

COLOURS = {"good": "#2b7a4f", "fair": "#93600a", "bad": "#b23c2c", "unknown": "#6e6d67"}
LETTER = 6.6
"""About how wide a letter is, at 11 pixels."""


class Badge(Report):
    """A small picture for a README: the score of the backlog, of several teams the lowest."""

    suffix: ClassVar[str] = ".svg"

    label: str = Field(default="backlog", description="What stands on its left.")

    def render(self, run: Run) -> str:
        """The badge as SVG."""
        scores = [health.grade.value for health in run.teams if health.grade]
        value = f"{min(scores):.0f} of 100" if scores else "unknown"
        is_whole = all(health.is_complete for health in run.teams)
        role = tone(min(scores)).value if scores and is_whole else "unknown"
        label = clipped(visible(self.label), 40)
        return tostring(_drawn(label, value if is_whole else "incomplete", COLOURS[role]), encoding="unicode") + "\n"


def _drawn(label: str, value: str, colour: str) -> Element:
    left, right = (round(len(words) * LETTER + 16) for words in (label, value))
    size = {"width": str(left + right), "height": "20", "role": "img", "aria-label": f"{label}: {value}"}
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "font-family": "Verdana,Geneva,sans-serif"})
    SubElement(svg, "rect", {"width": str(left + right), "height": "20", "rx": "4", "fill": "#3c3c40"})
    SubElement(svg, "rect", {"x": str(left), "width": str(right), "height": "20", "rx": "4", "fill": colour})
    SubElement(svg, "rect", {"x": str(left), "width": "4", "height": "20", "fill": colour})
    for words, middle in ((label, left / 2), (value, left + right / 2)):
        place = {"x": f"{middle:g}", "y": "14", "text-anchor": "middle", "font-size": "11", "fill": "#ffffff"}
        SubElement(svg, "text", place).text = words
    return svg
