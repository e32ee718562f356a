"""The report html."""

from collections.abc import Sequence
from typing import ClassVar

from markupsafe import Markup
from pydantic import Field

from backlint import charts
from backlint.charts import Column, Part, Series
from backlint.health import Ages, Grade, Point, Run, Week
from backlint.model import Band
from backlint.report import Report
from backlint.templates import fill


class Html(Report):
    """The nightly page: the verdict first, ten things to do, then what stands behind it.

    One file that asks nobody for anything: no script is needed, no font, picture or style is fetched, and a content
    security policy forbids it. It follows the reader's dark mode, prints, and fits a phone.
    """

    suffix: ClassVar[str] = ".html"

    findings: int = Field(
        default=2000, ge=0, description="How many findings to list over all teams; the rest are counted."
    )

    def render(self, run: Run) -> str:
        """The whole page."""
        return fill("report.html", run=run, shown=self._shown(run), draw=Drawings())

    def _shown(self, run: Run) -> Sequence[int]:
        """How many findings each team may list: an equal part, and what others leave."""
        left, shown = self.findings, [0] * len(run.teams)
        smallest_first = sorted(range(len(run.teams)), key=lambda number: len(run.teams[number].findings))
        for done, number in enumerate(smallest_first):
            shown[number] = min(len(run.teams[number].findings), left // (len(run.teams) - done))
            left -= shown[number]
        return shown


class Drawings:
    """The page's charts. Each takes what the diagnosis counted."""

    def score(self, grade: Grade) -> Markup:
        """The score as a ring."""
        return charts.ring(grade.value, grade.tone.value, says=f"Score {grade.value:.0f} of 100")

    def ages(self, ages: Ages) -> Markup:
        """Open items by age, each column stacked by band."""
        return charts.columns(
            [
                Column(
                    group.label,
                    [*(Part(band.value, group.bands[band]) for band in Band), Part("unranked", group.unranked)],
                )
                for group in ages.groups
            ],
            says="Open items by age: " + ", ".join(f"{group.label} {group.total}" for group in ages.groups),
        )

    def weeks(self, weeks: Sequence[Week]) -> Markup:
        """What came in above the axis, what went out below it."""
        return charts.columns(
            [
                Column(
                    f"{week.start.day} {week.start:%b}" if number % 3 == 0 else "",
                    [Part("accent", week.created)],
                    [Part("good", week.done), Part("quiet", week.dropped)],
                )
                for number, week in enumerate(weeks)
            ],
            says=f"{sum(week.created for week in weeks)} created, {sum(week.done for week in weeks)} done",
        )

    def open_items(self, weeks: Sequence[Week]) -> Markup:
        """How many items were open, week by week."""
        return charts.lines(
            [Series("open items", "accent", [week.open for week in weeks])],
            [f"{week.start.day} {week.start:%b}" for week in weeks],
            says=f"Open items: from {weeks[0].open} to {weeks[-1].open}",
        )

    def trend(self, points: Sequence[Point]) -> Markup:
        """Findings and open items, run by run, marked where the rules changed."""
        changed = [n for n in range(1, len(points)) if points[n].rules != points[n - 1].rules]
        return charts.lines(
            [
                Series("findings", "bad", [point.findings for point in points]),
                Series("open items", "accent", [point.open_items for point in points]),
            ],
            [f"{point.at.day} {point.at:%b}" for point in points],
            says="Findings and open items over time",
            marks=changed,
        )
