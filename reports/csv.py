"""The report csv."""

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from io import StringIO
from typing import ClassVar

from backlint.health import Health, Run
from backlint.report import Report
from backlint.safe import visible

COLUMNS = (
    "team",
    "severity",
    "confidence",
    "rule",
    "family",
    "key",
    "rank",
    "band",
    "title",
    "fact",
    "limit",
    "next step",
    "new",
    "url",
    "fingerprint",
)
RUNS = tuple("=+-@\t\r")
"""What makes a spreadsheet run a cell instead of showing it (OWASP ASVS 5, 1.2.10)."""


class Csv(Report):
    """Every finding as a line, for spreadsheets. A cell that a spreadsheet would run is given an apostrophe first."""

    suffix: ClassVar[str] = ".csv"

    def render(self, run: Run) -> str:
        """All findings of all teams, with a line of headings."""
        paper = StringIO()
        writer = csv.writer(paper, lineterminator="\n")
        writer.writerow(COLUMNS)
        for health in run.teams:
            writer.writerows(_rows(health))
        return paper.getvalue()


def _rows(health: Health) -> Iterator[Sequence[str]]:
    new = frozenset(health.change.new) if health.change else None
    cell = cache(_cell)  # for one backlog: its findings share their words, and the next night's are others
    team = cell(health.name)
    for finding in health.findings:
        about, fingerprint = finding.subject, finding.fingerprint
        yield (
            team,
            finding.severity.value,
            finding.confidence.value,
            cell(finding.rule),
            cell(finding.family),
            cell(about.key) if about else "",
            str(about.rank) if about and about.rank else "",
            finding.band.value if finding.band else "",
            cell(about.title) if about else "",
            cell(finding.fact),
            cell(finding.limit or ""),
            cell(finding.fix),
            "" if new is None else "yes" if fingerprint in new else "no",
            cell(about.url) if about else "",
            fingerprint,
        )


def _cell(words: str) -> str:
    """A text that somebody else wrote."""
    text = visible(words)
    return f"'{text}" if text.startswith(RUNS) else text
