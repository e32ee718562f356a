"""The report statistics."""

from collections.abc import Iterator
from typing import ClassVar

from backlint.finding import Severity
from backlint.health import Health, Run
from backlint.report import Report
from backlint.safe import visible


class Statistics(Report):
    """How often each rule found something, how often it could not decide, and what is hidden."""

    suffix: ClassVar[str] = ".statistics.txt"

    def render(self, run: Run) -> str:
        """A table for each team."""
        return "\n".join(line for health in run.teams for line in _table(health)) + "\n"


def _table(health: Health) -> Iterator[str]:
    counts = ", ".join(f"{health.count(severity):,} {severity}" for severity in reversed(Severity))
    yield f"{visible(health.name)}: {health.items:,} items, {len(health.findings):,} findings ({counts})"
    yield "findings  undecided  rule"
    for rule in sorted(health.rules, key=lambda each: (-each.findings, -each.undecided, each.rule)):
        yield f"{rule.findings:>8,}  {rule.undecided:>9,}  {rule.rule}"
    for why, number in health.hidden.items():
        yield f"{number:>8,}  {'':>9}  hidden: {why}"
