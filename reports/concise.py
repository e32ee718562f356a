"""The report concise."""

from typing import ClassVar

from backlint.finding import Finding
from backlint.health import Run
from backlint.report import Report
from backlint.safe import visible


class Concise(Report):
    """One finding a line, the most pressing first, and a sum: for `grep`, editors and short attention.

    `SHOP-142: error: has no acceptance criteria [missing-acceptance-criteria]`
    """

    suffix: ClassVar[str] = ".concise.txt"

    def render(self, run: Run) -> str:
        """Every finding of every team."""
        lines = [_line(finding, health.name) for health in run.teams for finding in health.findings]
        items = sum(health.items for health in run.teams)
        hidden = sum(number for health in run.teams for number in health.hidden.values())
        tail = f", {hidden:,} hidden" if hidden else ""
        incomplete = "" if all(health.is_complete for health in run.teams) else "; the data are incomplete"
        return "\n".join([*lines, f"{items:,} items, {len(lines):,} findings{tail}{incomplete}"]) + "\n"


def _line(finding: Finding, team: str) -> str:
    about = finding.subject.key if finding.subject else team
    return f"{visible(about)}: {finding.severity}: {visible(finding.fact)} [{finding.rule}]"
