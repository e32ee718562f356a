"""Lint: what the rules say, without what was accepted, the most pressing first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backlint.engine.asking import Said, ask_about_waivers
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
    found, undecided, crashes = _by_sort(hear(backlog, rules, memory))
    waiving = Waiving(backlog, rules, undecided)
    stay, waived = waiving.split(found)
    about_waivers = _by_sort(ask_about_waivers(backlog, rules, waiving.uses()))
    return Lint(
        tuple(sorted(stay + about_waivers[0], key=most_pressing)),
        tuple(undecided + about_waivers[1]),
        tuple(crashes + about_waivers[2]),
        tuple(sorted(waived, key=lambda it: most_pressing(it.finding))),
    )


def _by_sort(said: Iterable[Said]) -> tuple[list[Finding], list[Undecided], list[Crash]]:
    """What was said, each sort in its order."""
    found: list[Finding] = []
    undecided: list[Undecided] = []
    crashes: list[Crash] = []
    for each in said:
        if isinstance(each, Finding):
            found.append(each)
        elif isinstance(each, Undecided):
            undecided.append(each)
        else:
            crashes.append(each)
    return found, undecided, crashes


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
