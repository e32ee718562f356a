"""Diagnose: from what the rules said to what a report shows. All sums are done here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from backlint.finding import Crash, Finding, Severity, Undecided
from backlint.health.actions import best_actions
from backlint.health.demands import Demands
from backlint.health.health import Change, Health, Point, Reading, RuleHealth, Unsaid
from backlint.health.history import ages, weeks
from backlint.health.order import order
from backlint.health.readiness import USUAL, near, runway
from backlint.health.score import Scale, grade
from backlint.health.themes import themes
from backlint.health.tiles import Nearness, tiles
from backlint.health.verdict import Facts, judge
from backlint.model import Backlog, Band
from backlint.plugin import Plugin

NOTHING_HIDDEN: Mapping[str, int] = {}


class Said(Protocol):
    """All that the rules said of one backlog (`backlint.engine.Lint` is one), the most pressing finding first."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is held against it."""
        ...

    @property
    def undecided(self) -> tuple[Undecided, ...]:
        """What could not be decided."""
        ...

    @property
    def crashes(self) -> tuple[Crash, ...]:
        """What failed."""
        ...


def diagnose(
    backlog: Backlog,
    said: Said,
    readings: Sequence[Reading] = (),
    *,
    rules: Iterable[Plugin] = (),
    change: Change | None = None,
    past: Sequence[Point] = (),
    forgiven: Sequence[Finding] = (),
    hidden: Mapping[str, int] = NOTHING_HIDDEN,
    demands: Demands = USUAL,
    rules_version: str = "",
) -> Health:
    """The health of a backlog.

    Args:
        backlog: The whole backlog; its `now` is the moment of the diagnosis, its `name` the team's.
        said: What the rules said, without what is hidden.
        readings: What was read; one that is not complete keeps the verdict from being good.
        rules: The rules that ran, so that one which found nothing is shown as well.
        change: What is different from the run before.
        past: Earlier runs, oldest first.
        forgiven: What a baseline hides: not shown, but what is not ready is not made ready by it.
        hidden: How many findings were taken out before, by why.
        demands: What the team asks of an item before it is planned.
        rules_version: What identifies the rule set and its settings.
    """
    findings = said.findings
    coming = near(backlog, (*findings, *forgiven), demands)
    top = coming[Band.NEXT]
    ready = sum(not item.lacks for item in top)
    families = _families(findings)
    left = runway(backlog, coming)
    scale = Scale(backlog)
    by_rule = _by_rule(said, rules, change)
    verdict = judge(
        Facts(
            readings=readings,
            open_items=len(backlog.open),
            ready=ready,
            next_items=len(top),
            findings=findings,
            families=families,
        )
    )
    return Health(
        name=backlog.name,
        now=backlog.now,
        headline=verdict.headline,
        because=verdict.because,
        is_well=verdict.is_well,
        is_complete=all(reading.is_complete for reading in readings),
        readings=tuple(readings),
        items=len(backlog),
        open_items=len(backlog.open),
        ready=ready,
        next_items=len(top),
        coming=top,
        grade=grade(scale, findings),
        tiles=tiles(
            Nearness(ready=ready, items=len(top), runway=left, before=change.before if change else None),
            families,
            _decided(by_rule, len(backlog.open)),
            len(backlog.open),
        ),
        actions=best_actions(backlog, findings, scale),
        bands=_bands(backlog),
        runway=left,
        ages=ages(backlog),
        weeks=weeks(backlog),
        order=order(backlog, findings),
        themes=themes(backlog, findings),
        findings=findings,
        families=families,
        rules=by_rule,
        unsaid=_unsaid(said.undecided),
        crashes=said.crashes,
        change=change,
        past=tuple(past),
        hidden=dict(hidden),
        rules_version=rules_version,
    )


def _families(findings: Iterable[Finding]) -> Mapping[str, int]:
    """Items with a finding, by family; the backlog itself counts as one."""
    about: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        about[finding.family].add(finding.subject.id if finding.subject else "")
    return {family: len(ids) for family, ids in sorted(about.items())}


def _decided(rules: Sequence[RuleHealth], open_items: int) -> frozenset[str]:
    """The families that found something, or of which no rule was at a loss about most of the backlog."""
    at_a_loss = {rule.family for rule in rules if rule.undecided and 2 * rule.undecided >= open_items}
    return frozenset(rule.family for rule in rules if rule.findings or rule.family not in at_a_loss)


def _bands(backlog: Backlog) -> Mapping[Band, int]:
    counted = Counter(backlog.band(item) for item in backlog.open)
    return {band: counted[band] for band in Band}


def _by_rule(said: Said, rules: Iterable[Plugin], change: Change | None) -> tuple[RuleHealth, ...]:
    """Each rule that ran, the one with most findings first."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in said.findings:
        found[finding.rule].append(finding)
    missed: dict[str, Counter[str]] = defaultdict(Counter)
    for undecided in said.undecided:
        missed[undecided.rule][undecided.missing] += 1
    new = set(change.new) if change else set[str]()
    healths = [_rule(rule, found[rule.name()], missed[rule.name()], new) for rule in rules]
    return tuple(sorted(healths, key=lambda it: (-it.findings, it.undecided > 0, it.rule)))


def _rule(rule: Plugin, found: Sequence[Finding], missed: Counter[str], new: set[str]) -> RuleHealth:
    return RuleHealth(
        rule=rule.name(),
        family=rule.family(),
        summary=rule.summary(),
        findings=len(found),
        undecided=missed.total(),
        missing=missed.most_common(1)[0][0] if missed else None,
        why=rule.page().partition("\n")[2].strip(),
        severities={it: sum(finding.severity is it for finding in found) for it in reversed(Severity)},
        new=sum(finding.fingerprint in new for finding in found),
    )


def _unsaid(undecided: Iterable[Undecided]) -> tuple[Unsaid, ...]:
    """What was missing, what was missed most first."""
    by_missing: dict[str, list[Undecided]] = defaultdict(list)
    for each in undecided:
        by_missing[each.missing].append(each)
    lacks = [
        Unsaid(
            missing=missing,
            rules=tuple(sorted({each.rule for each in those})),
            items=len({each.subject.id for each in those if each.subject}),
        )
        for missing, those in by_missing.items()
    ]
    return tuple(sorted(lacks, key=lambda it: (-it.items, it.missing)))
