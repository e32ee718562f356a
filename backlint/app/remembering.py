"""What timeless rules said of a team's backlog, kept in the store until something changes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from json import dumps, loads
from pathlib import Path

import backlint
from backlint.app import reading
from backlint.app.policy import settings_of
from backlint.config import Team
from backlint.engine import Said, subject
from backlint.finding import Confidence, Crash, Finding, Severity, Undecided
from backlint.model import Backlog, Band
from backlint.rule import Rule
from backlint.store import Store
from backlint.transport import Json

OURS = "backlint.rules."
"""Where the rules stand that are kept: of a team's own rule nobody knows what else it looks at, or when it changed."""


class Remembering:
    """The memory of one look at one team's backlog (an `engine.Memory`)."""

    def __init__(self, store: Store, team: Team, backlog: Backlog) -> None:
        self._store, self._team, self._backlog = store, team.name, backlog
        self._state = _digest(store.state(reading.names(team)), code(), *_surroundings(backlog))
        self._known = store.verdicts(team.name, self._state)
        self._new: dict[str, str] = {}

    def recall(self, rule: Rule) -> Sequence[Said] | None:
        """What the rule said of the same items, under the same settings."""
        told = self._known.get(_name(rule))
        return None if told is None else tuple(self._read(rule, loads(told)))

    def keep(self, rule: Rule, said: Sequence[Said]) -> None:
        """Keep it if it can be read back exactly as it is; a failure is never kept."""
        if not type(rule).__module__.startswith(OURS) or any(isinstance(each, Crash) for each in said):
            return
        told = dumps([_told(each) for each in said], separators=(",", ":"))
        if list(self._read(rule, loads(told))) == list(said):
            self._new[_name(rule)] = told

    def write(self) -> None:
        """Write what is new to the store."""
        if self._new:
            self._store.keep_verdicts(self._team, self._state, self._new)

    def _read(self, rule: Rule, told: Iterable[Json]) -> Iterator[Said]:
        name, family = rule.name(), rule.family()
        for about, *said in told:
            item = None if about is None else subject(self._backlog.by_id[about])
            if len(said) == 1:
                yield Undecided(rule=name, missing=said[0], subject=item)
                continue
            severity, confidence, band, fact, fix, limit, part, evidence = said
            yield Finding(
                rule=name,
                family=family,
                severity=Severity(severity),
                confidence=Confidence(confidence),
                subject=item,
                band=band and Band(band),
                fact=fact,
                fix=fix,
                limit=limit,
                part=part,
                evidence=evidence,
            )


def _told(said: Said) -> tuple[Json, ...]:
    about = said.subject.id if said.subject else None
    if isinstance(said, Finding):
        place = said.band and said.band.value
        measured = (said.fact, said.fix, said.limit, said.part, said.evidence)
        return about, said.severity.value, said.confidence.value, place, *measured
    return about, said.missing if isinstance(said, Undecided) else said.error


def _name(rule: Rule) -> str:
    return f"{rule.name()} {_digest(settings_of(rule))}"


def _surroundings(backlog: Backlog) -> Iterator[str]:
    """What rules see beside what was read from the trackers."""
    yield repr(backlog.pace and replace(backlog.pace, samples=()))  # the sprints one by one are for forecasts
    yield settings_of(backlog.widths)
    yield settings_of(backlog.people)


@cache
def code() -> str:
    """The same for the same backlint: its version, and for who works on it, when each file was saved."""
    root = Path(backlint.__file__).parent
    files = sorted(it for folder in (root, root / "rules") for it in folder.rglob("*") if it.suffix in {".py", ".toml"})
    saved = [f"{file.name} {stat.st_mtime_ns} {stat.st_size}" for file in files for stat in [file.stat()]]
    return _digest(backlint.__version__, *saved)


def _digest(*told: str) -> str:
    return blake2b("\0".join(told).encode(), digest_size=12).hexdigest()
