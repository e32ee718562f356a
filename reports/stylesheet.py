"""The report stylesheet."""

from typing import ClassVar

from backlint.finding import Severity
from backlint.health import Run
from backlint.report import Report
from backlint.templates import fill, slug


class Stylesheet(Report):
    """The style sheet of the html report as a file of its own, for places that refuse styles within a page.

    Jenkins serves a build's files under a policy that does. Write both, and give the html report the setting
    `stylesheet = "report.css"`.
    """

    suffix: ClassVar[str] = ".css"

    def render(self, run: Run) -> str:
        """The style sheet, with what filters the findings of this run."""
        names = ["new", *(severity.value for severity in Severity)]
        for health in run.teams:
            names += [slug(name) for finding in health.findings for name in (finding.family, finding.rule)]
        return fill("report.css", names=list(dict.fromkeys(names)))
