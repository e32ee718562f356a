"""Charts as PNG, for mail: its readers show no SVG. They need the extra `mail`, and fonts on the machine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from backlint.health import Health, Point
from backlint.reports.html.drawings import Drawings
from backlint.templates import short_day

if TYPE_CHECKING:
    from collections.abc import Callable

    Draw = Callable[[str], bytes]

SHARPNESS = 2
"""Pixels of a picture for one of the page: phones show two or three."""

BUDGET = 300_000
"""Bytes of all pictures of a mail; a chart takes some 20,000."""

BEFORE = "; dotted: before the first run, as the items' histories tell"

WORDS = '<svg width="40" height="20"><text x="2" y="15" {}>90</text></svg>'


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart of one team; `says` is for those who do not see it."""

    name: str
    title: str
    says: str
    png: bytes

    @property
    def cid(self) -> str:
        """What the page calls it. It stays within this mail, so it need not be unique anywhere else."""
        return f"{self.name}@backlint"


def pictures(teams: Sequence[Health]) -> Sequence[Sequence[Picture]]:
    """The pictures of each team, as many as a mail may carry; none where none can be drawn."""
    draw = _draw()
    left = BUDGET
    drawn: list[Sequence[Picture]] = []
    for number, health in enumerate(teams, 1):
        of_team = tuple(_of(health, number, draw)) if draw and left > 0 else ()
        left -= sum(len(picture.png) for picture in of_team)
        drawn.append(of_team if left >= 0 else ())
    return drawn


def _of(health: Health, number: int, draw: "Draw") -> Iterator[Picture]:
    """What became of the backlog, and of its score; one point is no line."""
    points = [*health.past, health.point()]
    if len(points) > 1:
        says = f"Findings: {_span([(it, it.findings) for it in points if not it.is_rebuilt])}. "
        says += f"Open items: {_span([(it, it.open_items) for it in points])}."
        title = "Findings (red) and open items (blue)" + BEFORE * any(point.is_rebuilt for point in points)
        yield Picture(f"trend-{number}", title, says, draw(str(Drawings().trend(points))))
    scored = [(point, point.score) for point in points if point.score is not None]
    if len(scored) > 1:
        says = f"Score: {_span([(point, round(score)) for point, score in scored])}."
        yield Picture(f"score-{number}", "Score, of 100", says, draw(str(Drawings().scores(points))))


def _span(values: Sequence[tuple[Point, int]]) -> str:
    """`from 12 on 31 August to 9 on 22 November`."""
    (first, before), (last, now) = values[0], values[-1]
    if first is last:
        return f"{now}"
    return f"from {before} on {short_day(first.at)} to {now} on {short_day(last.at)}"


@cache
def _draw() -> "Draw | None":
    """What turns SVG into PNG; `None` without the extra, or where no font would write the figures of a chart."""
    try:
        import resvg_py  # noqa: PLC0415 - an extra, and three megabytes
    except ImportError:
        return None

    def draw(svg: str) -> bytes:
        rooted = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" ', 1)
        return bytes(resvg_py.svg_to_bytes(svg_string=rooted, zoom=SHARPNESS, background="#ffffff"))

    visible, invisible = (draw(WORDS.format(fill)) for fill in ("", 'fill="none"'))
    return draw if visible != invisible else None
