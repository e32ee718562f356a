"""Somebody says that items changed: read these again, look at the backlog that they stand in, and keep their notes.

A hint is no order. The tracker is asked, the item is linted as part of the whole backlog that is kept, and what is
written follows the rules of the night: the team allows it, has a bot, is at work, and leaves the item alone for as long
as its manners say. No run is recorded: "since last night" stays since last night.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from backlint.app import reading, writing
from backlint.app.hiding import without_credentials
from backlint.app.looking import Look, look
from backlint.app.policy import Policy
from backlint.config import Config, Team
from backlint.connector import Absence, Connector, Hint
from backlint.errors import BacklintError
from backlint.finding import Finding
from backlint.model import Item
from backlint.store import Store
from backlint.sync import source_of
from backlint.transport import Gate
from backlint.writeback import Journal, Outcome

LOGGER = logging.getLogger(__name__)

Speaks = Callable[[Team], bool]
"""Whether the bot speaks for a team; without `write = true` it never does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What came of the hints in one source of one team.

    Attributes:
        team: Whose backlog it is.
        source: Where it was read.
        items: What was read again.
        gone: The keys of what the tracker says is gone.
        findings: What is held against these items now.
        outcomes: What became of each write.
        why_silent: Why nothing was written though something could have been said.
        problem: Why nothing could be read: the next run sees it.
    """

    team: str
    source: str
    items: tuple[Item, ...] = ()
    gone: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    why_silent: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    items: tuple[Item, ...] = ()
    gone: tuple[str, ...] = ()
    problem: str | None = None


def sources_for(config: Config, tracker: str, hints: Iterable[Hint]) -> Mapping[str, tuple[Connector, list[Hint]]]:
    """The sources of that tracker that may hold the items, and the hints for each; without asking anybody."""
    hinted = list(hints)
    found: dict[str, tuple[Connector, list[Hint]]] = {}
    for connector in (source for team in config.teams for source in team.sources if source.name() == tracker):
        if held := [hint for hint in hinted if connector.may_hold(hint)]:
            found.setdefault(source_of(connector), (connector, held))
    return found


def follow(
    config: Config, tracker: str, hints: Sequence[Hint], gate: Gate, *, speaks: Speaks = lambda _: True
) -> tuple[Followed, ...]:
    """Read what is hinted at, and keep it; look at each backlog in which something was read, and keep its notes.

    What fails is told in `Followed.problem` and stops nothing else: the next run sees everything anyway. Raises
    `StoreError` where nothing can be kept.
    """
    sources = sources_for(config, tracker, hints)
    with Store.open(config.store) as store:
        read = {name: _reread(store, name, *found, gate) for name, found in sources.items()}
        return tuple(
            followed
            for team in config.teams
            for followed in _followed(_Following(config, store, gate, speaks), team, read)
        )


def _reread(store: Store, source: str, connector: Connector, hints: Sequence[Hint], gate: Gate) -> _Read:
    """Read and keep. The source's cursor stays where it is: what changed besides is still to be read."""
    [known] = store.readings([source])
    if known.read_at is None:
        return _Read(problem="It was not read to its end yet, and that comes first.")
    try:
        batch = asyncio.run(connector.reread(gate, hints))
        if batch.warnings:
            return _Read(problem=" ".join(batch.warnings))
        store.keep(source, batch, at=gate.clock.now())
        items = tuple(item for item in batch.items if any(_is_of(item.id, hint) for hint in hints))
        missing = [hint for hint in hints if not any(_is_of(item.id, hint) for item in items)]
        return _Read(items, tuple(_bury(store, source, connector, missing, gate)))
    except BacklintError as error:
        return _Read(problem=without_credentials(str(error), connector))
    except Exception as error:
        LOGGER.exception("Reading what a webhook named failed.", extra={"source": source})
        return _Read(problem=f"The {connector.name()} connector failed: {type(error).__name__}.")


def _bury(store: Store, source: str, connector: Connector, missing: Sequence[Hint], gate: Gate) -> Iterator[str]:
    """Ask what became of items that are kept and were not given; what it does not tell, the next census does."""
    if not missing:
        return
    kept = store.items(source, with_history=False)
    known = {item.id: item.key for item in kept if any(_is_of(item.id, hint) for hint in missing)}
    if not known:
        return
    said = asyncio.run(connector.confirm(gate, known))
    gone = [id_ for id_ in known if said.get(id_) is Absence.GONE]
    store.settle(source, gone=gone, kept=(), at=gate.clock.now())
    store.suspect(source, known.keys() - said.keys())
    yield from (known[id_] for id_ in gone)


def _is_of(id_: str, hint: Hint) -> bool:
    """Whether an item's id is the tracker's own, with what makes it unique before it."""
    return id_.endswith((f":{hint.id}", f"/{hint.id}"))


@dataclass(frozen=True, slots=True)
class _Following:
    config: Config
    store: Store
    gate: Gate
    speaks: Speaks


def _followed(following: _Following, team: Team, read: Mapping[str, _Read]) -> Iterator[Followed]:
    """What came of it for one team; its backlog is looked at once, whichever of its sources were read."""
    ours = {name: read[name] for name in reading.names(team) if name in read}
    if any(each.items or each.gone for each in ours.values()):
        policy = Policy(following.config.rules, following.config.overrides)
        seen = look(following.store, policy, team, following.gate.clock.now())
        for source in team.sources:
            if found := ours.get(source_of(source)):
                yield _spoken(following, seen, source, found)
    else:
        for name, found in ours.items():
            yield Followed(team=team.name, source=name, problem=found.problem)


def _spoken(following: _Following, seen: Look, source: Connector, read: _Read) -> Followed:
    """What is held against the items, and said of it."""
    ids = frozenset(item.id for item in read.items)
    findings = tuple(each for each in seen.said.findings if each.subject and each.subject.id in ids)
    outcomes, why_silent = _written(following, seen, source, ids) if ids else ((), None)
    return Followed(
        team=seen.team.name,
        source=source_of(source),
        items=read.items,
        gone=read.gone,
        findings=findings,
        outcomes=outcomes,
        why_silent=why_silent,
        problem=read.problem,
    )


def _written(
    following: _Following, seen: Look, source: Connector, ids: frozenset[str]
) -> tuple[tuple[Outcome, ...], str | None]:
    """Write, edit or remove the notes of these items, where all that must be so is so; else say why not."""
    if not (seen.team.settings.write and following.speaks(seen.team)):
        return (), None
    if source.writing(following.gate) is None:
        return (), None
    if not Journal(following.store.outbox(source_of(source)), "").is_introduced:
        return (), "nothing was ever written there, and the first to write is the nightly run"
    try:
        intent = writing.plan_notes_on(following.store, seen, source, following.gate, ids)
        if intent.refusal or not intent.plan.steps:
            silent = (f"{each.item.key}: {each.why}" for each in intent.silent)
            return (), intent.refusal or "; ".join(silent) or None
        done = writing.apply(following.config, [intent.plan], following.gate, lambda _: None)
    except BacklintError as error:
        return (), without_credentials(str(error), source)
    return done.outcomes, None
