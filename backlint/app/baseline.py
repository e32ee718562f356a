"""The findings that stood on the day a team began: today's debt is forgiven, tomorrow's is not.

A baseline is a committed JSON file that counts findings by item, rule and severity. What stands in it is not shown
while it grows neither in number nor in weight: an item that climbs to the top of the backlog is held to what is owed
there. Where a rule finds more on an item than was forgiven, all of it is shown, for nobody can tell which is new.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError

from backlint.config import Config
from backlint.errors import ConfigError
from backlint.finding import Finding, Severity

THE_BACKLOG = "backlog"
"""Stands for the item, where a finding is about the backlog as a whole."""

Place = tuple[str, str]
"""An item's id, and a rule."""

Counts = Mapping[Severity, NonNegativeInt]


class Entry(BaseModel):
    """What is forgiven on one item. `key` is for the reader: what counts is the id, under which the entry stands."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    key: str
    rules: Mapping[str, Counts]


class Baseline(BaseModel):
    """What is forgiven, by team and item id."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    version: int = Field(default=1, ge=1, le=1)
    teams: Mapping[str, Mapping[str, Entry]] = Field(default_factory=dict[str, Mapping[str, Entry]])

    @property
    def size(self) -> int:
        """How many findings it forgives."""
        entries = (entry for team in self.teams.values() for entry in team.values())
        return sum(number for entry in entries for counts in entry.rules.values() for number in counts.values())

    def allowed(self, team: str, place: Place) -> tuple[Severity, ...]:
        """What is forgiven of a rule on an item, heaviest first."""
        item, rule = place
        entry = self.teams.get(team, {}).get(item)
        return _listed(entry.rules.get(rule, {})) if entry else ()


@dataclass(frozen=True, slots=True)
class Stale:
    """An entry that forgives more than there is: it has done its work."""

    team: str
    key: str
    rule: str


@dataclass(frozen=True, slots=True)
class Forgiving:
    """What a baseline leaves of a team's findings."""

    shown: tuple[Finding, ...]
    forgiven: tuple[Finding, ...]
    stale: tuple[Stale, ...]


def forgive(baseline: Baseline, team: str, findings: Sequence[Finding], asked: Collection[str]) -> Forgiving:
    """Take out what is forgiven. Only of the rules that were asked can it be said that they no longer find a thing."""
    grouped = _grouped(findings)
    covered = {
        place: _is_covered(_severities(found), baseline.allowed(team, place)) for place, found in grouped.items()
    }
    shown = tuple(each for each in findings if not covered[_place(each)])
    forgiven = tuple(each for each in findings if covered[_place(each)])
    return Forgiving(shown, forgiven, tuple(_stale(baseline, team, grouped, asked)))


def _stale(
    baseline: Baseline, team: str, grouped: Mapping[Place, Sequence[Finding]], asked: Collection[str]
) -> Iterator[Stale]:
    for item, entry in baseline.teams.get(team, {}).items():
        for rule, counts in entry.rules.items():
            if rule in asked and len(grouped.get((item, rule), ())) < len(_listed(counts)):
                yield Stale(team, entry.key, rule)


def made_of(findings: Mapping[str, Iterable[Finding]]) -> Baseline:
    """A baseline that forgives all of these, by team."""
    return Baseline(teams={team: _entries(found) for team, found in sorted(findings.items())})


def pruned(baseline: Baseline, findings: Mapping[str, Sequence[Finding]], asked: Collection[str]) -> Baseline:
    """The baseline without what is no longer found. It never forgives more than it did; teams not named stay."""
    teams = {
        team: _pruned(entries, _grouped(findings[team]), asked) if team in findings else entries
        for team, entries in baseline.teams.items()
    }
    return baseline.model_copy(update={"teams": teams})


def _pruned(
    entries: Mapping[str, Entry], found: Mapping[Place, Sequence[Finding]], asked: Collection[str]
) -> Mapping[str, Entry]:
    kept: dict[str, Entry] = {}
    for item, entry in entries.items():
        least = {
            rule: _lesser(_severities(found.get((item, rule), ())), _listed(counts)) if rule in asked else counts
            for rule, counts in entry.rules.items()
        }
        kept[item] = entry.model_copy(update={"rules": {rule: counts for rule, counts in least.items() if counts}})
    return {item: entry for item, entry in kept.items() if entry.rules}


def _lesser(now: Iterable[Severity], then: Iterable[Severity]) -> Counts:
    """What is in both, each at the lighter of its weights."""
    pairs = zip(now, then, strict=False)
    return dict(Counter(min(pair, key=lambda severity: severity.weight) for pair in pairs))


def _is_covered(now: Sequence[Severity], then: Sequence[Severity]) -> bool:
    return len(now) <= len(then) and all(a.weight <= b.weight for a, b in zip(now, then, strict=False))


def _severities(findings: Iterable[Finding]) -> tuple[Severity, ...]:
    """Heaviest first."""
    return tuple(sorted((each.severity for each in findings), key=lambda severity: -severity.weight))


def _listed(counts: Counts) -> tuple[Severity, ...]:
    """Heaviest first."""
    return tuple(severity for severity in reversed(Severity) for _ in range(counts.get(severity, 0)))


def _place(finding: Finding) -> Place:
    return (finding.subject.id if finding.subject else THE_BACKLOG, finding.rule)


def _grouped(findings: Iterable[Finding]) -> Mapping[Place, Sequence[Finding]]:
    grouped: dict[Place, list[Finding]] = defaultdict(list)
    for finding in findings:
        grouped[_place(finding)].append(finding)
    return grouped


def _entries(findings: Iterable[Finding]) -> Mapping[str, Entry]:
    keys: dict[str, str] = {}
    rules: dict[str, dict[str, Counter[Severity]]] = defaultdict(lambda: defaultdict(Counter))
    for finding in findings:
        item, rule = _place(finding)
        keys[item] = finding.subject.key if finding.subject else THE_BACKLOG
        rules[item][rule][finding.severity] += 1
    return {
        item: Entry(key=keys[item], rules={rule: dict(counts) for rule, counts in sorted(rules[item].items())})
        for item in sorted(rules)
    }


def read(file: Path) -> Baseline:
    """Read a baseline. Raises `ConfigError` where the file is none."""
    try:
        return Baseline.model_validate_json(file.read_bytes())
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}.") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise ConfigError(f"{file}: this is no baseline: {where + ': ' if where else ''}{first['msg']}.") from None


def forgiven(config: Config) -> Baseline:
    """The team's baseline, if there is one."""
    return read(config.baseline) if config.baseline.is_file() else Baseline()


def write(baseline: Baseline, file: Path) -> None:
    """Write a baseline so that a change of it reads well."""
    text = json.dumps(baseline.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
    try:
        file.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise ConfigError(f"{file} cannot be written: {error.strerror}.") from None
