"""Lint: what the rules say, without what was accepted, the most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass

from backlint.engine.asking import ask_about_waivers
from backlint.engine.memory import Memory, hear
from backlint.engine.waiving import Waived, Waiving
from backlint.finding import Crash, Finding, Undecided
from backlint.model import Backlog, Band
from backlint.rule import Rule


@dataclass(frozen=True, slots=True)
class Lint:
    """All that the rules said; `waived` is not shown, but counted."""

    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    crashes: tuple[Crash, ...]
    waived: tuple[Waived, ...] = ()


def lint(backlog: Backlog, rules: Sequence[Rule], memory: Memory | None = None) -> Lint:
    """Put every rule to the backlog, take out what waivers cover, then ask the rules about the waivers."""
    said = list(hear(backlog, rules, memory))
    waiving = Waiving(backlog, rules, [it for it in said if isinstance(it, Undecided)])
    findings, waived = waiving.split([it for it in said if isinstance(it, Finding)])
    more = list(ask_about_waivers(backlog, rules, waiving.uses()))
    findings += [it for it in more if isinstance(it, Finding)]
    return Lint(
        tuple(sorted(findings, key=most_pressing)),
        tuple(it for it in (*said, *more) if isinstance(it, Undecided)),
        tuple(it for it in (*said, *more) if isinstance(it, Crash)),
        tuple(sorted(waived, key=lambda it: most_pressing(it.finding))),
    )


def most_pressing(finding: Finding) -> tuple[int, int, float, str, str, str]:
    """Heaviest first, then what stands highest in the backlog; the backlog itself before its items."""
    about = finding.subject
    depth = finding.band.depth if finding.band else len(Band)
    rank = (about.rank or float("inf")) if about else 0
    return (
        -finding.severity.weight,
        depth if about else -1,
        rank,
        about.key if about else "",
        finding.rule,
        finding.part,
    )
