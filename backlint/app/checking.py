"""The main job: put the rules to each team's backlog and diagnose it."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from backlint import __version__
from backlint.app import baseline, comparing, reading
from backlint.app.baseline import Stale
from backlint.app.collector import collector_off
from backlint.app.looking import Asked, Look, look, opened
from backlint.app.policy import Policy
from backlint.app.rebuilding import Rebuilding
from backlint.config import Config, Override, Team
from backlint.errors import Exit
from backlint.finding import Finding, Severity
from backlint.health import Health, Run, diagnose
from backlint.occasion import occasion
from backlint.rule import Rule
from backlint.store import Store
from backlint.transport import Gate

__all__ = ["Asked", "Checked", "check", "run"]

LOGGER = logging.getLogger(__name__)


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
    with opened(config, teams, asked) as (store, chosen):
        asked = replace(asked, past_weeks=0 if asked.file else config.settings.past_weeks)
        return run(store, config.rules, chosen, gate, asked, overrides=config.overrides)


def run(
    store: Store,
    rules: Sequence[Rule],
    teams: Sequence[Team],
    gate: Gate,
    asked: Asked,
    *,
    overrides: Sequence[Override] = (),
) -> Checked:
    """One run over the teams' backlogs, kept in the store; programs that read the log hear what came of it."""
    with occasion(run=asked.now.isoformat()):
        began = gate.clock.monotonic()
        checked = _run(store, Policy(rules, overrides), teams, gate, asked)
        _tell(checked, seconds=gate.clock.monotonic() - began)
        return checked


def _run(store: Store, policy: Policy, teams: Sequence[Team], gate: Gate, asked: Asked) -> Checked:
    known = {team.name: comparing.found_in(store, team.name, asked.since) for team in teams} if asked.since else {}
    if asked.syncs:
        reading.sync(store, teams, gate, asked.on_progress)
    past = Rebuilding(weeks=asked.past_weeks, clock=gate.clock, forgives=asked.forgives, on_progress=asked.on_progress)
    judged = [_judge(store, policy, team, past, asked) for team in teams]
    healths = tuple(each.health for each in judged)
    done = Run(id=asked.now.isoformat(), at=asked.now, version=__version__, teams=healths)
    store.record_run(done, hidden=frozenset[str]().union(*(each.unshown for each in judged)))
    shown = tuple(comparing.only_new(each, known.get(each.name, frozenset())) for each in healths) if known else healths
    return Checked(
        run=replace(done, teams=shown),
        found={each.health.name: each.found for each in judged},
        stale=tuple(entry for each in judged for entry in each.stale),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """What is kept of the check of one team's backlog; `unshown` are fingerprints of what stands and is hidden."""

    health: Health
    found: tuple[Finding, ...]
    stale: tuple[Stale, ...]
    unshown: frozenset[str]


def _judge(store: Store, policy: Policy, team: Team, past: Rebuilding, asked: Asked) -> _Judged:
    """Check one team's backlog, and let go of it: however many teams there are, one is held at a time."""
    with collector_off():
        seen = look(store, policy, team, asked.now, remembers=asked.file is None)
        past.keep(store, policy, seen)
        checked = _Check(store, policy, seen, asked)
        judged = _Judged(checked.health(), checked.found, checked.stale, checked.unshown)
        if seen.memory:
            seen.memory.write()
    return judged


def _tell(checked: Checked, seconds: float) -> None:
    for health in checked.run.teams:
        about = {
            "kind": "checked",
            "outcome": "complete" if health.is_complete else "incomplete",
            "findings": len(health.findings),
            "seconds": round(seconds, 3),
        }
        with occasion(team=health.name):
            LOGGER.info(health.verdict, extra=about)


def as_it_stands(config: Config, team: Team, asked: Asked) -> Run:
    """A team's backlog as it was read last, judged now: a run that nobody records, for whoever wants to look at it."""
    with opened(config, [team], asked) as (store, chosen), collector_off():
        policy = Policy(config.rules, config.overrides)
        healths = tuple(_Check(store, policy, look(store, policy, each, asked.now), asked).health() for each in chosen)
    return Run(id=asked.now.isoformat(), at=asked.now, version=__version__, teams=healths)


class _Check:
    """The check of one team's backlog."""

    def __init__(self, store: Store, policy: Policy, seen: Look, asked: Asked) -> None:
        self.seen = seen
        self._store, self._policy = store, policy
        waived = tuple(each.finding for each in seen.said.waived)
        self._waived = waived if asked.honours_waivers else ()
        self.found = seen.said.findings if asked.honours_waivers else (*seen.said.findings, *waived)
        self.left = baseline.forgive(asked.forgives, seen.team.name, self.found, policy.names)
        self.stale = self.left.stale if seen.is_complete else ()
        self.unshown = frozenset(each.fingerprint for each in (*self._waived, *self.left.forgiven))

    def health(self) -> Health:
        """The diagnosis of what is left to show."""
        shown, name = self.left.shown, self.seen.team.name
        hidden = {
            "waived": len(self._waived),
            "in the baseline": len(self.left.forgiven),
            "ignored by an override": self.seen.ignored,
        }
        return diagnose(
            self.seen.backlog,
            replace(self.seen.said, findings=shown),
            self.seen.readings,
            rules=self._policy.rules,
            change=self._store.change(name, shown, asked=self._policy.names, hidden=self.unshown),
            past=[each.point for each in self._store.past(name)],
            forgiven=self.left.forgiven,
            hidden={why: number for why, number in hidden.items() if number},
            demands=self.seen.team.settings.ready,
            rules_version=self._policy.version,
        )
