"""Lint: put every rule to the backlog, and weigh each fault by where its item stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backlint.finding import Crash, Fault, Finding, Severity, Subject, Undecidable, Undecided
from backlint.model import Backlog, Band, Item
from backlint.rule import BacklogRule, ItemRule, Rule, Verdict

THE_ORDER = "the order of the backlog"


@dataclass(frozen=True, slots=True)
class Lint:
    """All that the rules said."""

    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    crashes: tuple[Crash, ...]


def lint(backlog: Backlog, rules: Sequence[Rule]) -> Lint:
    """Put every rule to the backlog. Item rules go item by item, so that each text is read once for all of them."""
    said: list[Finding | Undecided | Crash] = []
    by_item = [rule for rule in rules if isinstance(rule, ItemRule)]
    for item in backlog:
        for each in by_item:
            if each.looks_at(item):
                said.extend(_ask_about(item, each, backlog))
    for whole in [rule for rule in rules if isinstance(rule, BacklogRule)]:
        said.extend(_weigh_all(whole, backlog))
    return Lint(
        tuple(sorted((it for it in said if isinstance(it, Finding)), key=_most_pressing)),
        tuple(it for it in said if isinstance(it, Undecided)),
        tuple(it for it in said if isinstance(it, Crash)),
    )


def _ask_about(item: Item, rule: ItemRule, backlog: Backlog) -> Iterator[Finding | Undecided | Crash]:
    band = backlog.band(item)
    if band is None and rule.needs_band:
        yield Undecided(rule=rule.name(), missing=THE_ORDER, subject=subject(item))
    elif rule.severity_in(band) is not None:
        try:
            for verdict in rule.check(item, backlog):
                yield from _weigh(verdict, rule, item, backlog)
        except Exception as error:  # noqa: BLE001 - a rule's author is told, the night goes on
            yield Crash(rule=rule.name(), subject=subject(item), error=_told(error))


def _weigh_all(rule: BacklogRule, backlog: Backlog) -> Iterator[Finding | Undecided | Crash]:
    try:
        for verdict in rule.check(backlog):
            item = backlog.by_id[verdict.item_id] if verdict.item_id else None
            yield from _weigh(verdict, rule, item, backlog)
    except Exception as error:  # noqa: BLE001 - a rule's author is told, the night goes on
        yield Crash(rule=rule.name(), subject=None, error=_told(error))


def _weigh(verdict: Verdict, rule: Rule, item: Item | None, backlog: Backlog) -> Iterator[Finding | Undecided]:
    about = subject(item) if item else None
    band = backlog.band(item) if item else None
    if isinstance(verdict, Undecidable):
        yield Undecided(rule=rule.name(), missing=verdict.missing, subject=about)
    elif item and band is None and rule.needs_band:
        yield Undecided(rule=rule.name(), missing=THE_ORDER, subject=about)
    else:
        severity = rule.severity_in(band) if item else rule.heaviest
        if severity is not None:
            yield _finding(verdict, rule, about, severity, band)


def _finding(fault: Fault, rule: Rule, about: Subject | None, severity: Severity, band: Band | None) -> Finding:
    return Finding(
        rule=rule.name(),
        family=rule.family(),
        severity=severity,
        confidence=fault.confidence or rule.confidence,
        subject=about,
        band=band,
        fact=fault.fact,
        fix=fault.fix,
        limit=fault.limit,
        part=fault.part,
        evidence=fault.evidence,
    )


def subject(item: Item) -> Subject:
    """What a reader needs of the item."""
    return Subject(id=item.id, key=item.key, title=item.title, url=item.url, rank=item.rank)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _most_pressing(finding: Finding) -> tuple[int, int, float, str, str, str]:
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
