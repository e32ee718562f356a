"""One team's part of the page."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from backlint.finding import Finding, Severity
from backlint.health import Health, NextItem, Point, RuleHealth, Tile
from backlint.plural import plural
from backlint.templates import slug

NAMED = 4
"""Findings that are named under "new", "mended" and "came back"; the rest are counted."""

NO_PLACE = 10**6
"""Below every place there is."""

SEVERITIES: Mapping[Severity, tuple[str, str]] = {
    Severity.ERROR: ("Error", "Errors"),
    Severity.WARNING: ("Warning", "Warnings"),
    Severity.INFO: ("Note", "Notes"),
}


@dataclass(frozen=True)
class PersonsPart:
    """What is one person's of the items that are planned next."""

    name: str
    items: Sequence[NextItem]

    @property
    def lacking(self) -> Sequence[NextItem]:
        """Those that something keeps from being planned."""
        return [item for item in self.items if item.lacks]

    @property
    def ready(self) -> int:
        """How many nothing keeps from it."""
        return len(self.items) - len(self.lacking)


@dataclass(frozen=True)
class Page:
    """One team's part of the page: what is named, and what can be filtered by."""

    id: str
    health: Health
    rows: int
    named: int = NAMED
    by_person: bool = False

    @property
    def words(self) -> Mapping[str, str]:
        """What each severity is called."""
        return {severity.value: one for severity, (one, _) in SEVERITIES.items()}

    @property
    def before(self) -> Point | None:
        """The run before."""
        return self.health.change.before if self.health.change else None

    @cached_property
    def new_prints(self) -> frozenset[str]:
        """The fingerprints of new findings."""
        return frozenset(self.health.change.new) if self.health.change else frozenset()

    @property
    def new(self) -> Sequence[Finding]:
        """The new findings."""
        return [finding for finding in self.health.findings if finding.fingerprint in self.new_prints]

    @property
    def came_back(self) -> Sequence[Finding]:
        """The findings that had been mended once."""
        back = frozenset(self.health.change.came_back) if self.health.change else frozenset[str]()
        return [finding for finding in self.health.findings if finding.fingerprint in back]

    @property
    def people(self) -> Sequence[PersonsPart]:
        """Whose the next items are, by name; nobody where that is not asked for. An item of two people is both's."""
        if not self.by_person:
            return ()
        parts: dict[str, list[NextItem]] = defaultdict(list)
        for item in self.health.coming:
            for name in item.who:
                parts[name].append(item)
        return [PersonsPart(name, items) for name, items in sorted(parts.items())]

    @property
    def speaking(self) -> Sequence[RuleHealth]:
        """The rules that found something."""
        return [rule for rule in self.health.rules if rule.findings]

    @property
    def silent(self) -> Sequence[RuleHealth]:
        """The rules that could decide and found nothing."""
        return [rule for rule in self.health.rules if not rule.findings and not rule.undecided]

    @cached_property
    def rule_number(self) -> Mapping[str, int]:
        """Where the findings of a rule stand when they are sorted by rule."""
        return {rule: number for number, rule in enumerate(sorted({it.rule for it in self.health.findings}))}

    def place(self, finding: Finding) -> int:
        """Where a finding stands when they are sorted by place: the backlog itself first, what has no place last."""
        if finding.subject is None:
            return 0
        return finding.subject.rank or NO_PLACE

    @property
    def points(self) -> Sequence[Point]:
        """The trend, this run last."""
        return [*self.health.past, self.health.point()]

    @property
    def first_run(self) -> Point | None:
        """The first point that a run saw, where what is before it was rebuilt."""
        seen = [point for point in self.points if not point.is_rebuilt]
        return seen[0] if len(seen) < len(self.points) else None

    @property
    def told_by_histories(self) -> str:
        """How much of what the first run found was told already by the histories: the dotted line is lower for that."""
        rebuilt = [point for point in self.points if point.is_rebuilt]
        found = self.first_run.findings if self.first_run else 0
        return f"{rebuilt[-1].findings} of its {plural(found, 'finding')}" if rebuilt else ""

    @property
    def tells_scores(self) -> bool:
        """Whether there are two scores, and so a line."""
        return sum(point.score is not None for point in self.points) > 1

    @property
    def rules_changed(self) -> bool:
        """Whether the trend is of one and the same rules."""
        return len({point.rules for point in self.points}) > 1

    @cached_property
    def filters(self) -> Sequence[tuple[str, str, int]]:
        """What the findings can be narrowed to: the name of the filter, what it is called, how many it leaves."""
        return [it for it in self._filters() if it[2]]

    def filter_of(self, tile: Tile) -> str | None:
        """The filter that shows what stands behind a tile; `None` where nothing does."""
        names = {name for name, _, _ in self.filters}
        return next((slug(family) for family in tile.families if slug(family) in names), None)

    def _filters(self) -> Iterator[tuple[str, str, int]]:
        yield "new", "New", len(self.new_prints)
        for severity, (_, many) in SEVERITIES.items():
            yield severity.value, many, self.health.count(severity)
        families = Counter(finding.family for finding in self.health.findings)
        for family in self.health.families:
            yield slug(family), family.capitalize(), families[family]

    def names(self) -> Iterator[str]:
        """Every name that the page is filtered by."""
        yield from (name for name, _, _ in self.filters)
        yield from (slug(rule.rule) for rule in self.speaking)
