"""The main job: put the rules to each team's backlog and diagnose it."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from hashlib import blake2s
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from backlint import __version__, catalog
from backlint.app import reading
from backlint.config import Config, Team, TeamSettings
from backlint.connector import Connector
from backlint.engine import lint
from backlint.errors import ConfigError, Exit
from backlint.finding import Severity
from backlint.health import Health, Reading, Run, diagnose
from backlint.rule import Rule
from backlint.store import Store
from backlint.sync import OnProgress
from backlint.transport import Gate

OnTeam = Callable[[str], None]
"""Told before each team is checked: its name."""


def check(
    config: Config,
    teams: Sequence[Team],
    gate: Gate,
    now: datetime,
    *,
    syncs: bool = True,
    on_progress: OnProgress | None = None,
) -> Run:
    """Read what changed (unless told not to), check every team's backlog, and keep what was found."""
    if not teams:
        raise ConfigError(
            "No team is configured. Write one into backlint.toml, as in config.example.toml, "
            "or check a file: backlint check items.jsonl"
        )
    with Store.open(config.store) as store:
        return run(store, config.rules, teams, gate, now, syncs=syncs, on_progress=on_progress)


def check_file(path: str, config: Config, gate: Gate, now: datetime, team: Team | None = None) -> Run:
    """Check a file of items (`-` is standard input) in place of a tracker; nothing of it is kept."""
    source = catalog.load(Connector, "file")(path=path)
    name = team.name if team else "standard input" if path == "-" else Path(path).name
    settings = team.settings if team else TeamSettings()
    with TemporaryDirectory(prefix="backlint-") as folder, Store.open(str(Path(folder) / "store.db")) as store:
        return run(store, config.rules, [Team(name, settings, (source,))], gate, now)


def run(
    store: Store,
    rules: Sequence[Rule],
    teams: Sequence[Team],
    gate: Gate,
    now: datetime,
    *,
    syncs: bool = True,
    on_progress: OnProgress | None = None,
) -> Run:
    """One run over the teams' backlogs, kept in the store."""
    if syncs:
        reading.sync(store, teams, gate, on_progress)
    healths = tuple(_health(store, rules, team, now) for team in teams)
    done = Run(id=now.isoformat(), at=now, version=__version__, teams=healths)
    store.record_run(done)
    return done


def _health(store: Store, rules: Sequence[Rule], team: Team, now: datetime) -> Health:
    backlog = reading.backlog(store, team, now)
    said = lint(backlog, rules)
    return diagnose(
        backlog,
        said,
        store.readings(reading.names(team)),
        rules=rules,
        change=store.change(team.name, said.findings, asked={rule.name() for rule in rules}),
        past=[each.point for each in store.past(team.name)],
        hidden={"waived": len(said.waived)} if said.waived else {},
        rules_version=rules_version(rules),
    )


def rules_version(rules: Iterable[Rule]) -> str:
    """The same for the same rules with the same settings: a trend is not drawn across a change of them."""
    said = sorted(f"{rule.name()} {_settings(rule)}" for rule in rules)
    return blake2s("\n".join(said).encode(), digest_size=6).hexdigest()


def _settings(rule: Rule) -> str:
    """A rule's settings as text, sets in a stable order."""
    return json.dumps({name: _stable(value) for name, value in rule}, default=str, sort_keys=True)


def _stable(value: object) -> object:
    return sorted(map(str, cast(frozenset[object], value))) if isinstance(value, frozenset) else value


def exit_code(run: Run, fail_on: Severity, *, forgives: bool = False) -> Exit:
    """What a run answers to the shell. Incomplete data are never green, whatever is forgiven."""
    if not all(health.is_complete for health in run.teams):
        return Exit.INCOMPLETE
    weighs = any(finding.severity.weight >= fail_on.weight for health in run.teams for finding in health.findings)
    return Exit.FINDINGS if weighs and not forgives else Exit.CLEAN


def incomplete(run: Run) -> tuple[Reading, ...]:
    """The readings that did not come to their end."""
    return tuple(each for health in run.teams for each in health.readings if not each.is_complete)
