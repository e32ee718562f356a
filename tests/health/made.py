"""Small things that a diagnosis is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backlint.example import NOW, item
from backlint.finding import Confidence, Crash, Finding, Severity, Subject, Undecided
from backlint.model import Backlog, Item


@dataclass(frozen=True)
class Said:
    findings: tuple[Finding, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    crashes: tuple[Crash, ...] = ()


def backlog(*items: Item, velocity: float | None = None) -> Backlog:
    return Backlog(items, now=NOW, name="Checkout", velocity=velocity)


def backlog_of(number: int) -> Backlog:
    return backlog(*(item(n) for n in range(1, number + 1)))


def finding(about: Item | None = None, **fields: Any) -> Finding:
    told: dict[str, Any] = {
        "rule": "missing-acceptance-criteria",
        "family": "readiness",
        "severity": Severity.ERROR,
        "confidence": Confidence.HIGH,
        "subject": about and Subject(id=about.id, key=about.key, title=about.title, url=about.url, rank=about.rank),
        "band": None,
        "fact": "has no acceptance criteria",
        "fix": "Write them.",
        "limit": None,
        "part": "",
        "evidence": {},
    }
    return Finding(**told | fields)


def found(*findings: Finding, undecided: Sequence[Undecided] = (), crashes: Sequence[Crash] = ()) -> Said:
    return Said(findings, tuple(undecided), tuple(crashes))
