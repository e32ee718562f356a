"""The page's charts."""

from collections.abc import Sequence

from markupsafe import Markup

from backlint import charts
from backlint.charts import Column, Dot, Part, Series
from backlint.health import Ages, Grade, Loss, Order, Point, ThemeHealth, Week
from backlint.model import Band
from backlint.templates import short_day


def rebuilt(points: Sequence[Point]) -> int:
    """How many of the first points no run saw."""
    return sum(point.is_rebuilt for point in points)


class Drawings:
    """The page's charts. Each takes what the diagnosis counted."""

    bands = (*((band.value, band.value) for band in Band), ("unranked", "without a place"))

    def score(self, grade: Grade) -> Markup:
        """The score as a ring."""
        return charts.ring(grade.value, grade.tone.value, says=f"Score {grade.value:.0f} of 100")

    def loss(self, loss: Loss, grade: Grade) -> Markup:
        """What one family takes, against the greatest."""
        return charts.bar(loss.points, max(grade.value, grade.losses[0].points), "bad", says=f"{loss.points:g} points")

    def left(self, grade: Grade) -> Markup:
        """What is left."""
        most = max([grade.value, *(loss.points for loss in grade.losses)])
        return charts.bar(grade.value, most, grade.tone.value, says=f"{grade.value:g} points")

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
            [Series("accent", [week.open for week in weeks])],
            [short_day(week.start) for week in weeks],
            says=f"Open items: from {weeks[0].open} to {weeks[-1].open}",
        )

    def trend(self, points: Sequence[Point]) -> Markup:
        """Findings and open items, run by run."""
        findings = Series("bad", [point.findings for point in points], rebuilt(points))
        open_items = Series("accent", [point.open_items for point in points])
        says = f"Findings: from {points[0].findings} to {points[-1].findings}"
        return self._over_time([findings, open_items], points, says)

    def scores(self, points: Sequence[Point]) -> Markup:
        """The score, run by run."""
        scores = Series("accent", [point.score for point in points], rebuilt(points))
        return self._over_time([scores], points, "The score over time")

    def order(self, order: Order) -> Markup:
        """Where each item stands, against what it is worth."""
        dots = [
            Dot(it.place, it.value, "bad" if it.is_at_fault else "soon", f"{it.key} {it.title}: {it.value:g}")
            for it in order.items
        ]
        says = f"{len(dots)} items by their place and their {order.by} score"
        return charts.scatter(dots, says=says, across="place in the backlog", up=f"{order.by} score")

    def theme(self, theme: ThemeHealth) -> Markup:
        """How many of a theme's open items have a finding."""
        says = f"{theme.with_findings} of {theme.open_items}"
        return charts.bar(theme.with_findings, theme.open_items, "soon", says=says)

    def _over_time(self, series: Sequence[Series], points: Sequence[Point], says: str) -> Markup:
        """Lines over the runs, marked where the rules changed."""
        return charts.lines(
            series,
            [short_day(point.at) for point in points],
            says=says,
            moments=[point.at.timestamp() for point in points],
            marks=[n for n in range(1, len(points)) if points[n].rules != points[n - 1].rules],
        )
