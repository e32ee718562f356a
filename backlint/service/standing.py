"""How it stands with each team: when its last good run was, and when there should have been one."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from backlint.app.jobs import timetable_of
from backlint.app.reading import names
from backlint.config import Config, Team
from backlint.finding import Severity
from backlint.health import Reading
from backlint.store import Past, Record, Store
from backlint.timetable import Job, Slot, upcoming
from backlint.transport import Clock

KEPT = 10.0
"""Seconds for which an answer stands: probes are open to everybody, and must not be a way to keep the store busy."""


LOOKED_BACK = 30
"""Runs among which the last complete one is looked for."""


class Scheduler(Protocol):
    """What sees to the jobs."""

    @property
    def is_alive(self) -> bool:
        """Whether it still asks what is due."""
        ...

    def upcoming(self) -> Sequence[tuple[Team, Slot]]:
        """What comes next for each team and job."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One team.

    Attributes:
        last_good: When its last complete run was.
        expected: When a good run was, or will be, due after that; `None`: none ever is.
        is_late: Whether that was longer ago than the settings allow.
        run: The last run that was kept, and the findings in it.
        readings: What was read from its sources.
        jobs: How its last jobs went, the newest of each.
    """

    team: str
    last_good: datetime | None
    expected: datetime | None
    is_late: bool
    run: Past | None
    findings: Mapping[Severity, int]
    readings: tuple[Reading, ...] = ()
    jobs: tuple[Record, ...] = ()


@dataclass
class Standings:
    """The teams of a configuration, as the store knows them. Raises `StoreError` where it cannot be asked."""

    configuration: Callable[[], Config]
    clock: Clock
    began: datetime = field(init=False)
    _known: tuple[float, tuple[Standing, ...]] | None = field(default=None, init=False)
    _counted: dict[str, tuple[str, Mapping[Severity, int]]] = field(
        default_factory=dict[str, tuple[str, Mapping[Severity, int]]], init=False
    )

    def __post_init__(self) -> None:
        self.began = self.clock.now()

    def all(self) -> tuple[Standing, ...]:
        """Every team, in the order of the configuration; no older than some seconds."""
        now = self.clock.monotonic()
        if self._known is None or now - self._known[0] >= KEPT:
            self._known = (now, self._read())
        return self._known[1]

    def _read(self) -> tuple[Standing, ...]:
        config = self.configuration()
        with Store.open(config.store) as store:
            nights = store.jobs().last_good()
            return tuple(self._of(store, config, team, nights.get(team.name)) for team in config.teams)

    def _of(self, store: Store, config: Config, team: Team, night: datetime | None) -> Standing:
        """A run by hand is as good as the job's own, if its data were complete.

        What was due before we began and is not done counts, too: a server that falls and rises again is not well.
        """
        runs = [run for run in store.past(team.name, LOOKED_BACK) if not run.point.is_rebuilt]
        run = runs[-1] if runs else None
        good = [it.point.at for it in runs if it.is_complete]
        last_good = max([*good, night] if night else good, default=None)
        zone = team.settings.time_zone
        slot = upcoming(timetable_of(team), team.name, zone, Job.NIGHTLY, last_good or self.began)
        late = timedelta(hours=config.settings.service.late_hours)
        expected = slot.at if slot else None
        return Standing(
            team=team.name,
            last_good=last_good,
            expected=expected,
            is_late=expected is not None and self.clock.now() > expected + late,
            run=run,
            findings=self._findings(store, team.name, run),
            readings=store.readings(names(team)),
            jobs=tuple({record.job: record for record in reversed(store.jobs().recent(team.name, 20))}.values()),
        )

    def _findings(self, store: Store, team: str, run: Past | None) -> Mapping[Severity, int]:
        """How many findings of each severity a run made; counted once, as a run never changes."""
        if run is None:
            return {}
        known = self._counted.get(team)
        if known is None or known[0] != run.id:
            found = store.found(team, run.id) or {}
            known = self._counted[team] = (run.id, Counter(each.severity for each in found.values()))
        return known[1]
