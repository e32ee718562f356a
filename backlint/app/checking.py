"""The main job: put the rules to each team's backlog and diagnose it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from backlint import __version__, catalog
from backlint.app import baseline, reading
from backlint.app.baseline import Baseline, Stale
from backlint.app.overriding import lint_overridden
from backlint.app.policy import Policy
from backlint.config import Config, Override, Team, TeamSettings
from backlint.connector import Connector
from backlint.errors import ConfigError, Exit
from backlint.finding import Finding, Severity
from backlint.health import Health, Run, diagnose
from backlint.rule import Rule
from backlint.store import Store
from backlint.sync import OnProgress
from backlint.transport import Gate

NO_TEAM = (
    "No team is configured. Write one into backlint.toml, as in config.example.toml, "
    "or check a file: backlint check items.jsonl"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a run beside the configuration.

    Attributes:
        now: The moment at which the backlogs are looked at.
        syncs: Whether the trackers are read first.
        forgives: What is not shown, because it stood there on the day the team began.
        honours_waivers: Whether what a person accepted on the item is not shown.
        on_progress: Told about every batch that was read.
    """

    now: datetime
    syncs: bool = True
    forgives: Baseline = field(default_factory=Baseline)
    honours_waivers: bool = True
    on_progress: OnProgress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A run, with what a baseline is made of: all that was `found` by team, and the entries that are `stale`."""

    run: Run
    found: Mapping[str, tuple[Finding, ...]]
    stale: tuple[Stale, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether all data were there."""
        return all(health.is_complete for health in self.run.teams)

    def exit_code(self, fail_on: Severity) -> Exit:
        """What a run answers to the shell. Incomplete data are never green."""
        findings = [finding for health in self.run.teams for finding in health.findings]
        if not self.is_complete:
            return Exit.INCOMPLETE
        return Exit.FINDINGS if any(each.severity.weight >= fail_on.weight for each in findings) else Exit.CLEAN


def check(config: Config, teams: Sequence[Team], gate: Gate, asked: Asked) -> Checked:
    """Read what changed, check every team's backlog, and keep what was found."""
    if not teams:
        raise ConfigError(NO_TEAM)
    with Store.open(config.store) as store:
        return run(store, config.rules, teams, gate, asked, overrides=config.overrides)


def check_file(path: str, config: Config, gate: Gate, asked: Asked, team: Team | None = None) -> Checked:
    """Check a file of items (`-` is standard input) in place of a tracker; nothing of it is kept."""
    source = catalog.load(Connector, "file")(path=path)
    name = team.name if team else "standard input" if path == "-" else Path(path).name
    settings = team.settings if team else TeamSettings()
    with TemporaryDirectory(prefix="backlint-") as folder, Store.open(str(Path(folder) / "store.db")) as store:
        return run(store, config.rules, [Team(name, settings, (source,))], gate, asked, overrides=config.overrides)


def run(
    store: Store,
    rules: Sequence[Rule],
    teams: Sequence[Team],
    gate: Gate,
    asked: Asked,
    *,
    overrides: Sequence[Override] = (),
) -> Checked:
    """One run over the teams' backlogs, kept in the store."""
    if asked.syncs:
        reading.sync(store, teams, gate, asked.on_progress)
    policy = Policy(rules, overrides)
    checked = [_Check(store, policy, team, asked) for team in teams]
    healths = [each.health() for each in checked]
    done = Run(id=asked.now.isoformat(), at=asked.now, version=__version__, teams=tuple(healths))
    store.record_run(done)
    return Checked(
        run=done,
        found={each.team.name: each.found for each in checked},
        stale=tuple(entry for each in checked for entry in each.left.stale if each.is_complete),
    )


class _Check:
    """The check of one team's backlog."""

    def __init__(self, store: Store, policy: Policy, team: Team, asked: Asked) -> None:
        self.team = team
        self._store, self._policy = store, policy
        self._backlog = reading.backlog(store, team, asked.now)
        overridden = lint_overridden(self._backlog, policy.rules, policy.overrides)
        self._said, self._ignored = overridden.said, overridden.ignored
        self._readings = store.readings(reading.names(team))
        self.is_complete = all(each.is_complete for each in self._readings)
        self._waived = self._said.waived if asked.honours_waivers else ()
        shown_anyway = () if asked.honours_waivers else tuple(each.finding for each in self._said.waived)
        self.found = (*self._said.findings, *shown_anyway)
        self.left = baseline.forgive(asked.forgives, team.name, self.found, policy.names)

    def health(self) -> Health:
        """The diagnosis of what is left to show."""
        shown = self.left.shown
        hidden = {
            "waived": len(self._waived),
            "in the baseline": len(self.left.forgiven),
            "ignored by an override": self._ignored,
        }
        return diagnose(
            self._backlog,
            replace(self._said, findings=shown),
            self._readings,
            rules=self._policy.rules,
            change=self._store.change(self.team.name, shown, asked=self._policy.names),
            past=[each.point for each in self._store.past(self.team.name)],
            forgiven=self.left.forgiven,
            hidden={why: number for why, number in hidden.items() if number},
            rules_version=self._policy.version,
        )
