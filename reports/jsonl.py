"""The report jsonl."""

import json
from typing import ClassVar

from backlint.finding import Finding
from backlint.health import Run
from backlint.report import Report


class Jsonl(Report):
    """One finding a line, as JSON: for programs that read a stream. What is in a line stays; more may be added."""

    suffix: ClassVar[str] = ".jsonl"

    def render(self, run: Run) -> str:
        """Every finding of every team."""
        lines = [_line(finding, health.name) for health in run.teams for finding in health.findings]
        return "".join(f"{json.dumps(line, ensure_ascii=True)}\n" for line in lines)


def _line(finding: Finding, team: str) -> dict[str, object]:
    about = finding.subject
    return {
        "team": team,
        "rule": finding.rule,
        "family": finding.family,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "key": about.key if about else None,
        "id": about.id if about else None,
        "url": about.url if about else None,
        "rank": about.rank if about else None,
        "band": finding.band.value if finding.band else None,
        "fact": finding.fact,
        "limit": finding.limit,
        "fix": finding.fix,
        "evidence": dict(finding.evidence),
        "fingerprint": finding.fingerprint,
    }
