"""The report csv."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import ClassVar

from backlint.finding import Finding
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
            new = frozenset(health.change.new) if health.change else None
            writer.writerows([_cell(value) for value in _row(health, each, new)] for each in health.findings)
        return paper.getvalue()


def _row(health: Health, finding: Finding, new: frozenset[str] | None) -> Iterator[object]:
    about = finding.subject
    yield from (health.name, finding.severity, finding.confidence, finding.rule, finding.family)
    yield from (about and about.key, about and about.rank, finding.band, about and about.title)
    yield from (finding.fact, finding.limit, finding.fix)
    yield None if new is None else "yes" if finding.fingerprint in new else "no"
    yield from (about and about.url, finding.fingerprint)


def _cell(value: object) -> str:
    text = "" if value is None else visible(str(value))
    return f"'{text}" if text.startswith(RUNS) else text
