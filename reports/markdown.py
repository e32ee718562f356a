"""The report markdown."""

from typing import ClassVar

from pydantic import Field

from backlint.health import Run
from backlint.report import Report
from backlint.templates import fill

JOB_SUMMARY = 250_000
"""Characters: GitHub drops a job summary of more than 1,024,000 bytes whole, and a character may take four."""


class Markdown(Report):
    """The verdict, the figures and ten things to do, for a job summary, a wiki page or a pull request.

    What people wrote in the tracker is shown and does nothing: no mention, no reference to an issue, no HTML. Links
    to github.com go by redirect.github.com, so that listing an issue leaves no mark on it.
    """

    suffix: ClassVar[str] = ".md"

    findings: int = Field(default=50, ge=0, description="How many findings to list; the rest are counted.")
    length: int = Field(
        default=JOB_SUMMARY,
        ge=1000,
        description="Characters at most: findings are left out until it fits. An issue on GitHub holds 65536.",
    )

    def render(self, run: Run) -> str:
        """The report as GitHub-flavoured Markdown."""
        shown = self.findings
        told = fill("report.md", run=run, shown=shown)
        while len(told) > self.length and shown:
            shown //= 2
            told = fill("report.md", run=run, shown=shown)
        return told
