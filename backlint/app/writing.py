"""Write to the trackers: plan, apply, undo. Nothing is written unless the team's configuration allows it."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from backlint import planning
from backlint.app import reading
from backlint.app.collector import collector_off
from backlint.app.looking import Asked, Look, look, opened
from backlint.app.policy import Policy
from backlint.config import Config, Team
from backlint.connector import Connector
from backlint.errors import ConfigError
from backlint.manners import Silence
from backlint.model import Band
from backlint.proposal import By, propose
from backlint.store import Store
from backlint.sync import source_of
from backlint.transport import Clock, Gate
from backlint.writeback import (
    Applying,
    Commenting,
    Intent,
    Journal,
    Labelling,
    Outcome,
    Plan,
    Ranking,
    of_candidacy,
    of_readiness,
    undoing,
)
from backlint.writer import Opening

Planner = Callable[[Look, Journal, Collection[str], Opening], Awaitable[Intent]]
"""What plans one source of a team."""

OnOutcome = Callable[[Outcome], None]

NOT_ALLOWED = 'Team "{}" does not allow it: set `write = true` in its configuration.'


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What would be written for the teams, source by source."""

    intents: tuple[Intent, ...]

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans that have something to do."""
        return tuple(intent.plan for intent in self.intents if intent.plan.steps)

    @property
    def silent(self) -> tuple[Silence, ...]:
        """About what nothing is said."""
        return tuple(each for intent in self.intents for each in intent.silent)

    @property
    def refusals(self) -> tuple[str, ...]:
        """Why nothing may be written."""
        return tuple(intent.refusal for intent in self.intents if intent.refusal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A run that wrote, and what became of each step. `introduced` are the sources that were only told about."""

    run: str
    outcomes: tuple[Outcome, ...]
    introduced: tuple[str, ...] = ()


def new_run(clock: Clock) -> str:
    """What a run that writes is called: when it began, and what no other one has."""
    return f"{clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def plan_comments(config: Config, teams: Sequence[Team], gate: Gate, asked: Asked) -> Planned:
    """Read what changed, check it, and plan the notes. Nothing is written."""
    return _plan(config, teams, gate, asked, _notes)


def plan_labels(
    config: Config, teams: Sequence[Team], gate: Gate, asked: Asked, *, of_candidates: bool = False
) -> Planned:
    """The same with labels: of readiness, or of what may be dropped."""
    return _plan(config, teams, gate, asked, _candidates if of_candidates else _readiness)


def plan_moves(
    config: Config, teams: Sequence[Team], gate: Gate, asked: Asked, *, by: By | None = None, within: Band = Band.SOON
) -> Planned:
    """The same with the moves that `backlint.proposal` proposes, to the order that the tracker shows now."""

    async def moves(seen: Look, journal: Journal, among: Collection[str], way: Opening) -> Intent:
        proposal = propose(seen.backlog, by, within)
        ranking = Ranking(journal, seen.team.settings.comments)
        return await ranking.plan(seen.team.name, seen.backlog, proposal, among, way)

    return _plan(config, teams, gate, asked, moves)


async def _notes(seen: Look, journal: Journal, among: Collection[str], way: Opening) -> Intent:
    commenting = Commenting(journal, seen.team.settings.comments)
    return await commenting.plan(seen.team.name, seen.backlog, seen.said.findings, among, way)


async def _readiness(seen: Look, journal: Journal, among: Collection[str], way: Opening) -> Intent:
    settings = seen.team.settings
    labels = of_readiness(seen.backlog, planning.plan(seen.backlog, seen.said, settings.ready), settings.comments)
    return await Labelling(journal, settings.comments).plan(seen.team.name, seen.backlog, labels, among, way)


async def _candidates(seen: Look, journal: Journal, among: Collection[str], way: Opening) -> Intent:
    manners = seen.team.settings.comments
    labels = of_candidacy(seen.backlog, seen.said.findings, manners)
    return await Labelling(journal, manners).plan(seen.team.name, seen.backlog, labels, among, way)


def _plan(config: Config, teams: Sequence[Team], gate: Gate, asked: Asked, what: Planner) -> Planned:
    with opened(config, teams, asked) as (store, chosen):
        if asked.syncs:
            reading.sync(store, chosen, gate, asked.on_progress)
        policy = Policy(config.rules, config.overrides)
        intents: list[Intent] = []
        for team in chosen:
            with collector_off():
                seen = look(store, policy, team, asked.now)
            intents += [asyncio.run(_planned(store, seen, source, gate, what)) for source in team.sources]
        return Planned(intents=tuple(intents))


def plan_notes_on(store: Store, seen: Look, source: Connector, gate: Gate, only: Collection[str]) -> Intent:
    """The notes about some items of a backlog that was looked at, by the same rules as all others."""
    return asyncio.run(_planned(store, seen, source, gate, _notes, only=only))


async def _planned(
    store: Store, seen: Look, source: Connector, gate: Gate, what: Planner, *, only: Collection[str] | None = None
) -> Intent:
    team, name = seen.team, source_of(source)
    nothing = Plan(team=team.name, source=name, made_at=seen.backlog.now)
    if not seen.is_complete or seen.said.crashes:
        why = "could not be read whole" if not seen.is_complete else "was not checked whole, since a rule failed"
        return Intent(plan=nothing, refusal=f"The backlog of {team.name} {why}: nothing is written on half of it.")
    manners = team.settings.comments
    if not manners.is_time(seen.backlog.now, team.settings.time_zone):
        return Intent(plan=nothing, refusal=f"{team.name} is not at work; writing waits for `comments.hours`.")
    among = frozenset(item.id for item in store.items(name, with_history=False) if only is None or item.id in only)
    return await what(seen, Journal(store.outbox(name), ""), among, _way(source, gate))


def apply(config: Config, plans: Sequence[Plan], gate: Gate, tell: OnOutcome, *, introduces: bool = False) -> Done:
    """Take the steps of the plans, each exactly once.

    `introduces`: where nothing was ever written to a source, nothing is this time either; the next run may. Raises
    `ConfigError` where a team does not allow it, before anything is written.
    """
    run = new_run(gate.clock)
    ways = [(plan, *_allowed(config, plan)) for plan in plans]
    outcomes: list[Outcome] = []
    introduced: list[str] = []
    with Store.open(config.store) as store:
        for plan, team, source in ways:
            journal = Journal(store.outbox(plan.source), run)
            if introduces and not journal.is_introduced:
                journal.introduce(gate.clock.now())
                introduced.append(plan.source)
                continue
            _hold_to_cap(plan, team)
            outcomes += asyncio.run(_applied(plan, journal, source, gate, tell))
    return Done(run=run, outcomes=tuple(outcomes), introduced=tuple(introduced))


async def _applied(plan: Plan, journal: Journal, source: Connector, gate: Gate, tell: OnOutcome) -> list[Outcome]:
    outcomes: list[Outcome] = []
    with journal.held(gate.clock.now()):
        async with _way(source, gate) as writer:
            applying = Applying(writer, journal, gate.clock)
            await applying.recover()
            async for outcome in applying.apply(plan.steps):
                outcomes.append(outcome)
                tell(outcome)
    return outcomes


def plan_undo(config: Config, teams: Iterable[Team], run: str, clock: Clock) -> tuple[Plan, ...]:
    """The plans that put back what a run wrote. Raises `ConfigError` where no such run wrote anything."""
    with _journals(config, teams) as journals:
        plans = [undoing(journal, run, team, clock.now()) for team, journal in journals if journal.written(run)]
    if not plans:
        raise ConfigError(
            f'No run "{run}" wrote anything; `backlint journal` lists what was written, and by which run.'
        )
    return tuple(plan for plan in plans if plan.steps)


def journal_lines(config: Config, teams: Iterable[Team]) -> tuple[str, ...]:
    """The journal of the teams' sources as JSON lines, oldest first."""
    with _journals(config, teams) as journals:
        return tuple(line for _, journal in journals for line in journal.lines())


@contextmanager
def _journals(config: Config, teams: Iterable[Team]) -> Generator[list[tuple[str, Journal]]]:
    with Store.open(config.store) as store:
        sources = [(team.name, source_of(source)) for team in teams for source in team.sources]
        yield [(team, Journal(store.outbox(source), "")) for team, source in sources]


def _allowed(config: Config, plan: Plan) -> tuple[Team, Connector]:
    team = config.team(plan.team)
    if not team.settings.write:
        raise ConfigError(NOT_ALLOWED.format(team.name))
    source = next((each for each in team.sources if source_of(each) == plan.source), None)
    if source is None:
        raise ConfigError(f'Team "{team.name}" does not read from {plan.source} any more.')
    return team, source


def _hold_to_cap(plan: Plan, team: Team) -> None:
    """An undo may be as large as what it undoes was."""
    most = team.settings.comments.per_run
    if len([step for step in plan.steps if step.seen]) > most:
        raise ConfigError(
            f"The plan for {team.name} has {len(plan.steps)} steps, more than `comments.per_run` ({most})."
        )


def _way(source: Connector, gate: Gate) -> Opening:
    way = source.writing(gate)
    if way is None:
        raise ConfigError(f"{source_of(source)} cannot be written to.")
    return way
