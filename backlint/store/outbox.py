"""What is being written to the trackers, and what was: the outbox, the journal, and who may write.

    outbox = store.outbox("jira:example/SHOP")
    with outbox.held(run, now):                 # the lease: one writer for a project
        outbox.send(entry)                      # before the request
        outbox.settle(entry, was_done=True)     # once it is known what became of it

A row of the outbox is written, to the disk, before its request is sent; it moves to the journal in one transaction.
Steps are text here: what they mean is for `backlint.writeback` to know.
"""

from collections.abc import Collection, Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, and_, delete, func, insert, select, update

from backlint.errors import StoreError
from backlint.store.database import reading, writing
from backlint.store.encoding import microseconds, moment
from backlint.store.keeping import inserting
from backlint.store.schema import journal, leases, outbox

LEASE = timedelta(minutes=10)
"""Longer than one request may take with the longest pause before it: a lease that is over has no request under way."""

FEW = 500
"""So many items are named in a query; of more, the whole journal is read, and the rest of it left."""


class Entry(NamedTuple):
    """One write: `slot` is what of the item is written ("note", "label:ready"), `step` what is made of it."""

    project: str
    item: str
    slot: str
    run: str
    at: datetime
    step: str


@dataclass(frozen=True)
class Outbox:
    """What one run may write to one project, and everything that was written to it."""

    engine: Engine
    project: str

    @contextmanager
    def held(self, holder: str, at: datetime) -> Generator[None]:
        """Be the one that writes; the lease is renewed by every `send`.

        Raises `StoreError` while another run writes, or may still be writing: one that was killed keeps its lease.
        """
        with self._writing() as connection:
            self._take(connection, holder, at)
        try:
            yield
        finally:
            with self._writing() as connection:
                mine = and_(leases.c.project == self.project, leases.c.holder == holder)
                connection.execute(delete(leases).where(mine))

    def taken_until(self, at: datetime) -> datetime | None:
        """Until when somebody holds it, unless that one goes on; `None` where nobody does."""
        taken = select(leases.c.until).where(leases.c.project == self.project, leases.c.until > microseconds(at))
        with reading(self.engine) as connection:
            until = connection.execute(taken).scalar()
        return None if until is None else moment(until)

    def send(self, entry: Entry) -> None:
        """Write down what is about to be sent. Raises `StoreError` where the lease was lost meanwhile."""
        with self._writing() as connection:
            renewed = update(leases).where(leases.c.project == self.project, leases.c.holder == entry.run)
            if connection.execute(renewed.values(until=microseconds(entry.at + LEASE))).rowcount != 1:
                raise StoreError(f"Another run writes to {self.project} by now; this one stops.")
            connection.execute(delete(outbox).where(_is(entry)))
            connection.execute(insert(outbox).values(_values(entry)))

    def settle(self, entry: Entry, *, was_done: bool) -> None:
        """It is known what became of a write: it is in the journal from now on, or it never was."""
        with self._writing() as connection:
            connection.execute(delete(outbox).where(_is(entry)))
            if was_done:
                connection.execute(insert(journal).values(_values(entry)))

    def note(self, entry: Entry) -> None:
        """Put something into the journal that no request was needed for."""
        with self._writing() as connection:
            connection.execute(insert(journal).values(_values(entry)))

    def in_doubt(self) -> tuple[Entry, ...]:
        """What was sent, and nobody knows what became of it."""
        with reading(self.engine) as connection:
            return _entries(connection, outbox, outbox.c.project == self.project)

    def journal(self, run: str | None = None) -> tuple[Entry, ...]:
        """What was written to the project, oldest first; all of it, or by one run."""
        of_run = [] if run is None else [journal.c.run == run]
        with reading(self.engine) as connection:
            return _entries(connection, journal, journal.c.project == self.project, *of_run)

    def last(self, among: Collection[str] | None = None) -> dict[tuple[str, str], Entry]:
        """The last write to each slot of each item, or of those `among` these: a journal is longer than a backlog."""
        newest = select(func.max(journal.c.number)).where(journal.c.project == self.project)
        if among is not None and len(among) <= FEW:
            newest = newest.where(journal.c.item.in_(list(among)))
        newest = newest.group_by(journal.c.item, journal.c.slot)
        with reading(self.engine) as connection:
            found = _entries(connection, journal, journal.c.number.in_(newest), among=among)
        return {(entry.item, entry.slot): entry for entry in found}

    def has_written(self, *, besides: Collection[str]) -> bool:
        """Whether anything was ever written to the project, or noted, in another slot than these."""
        other = select(journal.c.number).where(journal.c.project == self.project, journal.c.slot.not_in(list(besides)))
        with reading(self.engine) as connection:
            return connection.execute(other.limit(1)).first() is not None

    def _writing(self) -> AbstractContextManager[Connection]:
        return writing(self.engine, f"what is written to {self.project}")

    def _take(self, connection: Connection, holder: str, at: datetime) -> None:
        free = {"project": self.project, "holder": holder, "until": microseconds(at + LEASE)}
        over = and_(leases.c.project == self.project, leases.c.until <= microseconds(at))
        connection.execute(delete(leases).where(over))
        connection.execute(inserting(connection.dialect, leases).on_conflict_do_nothing(), free)
        row = connection.execute(select(leases).where(leases.c.project == self.project)).one()
        if row.holder != holder:
            raise StoreError(
                f"Another run writes to {self.project}. If it was stopped, run again after "
                f"{moment(row.until):%H:%M} UTC: until then something that it sent may still arrive."
            )


def forget(connection: Connection, project: str, gone: Select[tuple[str]]) -> None:
    """Drop from the journal what was written to items that are gone for good: there is nothing left to undo."""
    connection.execute(delete(journal).where(journal.c.project == project, journal.c.item.in_(gone)))


def _is(entry: Entry) -> ColumnElement[bool]:
    return and_(outbox.c.project == entry.project, outbox.c.item == entry.item, outbox.c.slot == entry.slot)


def _values(entry: Entry) -> dict[str, str | int]:
    return {**entry._asdict(), "at": microseconds(entry.at)}


def _entries(
    connection: Connection, table: Table, *which: ColumnElement[bool], among: Collection[str] | None = None
) -> tuple[Entry, ...]:
    """The rows of the outbox or the journal, oldest first; where items are named, only theirs."""
    columns = [table.c[name] for name in Entry._fields]
    order = [table.c.number] if "number" in table.c else [table.c.at, table.c.item, table.c.slot]
    rows = connection.execute(select(*columns).where(*which).order_by(*order))
    wanted = (row for row in rows if among is None or row.item in among)
    return tuple(Entry(*row)._replace(at=moment(row.at)) for row in wanted)
