"""The report html."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from markupsafe import Markup
from pydantic import Field

from backlint import charts
from backlint.charts import Column, Part, Series
from backlint.finding import Finding, Severity
from backlint.health import Ages, Grade, Health, Loss, Order, Point, RuleHealth, Run, ThemeHealth, Week
from backlint.model import Band
from backlint.report import Report
from backlint.templates import fill, short_day, slug

NAMED = 4
"""Findings that are named under "new", "mended" and "came back"; the rest are counted."""

NO_PLACE = 10**6
"""Below every place there is."""

SEVERITIES: Mapping[Severity, tuple[str, str]] = {
    Severity.ERROR: ("Error", "Errors"),
    Severity.WARNING: ("Warning", "Warnings"),
    Severity.INFO: ("Note", "Notes"),
}


class Html(Report):
    """The nightly page: the verdict first, ten things to do, then what stands behind it.

    One file that asks nobody for anything: no script is needed, no font, picture or style is fetched, and a content
    security policy forbids it. It follows the reader's dark mode, prints, and fits a phone.
    """

    suffix: ClassVar[str] = ".html"

    findings: int = Field(
        default=2000, ge=0, description="How many findings to list over all teams; the rest are counted."
    )
    stylesheet: str = Field(
        default="",
        description="Where the style sheet lies, for places that refuse styles within a page, as Jenkins does: "
        'write it with --output stylesheet=report.css and name "report.css" here.',
    )

    def render(self, run: Run) -> str:
        """The whole page."""
        rows = _shared_out(self.findings, [len(health.findings) for health in run.teams])
        pages = [Page(f"t{n}", health, rows[n - 1]) for n, health in enumerate(run.teams, 1)]
        names = dict.fromkeys(name for page in pages for name in page.names())
        words = {"pages": pages, "names": list(names), "draw": Drawings(), "stylesheet": self.stylesheet}
        return fill("report.html", run=run, **words)


def _shared_out(rows: int, wanted: Sequence[int]) -> Sequence[int]:
    """How many rows each team gets: an equal part, and what the others leave."""
    given = [0] * len(wanted)
    for served, team in enumerate(sorted(range(len(wanted)), key=lambda team: wanted[team])):
        given[team] = min(wanted[team], rows // (len(wanted) - served))
        rows -= given[team]
    return given


@dataclass(frozen=True)
class Page:
    """One team's part of the page: what is named, and what can be filtered by."""

    id: str
    health: Health
    rows: int
    named: int = NAMED

    @property
    def words(self) -> Mapping[str, str]:
        """What each severity is called."""
        return {severity.value: one for severity, (one, _) in SEVERITIES.items()}

    @property
    def before(self) -> Point | None:
        """The run before."""
        return self.health.change.before if self.health.change else None

    @cached_property
    def new_prints(self) -> frozenset[str]:
        """The fingerprints of new findings."""
        return frozenset(self.health.change.new) if self.health.change else frozenset()

    @property
    def new(self) -> Sequence[Finding]:
        """The new findings."""
        return [finding for finding in self.health.findings if finding.fingerprint in self.new_prints]

    @property
    def came_back(self) -> Sequence[Finding]:
        """The findings that had been mended once."""
        back = frozenset(self.health.change.came_back) if self.health.change else frozenset[str]()
        return [finding for finding in self.health.findings if finding.fingerprint in back]

    @property
    def speaking(self) -> Sequence[RuleHealth]:
        """The rules that found something."""
        return [rule for rule in self.health.rules if rule.findings]

    @property
    def silent(self) -> Sequence[RuleHealth]:
        """The rules that could decide and found nothing."""
        return [rule for rule in self.health.rules if not rule.findings and not rule.undecided]

    @cached_property
    def rule_number(self) -> Mapping[str, int]:
        """Where the findings of a rule stand when they are sorted by rule."""
        return {rule: number for number, rule in enumerate(sorted({it.rule for it in self.health.findings}))}

    def place(self, finding: Finding) -> int:
        """Where a finding stands when they are sorted by place: the backlog itself first, what has no place last."""
        if finding.subject is None:
            return 0
        return finding.subject.rank or NO_PLACE

    @property
    def points(self) -> Sequence[Point]:
        """The trend, this run last."""
        return [*self.health.past, self.health.point()]

    @property
    def rules_changed(self) -> bool:
        """Whether the trend is of one and the same rules."""
        return len({point.rules for point in self.points}) > 1

    @property
    def filters(self) -> Sequence[tuple[str, str, int]]:
        """What the findings can be narrowed to: the name of the filter, what it is called, how many it leaves."""
        return [it for it in self._filters() if it[2]]

    def _filters(self) -> Iterator[tuple[str, str, int]]:
        yield "new", "New", len(self.new_prints)
        for severity, (_, many) in SEVERITIES.items():
            yield severity.value, many, self.health.count(severity)
        for family in self.health.families:
            yield slug(family), family.capitalize(), sum(it.family == family for it in self.health.findings)

    def names(self) -> Iterator[str]:
        """Every name that the page is filtered by."""
        yield from (name for name, _, _ in self.filters)
        yield from (slug(rule.rule) for rule in self.speaking)


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
        findings = Series("bad", [point.findings for point in points])
        open_items = Series("accent", [point.open_items for point in points])
        says = f"Findings: from {points[0].findings} to {points[-1].findings}"
        return self._over_time([findings, open_items], points, says)

    def scores(self, points: Sequence[Point]) -> Markup:
        """The score, run by run."""
        return self._over_time([Series("accent", [point.score for point in points])], points, "The score over time")

    def order(self, order: Order) -> Markup:
        """Where each item stands, against what it is worth."""
        dots = [
            (it.place, it.value, "bad" if it.is_at_fault else "soon", f"{it.key} {it.title}: {it.value:g}")
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
