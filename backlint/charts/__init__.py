"""Small charts as inline SVG: no library, no script, no request.

Every shape has a plain colour, so that it is right where styles are refused, and a class over it, so that a page can
follow the reader's dark mode. Text is escaped by the XML library that writes it. Sizes are in SVG units; a page gives
the width.
"""

from backlint.charts.canvas import COLOURS, HEIGHT, WIDTH
from backlint.charts.columns import Column, Part, columns
from backlint.charts.lines import Dot, Series, lines, scatter, sparkline
from backlint.charts.rings import bar, ring

__all__ = [
    "COLOURS",
    "HEIGHT",
    "WIDTH",
    "Column",
    "Dot",
    "Part",
    "Series",
    "bar",
    "columns",
    "lines",
    "ring",
    "scatter",
    "sparkline",
]
