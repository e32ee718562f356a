"""Ask every rule, and weigh each fault by where its item stands."""

from collections.abc import Callable, Iterable, Iterator

from backlint.finding import Crash, Fault, Finding, Severity, Subject, Undecidable, Undecided
from backlint.model import Backlog, Band, Item, Kind, Stage
from backlint.model.waivers import WaiverUse
from backlint.rule import BacklogRule, ItemRule, Rule, Verdict, WaiverRule

THE_ORDER = "the order of the backlog"

Said = Finding | Undecided | Crash


def ask(backlog: Backlog, rules: Iterable[Rule]) -> Iterator[Said]:
    """What the rules say. Item rules go item by item, so that each text is read once for all of them."""
    asked = Asked(rule for rule in rules if isinstance(rule, ItemRule))
    for item in backlog:
        yield from _ask_about(item, backlog, asked)
    for whole in rules:
        if isinstance(whole, BacklogRule):
            yield from _listen(whole, None, whole.check(backlog), backlog)


Question = tuple[Callable[[Item, Backlog], Iterator[Verdict]], ItemRule, Severity | None]
"""A rule's `check`, the rule, and what its fault weighs; `None` where it must know the item's place and cannot."""


class Asked:
    """The rules that are asked about an item, which its kind, stage and band decide: worked out once for each."""

    def __init__(self, rules: Iterable[ItemRule]) -> None:
        self.rules = tuple(rules)
        self._about: dict[tuple[Kind, Stage, Band | None], tuple[Question, ...]] = {}

    def about(self, item: Item, band: Band | None) -> tuple[Question, ...]:
        """What is asked about the item."""
        place = item.kind, item.stage, band
        found = self._about.get(place)
        if found is None:
            found = self._about[place] = tuple(self._weighed(item, band))
        return found

    def _weighed(self, item: Item, band: Band | None) -> Iterator[Question]:
        for rule in self.rules:
            if rule.looks_at(item):
                severity = rule.severity_in(band)
                if severity is not None or (band is None and rule.needs_band):
                    yield rule.check, rule, severity


def ask_about_waivers(
    backlog: Backlog, rules: Iterable[Rule], uses: Iterable[tuple[Item, WaiverUse]]
) -> Iterator[Said]:
    """What the rules about waivers say, once it is known what each waiver covers."""
    about_waivers = [rule for rule in rules if isinstance(rule, WaiverRule)]
    for item, use in uses:
        for rule in about_waivers:
            yield from _listen(rule, item, rule.check(item, use, backlog), backlog)


def _ask_about(item: Item, backlog: Backlog, asked: Asked) -> Iterator[Said]:
    band = backlog.band(item)
    rules = asked.about(item, band)
    if not rules:  # most of a backlog is done
        return
    about = subject(item)
    for check, rule, severity in rules:
        if severity is None:
            yield Undecided(rule=rule.name(), missing=THE_ORDER, subject=about)
            continue
        try:
            for verdict in check(item, backlog):
                if verdict.item_id:
                    yield from _weigh(verdict, rule, backlog.by_id[verdict.item_id], backlog)
                elif isinstance(verdict, Undecidable):
                    yield Undecided(rule=rule.name(), missing=verdict.missing, subject=about)
                else:
                    yield _finding(verdict, rule, about, severity, band)
        except Exception as error:  # noqa: BLE001 - a rule's author is told, the night goes on
            yield _crash(rule, about, error)


def _listen(rule: Rule, item: Item | None, verdicts: Iterator[Verdict], backlog: Backlog) -> Iterator[Said]:
    """Weigh what the rule says; a rule that fails says so, and what it said before stays."""
    try:
        for verdict in verdicts:
            about = backlog.by_id[verdict.item_id] if verdict.item_id else item
            yield from _weigh(verdict, rule, about, backlog)
    except Exception as error:  # noqa: BLE001 - a rule's author is told, the night goes on
        yield _crash(rule, subject(item) if item else None, error)


def _weigh(verdict: Verdict, rule: Rule, item: Item | None, backlog: Backlog) -> Iterator[Said]:
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


def _crash(rule: Rule, about: Subject | None, error: Exception) -> Crash:
    return Crash(rule=rule.name(), subject=about, error=f"{type(error).__name__}: {error}")


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
