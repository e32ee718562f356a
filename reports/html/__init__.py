"""The report html."""

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from backlint.health import Run
from backlint.report import Report
from backlint.reports.html.drawings import Drawings
from backlint.reports.html.page import Page
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
    stylesheet: str = Field(
        default="",
        description="Where the style sheet lies, for places that refuse styles within a page, as Jenkins does: "
        'write it with --output stylesheet=report.css and name "report.css" here.',
    )

    by_person: bool = Field(
        default=False, description="Whether to list the next items by person. Ask the people first."
    )

    def render(self, run: Run) -> str:
        """The whole page."""
        rows = _shared_out(self.findings, [len(health.findings) for health in run.teams])
        pages = [Page(f"t{n}", health, rows[n - 1], by_person=self.by_person) for n, health in enumerate(run.teams, 1)]
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
