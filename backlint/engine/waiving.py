"""Take out what a person accepted, and tell what became of each waiver."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from backlint.catalog import every
from backlint.finding import Finding, Undecided
from backlint.model import Backlog, Item
from backlint.model.waivers import Waiver, WaiverUse, find_waivers
from backlint.rule import Rule, WaiverRule


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that is not shown, because a person accepted it."""

    finding: Finding
    waiver: Waiver


class Waiving:
    """The waivers of a backlog, held against what the rules said in one run."""

    def __init__(self, backlog: Backlog, rules: Sequence[Rule], undecided: Sequence[Undecided]) -> None:
        self.backlog = backlog
        self.today = backlog.now.date()
        self._words = {rule.name(): words(type(rule)) for rule in rules if not isinstance(rule, WaiverRule)}
        self._said_undecided = undecided
        self._waivers: dict[str, tuple[Waiver, ...]] = {}
        self._covered: Counter[tuple[str, Waiver]] = Counter()

    def split(self, findings: Sequence[Finding]) -> tuple[list[Finding], list[Waived]]:
        """The findings that stay, and those that a waiver hides."""
        stay: list[Finding] = []
        waived: list[Waived] = []
        for finding in findings:
            waiver = self._waiver_of(finding)
            if waiver:
                waived.append(Waived(finding, waiver))
            else:
                stay.append(finding)
        return stay, waived

    def _waiver_of(self, finding: Finding) -> Waiver | None:
        about = finding.subject.id if finding.subject else ""
        covering = [it for it in self._on(about) if it.covers(self._words[finding.rule])]
        for waiver in covering:
            self._covered[about, waiver] += 1
        return next((waiver for waiver in covering if waiver.is_in_force(self.today)), None)

    def uses(self) -> Iterator[tuple[Item, WaiverUse]]:
        """What became of each waiver on an open item; to be asked after the findings were split."""
        for item in self.backlog.open:
            for waiver in self._on(item.id):
                yield item, self._use(item, waiver)

    def _on(self, item_id: str) -> tuple[Waiver, ...]:
        """The waivers on an item, looked for when they are asked for: of most that are done, never."""
        if item_id not in self._waivers:
            item = self.backlog.by_id.get(item_id)
            self._waivers[item_id] = find_waivers(item, self.backlog.people) if item else ()
        return self._waivers[item_id]

    def _use(self, item: Item, waiver: Waiver) -> WaiverUse:
        return WaiverUse(
            waiver=waiver,
            findings=self._covered[item.id, waiver],
            unknown=tuple(name for name in sorted(waiver.rules - self._asked) if name not in known_words()),
            is_judged=self._is_judged(item, waiver),
        )

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(word for each in self._words.values() for word in each)

    @cached_property
    def _undecided(self) -> Mapping[str, frozenset[str]]:
        """By item, the rules that could not decide: asked for only where there is a waiver."""
        return _by_item(self._said_undecided)

    def _is_judged(self, item: Item, waiver: Waiver) -> bool:
        """Whether every rule that it names was asked in this run, and could decide about the item."""
        asked = bool(self._words) and waiver.rules <= self._asked
        silent = (self._words.get(rule, frozenset()) for rule in self._undecided.get(item.id, ()))
        return asked and not any(waiver.covers(each) for each in silent)


def words(rule: type[Rule]) -> frozenset[str]:
    """What a waiver may call the rule: its name, its earlier names, its family."""
    return frozenset({rule.name(), rule.family(), *rule.aliases})


@cache
def known_words() -> frozenset[str]:
    """What a waiver may name at all, whichever rules run."""
    return frozenset(word for rule in every(Rule) for word in words(rule))


def _by_item(undecided: Sequence[Undecided]) -> Mapping[str, frozenset[str]]:
    rules: dict[str, set[str]] = {}
    for each in undecided:
        if each.subject:
            rules.setdefault(each.subject.id, set()).add(each.rule)
    return {item: frozenset(names) for item, names in rules.items()}
