"""Bring the store up to date with the trackers: incremental, resumable, and never losing what was read.

    readings = await sync(store, connectors, gate, on_progress=lambda source, items, total: ...)

Every batch is kept with its cursor in one transaction, so that a run which dies goes on from there the next time. A
tracker that fails makes its own reading incomplete and stops nobody else's. Sources of one site (what stands before the
first "/" of their names) are read one after the other, sites side by side.
"""

import asyncio
import gc
import logging
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from backlint.connector import NOT_AS_DESCRIBED, Absence, Batch, Connector, not_as_described
from backlint.errors import BacklintError, ConfigError, StoreError, TrackerError
from backlint.health import Reading
from backlint.occasion import occasion
from backlint.store import Given, Store
from backlint.transport import Gate

LOGGER = logging.getLogger(__name__)

OnProgress = Callable[[str, int, int | None], None]
"""Told after every batch: the source, the items read so far, and how many there are in all where that is known."""

USUAL, PATIENT = gc.get_threshold(), (50_000, 20, 100)
"""How much is made before the collector looks at the youngest, and how often that before it looks at the older."""

SITES_AT_ONCE = 4
NAMED = 3

MOST_CONFIRMED = 50
"""So many missing items are asked for one by one in a run; the rest waits for the next census."""


def source_of(connector: Connector) -> str:
    """What a connector's source is called in the store."""
    return connector.name_in_store or connector.source


async def sync(
    store: Store, connectors: Iterable[Connector], gate: Gate, on_progress: OnProgress | None = None
) -> tuple[Reading, ...]:
    """Read what changed in every source; gives what is known of each now, in the order of the connectors.

    Raises `ConfigError`, after all other sources were read, where a source cannot be read as it is configured, and
    `StoreError` where nothing can be kept.
    """
    named = _named(connectors)
    sites: dict[str, list[str]] = defaultdict(list)
    for name in named:
        sites[name.partition("/")[0]].append(name)
    turn = asyncio.Semaphore(SITES_AT_ONCE)
    failures: list[BacklintError] = []

    async def read(site: Sequence[str]) -> None:
        async with turn:
            for name in site:
                try:
                    with occasion(source=name):
                        await _Read(store, named[name], name, gate, on_progress).run()
                except (ConfigError, StoreError) as error:
                    failures.append(error)

    with _collector_patient():
        async with asyncio.TaskGroup() as group:
            for site in sites.values():
                group.create_task(read(site))
    if failures:
        raise failures[0]
    return store.readings(named)


@contextmanager
def _collector_patient() -> Generator[None]:
    """Have the garbage collector look less often: pages of issues make it look through everything again and again.

    It is not put out, for what the network leaves behind is in rings, and answers are large.
    """
    gc.set_threshold(*PATIENT)
    try:
        yield
    finally:
        gc.set_threshold(*USUAL)


def _named(connectors: Iterable[Connector]) -> dict[str, Connector]:
    """The connectors by source. Two teams may read the same source; it is read once."""
    named: dict[str, Connector] = {}
    for connector in connectors:
        name = source_of(connector)
        if named.setdefault(name, connector) != connector:
            raise ConfigError(f'"{name}" is configured twice, in two ways; give one of them a name_in_store.')
    return named


@dataclass
class _Read:
    """One read of one source."""

    store: Store
    connector: Connector
    source: str
    gate: Gate
    on_progress: OnProgress | None
    items: int = 0
    is_counted: bool = False
    problems: dict[str, None] = field(default_factory=dict[str, None])
    given: Given = field(default_factory=Given)
    began: float = 0.0

    async def run(self) -> None:
        """Read to the end, or as far as the tracker lets us."""
        self.began = self.gate.clock.monotonic()
        try:
            cursor = self.store.begin(self.source)
            await self._pull(cursor)
            if cursor is None:  # a read of everything is as good as a census
                self.is_counted = True
            elif not self.problems:
                await self._take_census()
        except TrackerError as error:
            self._note(str(error))
        except StoreError:
            raise
        except ConfigError as error:
            self._note(str(error))
            self._finish()
            raise
        except NOT_AS_DESCRIBED as error:
            self._note(not_as_described(f"What {self.connector.wants} answered", error))
        except Exception as error:  # noqa: BLE001 - a connector that fails must not stop the others' night
            self._note(f"The {self.connector.name()} connector failed: {type(error).__name__}: {error}.")
        self._finish()

    async def _pull(self, cursor: str | None) -> None:
        is_whole = False
        batches = self.connector.pull(self.gate, cursor)
        try:
            async for batch in batches:
                is_whole = batch.is_whole
                self._keep(batch)
        finally:
            if isinstance(batches, AsyncGenerator):
                await batches.aclose()
        if is_whole and not self.problems:
            self.store.keep_only(self.source, self.given, at=self.gate.clock.now())

    def _keep(self, batch: Batch) -> None:
        self.store.keep(self.source, batch, at=self.gate.clock.now())
        self.given.add(batch)
        self.items += len(batch.items)
        for warning in batch.warnings:
            self._note(warning)
        if self.on_progress:
            self.on_progress(self.source, self.items, batch.total)

    async def _take_census(self) -> None:
        """Now and then, ask what the tracker still shows: what it deleted no search ever tells."""
        if not self.store.census_is_due(self.source, at=self.gate.clock.now()):
            return
        present = await self.connector.census(self.gate)
        if present is None:
            return
        if self.store.unread(self.source, present):  # new since the pull, or lost by it?
            await self._pull(self.store.begin(self.source))
        census = self.store.take_census(self.source, present, at=self.gate.clock.now())
        if census.suspected:
            await self._confirm()
        if census.is_doubtful:
            self._note(
                f"Items that were there are not shown any more ({census.suspected:,}); they are kept. "
                "Check that the token may still see the project."
            )
        if census.unread:
            self.store.restart(self.source)
            self._note(f"Items exist that were not given ({census.unread:,}); the next run reads everything anew.")

    async def _confirm(self) -> None:
        """Have the tracker say what became of the missing; what it cannot say, a second census does."""
        missing = self.store.suspects(self.source, MOST_CONFIRMED)
        said = await self.connector.confirm(self.gate, missing)
        gone = [id_ for id_ in missing if said.get(id_) is Absence.GONE]
        hidden = [id_ for id_ in missing if said.get(id_) is Absence.HIDDEN]
        self.store.settle(self.source, gone=gone, kept=hidden, at=self.gate.clock.now())
        if hidden:
            keys = [missing[id_] for id_ in hidden[:NAMED]] + ["..."] * (len(hidden) > NAMED)
            self._note(
                f"The token may not see some items any more ({len(hidden):,}: {', '.join(keys)}); they are kept."
            )

    def _finish(self) -> None:
        now = self.gate.clock.now()
        self.store.finish(self.source, at=now, problems=tuple(self.problems), is_counted=self.is_counted)
        seconds = round(self.gate.clock.monotonic() - self.began, 3)
        outcome = "incomplete" if self.problems else "complete"
        about = {"kind": "read", "outcome": outcome, "items": self.items, "seconds": seconds}
        LOGGER.info("Items that changed were read: %d.", self.items, extra=about)

    def _note(self, problem: str) -> None:
        """Each problem once: a warning may come with every page."""
        self.problems[" ".join(problem.split())] = None
