"""The store: what was read from the trackers, what every run found, and the only SQL.

    store = Store.open("backlint.db")                  # a path, "sqlite:///...", or "postgresql://..."
    store.keep("jira:example/SHOP", batch, at=now)     # one transaction: items and cursor together
    store.backlog_items(["jira:example/SHOP"])         # -> iterator of Item, streamed
    store.readings(["jira:example/SHOP"])              # -> tuple of health.Reading
    store.change("Shop", findings, asked=rule_names)   # -> health.Change | None, against the last complete run
    store.past("Shop")                                 # -> earlier runs, for the trend
    store.record_run(run)                              # keeps what a run found

Every method raises `StoreError`, one line, where the database is held, read-only, full, damaged or from the future.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from backlint.connector import Batch
from backlint.errors import ConfigError
from backlint.finding import Finding
from backlint.health import Change, Point, Reading, Run
from backlint.model import Item, Sprint, Theme
from backlint.store import census, jobs, keeping, outbox, runs, schema, sources, upkeep, verdicts
from backlint.store.database import PATIENCE, address, copy, leave, migrate, reading, shown, take, told, writing
from backlint.store.outbox import Outbox


class Store:
    """One database. Use it with `with`, or close it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._is_open = True

    @classmethod
    def open(cls, url: str, *, patience: float = PATIENCE) -> Self:
        """Open a store, make it where there is none, and bring its tables up to date.

        `patience` is how many seconds to wait for another run that writes.
        """
        engine = take(url, patience)
        try:
            with told(engine):
                migrate(engine)
        except BaseException:
            leave(engine)
            raise
        return cls(engine)

    def close(self) -> None:
        """Let go of the database."""
        if self._is_open:
            self._is_open = False
            leave(self._engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __str__(self) -> str:
        """What messages call it."""
        return shown(self._engine)

    # What was read

    def begin(self, source: str) -> str | None:
        """A read of the source begins, and is incomplete until `finish`; gives the cursor to go on from."""
        with writing(self._engine, source) as connection:
            return sources.begin(connection, source)

    def keep(self, source: str, batch: Batch, *, at: datetime) -> int:
        """Keep a batch, items and cursor in one transaction; gives the number of items that are new or changed."""
        with writing(self._engine, source) as connection:
            return keeping.keep(connection, sources.number_of(connection, source), batch, at)

    def finish(self, source: str, *, at: datetime, problems: tuple[str, ...] = (), is_counted: bool = False) -> Reading:
        """The read of the source is over; with problems it is not complete.

        `is_counted` says that it gave everything there is: the next census can wait.
        """
        with writing(self._engine, source) as connection:
            sources.finish(connection, source, at, problems, is_counted=is_counted and not problems)
            return sources.reading_of(connection, source)

    def restart(self, source: str) -> None:
        """Forget the cursor: the next read begins anew. What was read stays."""
        with writing(self._engine, source) as connection:
            sources.restart(connection, source)

    def keep_only(self, source: str, given: census.Given, *, at: datetime) -> None:
        """The source was read whole: what it did not give is gone."""
        with writing(self._engine, source) as connection:
            census.keep_only(connection, sources.number_of(connection, source), given, at)

    def census_is_due(self, source: str, *, at: datetime) -> bool:
        """Whether the tracker should be asked what it still has."""
        with writing(self._engine, source) as connection:
            return census.is_due(connection, sources.number_of(connection, source), at)

    def take_census(self, source: str, present: Collection[str], *, at: datetime) -> census.Census:
        """Compare what is kept with what the tracker shows; what two censuses did not show is gone."""
        with writing(self._engine, source) as connection:
            return census.take(connection, sources.number_of(connection, source), present, at)

    def suspects(self, source: str, most: int) -> Mapping[str, str]:
        """What the last census missed for the first time: the keys by id, of no more than so many."""
        with writing(self._engine, source) as connection:
            return census.suspects(connection, sources.number_of(connection, source), most)

    def suspect(self, source: str, ids: Collection[str]) -> None:
        """These items were looked for and not found: if the next census misses them as well, they are gone."""
        with writing(self._engine, source) as connection:
            census.suspect(connection, sources.number_of(connection, source), ids)

    def settle(self, source: str, *, gone: Collection[str], kept: Collection[str], at: datetime) -> None:
        """The tracker was asked about suspects: some are gone, and others are suspects no more."""
        with writing(self._engine, source) as connection:
            census.settle(connection, sources.number_of(connection, source), gone=gone, kept=kept, at=at)

    def unread(self, source: str, present: Collection[str]) -> int:
        """How many items the tracker shows that are not kept."""
        with writing(self._engine, source) as connection:
            return census.unread(connection, sources.number_of(connection, source), present)

    def readings(self, names: Iterable[str]) -> tuple[Reading, ...]:
        """What was read from each source: `read_at` is the last complete read. A source never read is incomplete."""
        with reading(self._engine) as connection:
            return tuple(sources.reading_of(connection, name) for name in names)

    def items(self, source: str, *, with_history: bool = True) -> Iterator[Item]:
        """The items of one source, streamed in no order, each with its rank."""
        with reading(self._engine) as connection:
            yield from sources.stream(connection, source, with_history=with_history)

    def backlog_items(self, names: Iterable[str], *, with_history: bool = True) -> Iterator[Item]:
        """The items of several sources, streamed one source after the other."""
        for name in names:
            yield from self.items(name, with_history=with_history)

    def sprints(self, names: Iterable[str]) -> tuple[Sprint, ...]:
        """The sprints of the sources."""
        with reading(self._engine) as connection:
            return sources.nested(connection, schema.sprints, keeping.SPRINT, names)

    def themes(self, names: Iterable[str]) -> tuple[Theme, ...]:
        """The themes of the sources."""
        with reading(self._engine) as connection:
            return sources.nested(connection, schema.themes, keeping.THEME, names)

    def velocity(self, source: str) -> tuple[float, ...] | None:
        """What the team finished in each of its last sprints, newest last; `None` where the source does not say."""
        with reading(self._engine) as connection:
            return sources.velocity(connection, source)

    # What every run found

    def record_run(self, run: Run, *, hidden: Collection[str] = ()) -> None:
        """Keep what a run found for each team; a run that is kept already stays as it is.

        `hidden` are the fingerprints of findings that stand and are not shown (waived, baselined): they are not mended.
        """
        with writing(self._engine, *(runs.lock(health.name) for health in run.teams)) as connection:
            for health in run.teams:
                runs.record(connection, run.id, run.version, health, hidden)

    def record_past(self, team: str, version: str, points: Iterable[Point]) -> None:
        """Keep days before the team's first run that were rebuilt from the items' histories."""
        with writing(self._engine, runs.lock(team)) as connection:
            runs.record_past(connection, team, version, points)

    def change(
        self, team: str, findings: Iterable[Finding], *, asked: Collection[str], hidden: Collection[str] = ()
    ) -> Change | None:
        """What is different from the last complete run; to be asked before the run is recorded.

        `asked` are the rules that looked now: a finding of another rule is not mended by nobody looking. Nor is one
        whose fingerprint is among the `hidden` (waived, baselined).
        """
        with reading(self._engine) as connection:
            return runs.change(connection, team, findings, asked, hidden)

    def past(self, team: str, most: int = 90) -> tuple[runs.Past, ...]:
        """The last runs over a team's backlog, oldest first."""
        with reading(self._engine) as connection:
            return runs.past(connection, team, most)

    def found(self, team: str, run: str) -> Mapping[str, Finding] | None:
        """What was found in a run, by fingerprint and as it was found first; `None` where there is no such run."""
        with reading(self._engine) as connection:
            return runs.found(connection, team, run)

    def last_run(self, team: str) -> runs.Past | None:
        """The last run over a team's backlog."""
        past = self.past(team, 1)
        return past[0] if past else None

    def state(self, names: Iterable[str]) -> str:
        """The same as long as everything that was read from the sources is the same; no text is touched for it."""
        with reading(self._engine) as connection:
            return verdicts.state(connection, names)

    def verdicts(self, team: str, state: str) -> Mapping[str, str]:
        """What was kept of what the rules said of the team's backlog in that state, by rule."""
        with reading(self._engine) as connection:
            return verdicts.of(connection, team, state)

    def keep_verdicts(self, team: str, state: str, said: Mapping[str, str]) -> None:
        """Keep what the rules said, for the next look at the same state."""
        with writing(self._engine, runs.lock(team)) as connection:
            verdicts.keep(connection, team, state, said)

    # What is written to the trackers

    def outbox(self, source: str) -> Outbox:
        """What is being written to a source, what was, and the right to do so."""
        return Outbox(self._engine, source)

    # What is done by itself

    def jobs(self) -> jobs.Jobs:
        """Which job was done when, and who does it now."""
        return jobs.Jobs(self._engine)

    # Upkeep

    def prune(self, before: datetime, *, team: str | None = None, read: Iterable[str] = ()) -> int:
        """Drop runs, and what the trackers deleted and was written to it, from before a moment; counts the runs.

        The last run of each team stays, and so does every finding that still stands. With a `team` only its runs are
        dropped, and what was deleted in the sources that it has `read`. One transaction for each source and team: other
        runs go on meanwhile.
        """
        with reading(self._engine) as connection:
            places = sources.names(connection) if team is None else tuple(read)
            teams = runs.teams(connection) if team is None else (team,)
        for source in places:
            with writing(self._engine, source) as connection:
                number = sources.number_of(connection, source)
                outbox.forget(connection, source, keeping.gone(number, before))
                keeping.forget(connection, number, before)
        dropped = 0
        for each in teams:
            with writing(self._engine, runs.lock(each)) as connection:
                dropped += runs.forget(connection, each, before)
            with writing(self._engine, jobs.lock(each)) as connection:
                jobs.forget(connection, each, before)
        return dropped

    def info(self) -> upkeep.Info:
        """What the store holds, and how large it is."""
        with reading(self._engine) as connection:
            return upkeep.info(connection, address(self._engine))

    def backup(self, path: Path) -> None:
        """Copy the whole store, as it is now, to a new file; other runs may go on. SQLite only."""
        if path.exists():
            raise ConfigError(f"{path} is there already; name a new file.")
        copy(self._engine, path)
