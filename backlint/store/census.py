"""What is no longer there. Absence is not deletion: a permission may be lost, an index late, an answer cut short."""

from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, delete, insert, select, update

from backlint.connector import Batch
from backlint.store.encoding import microseconds, moment
from backlint.store.keeping import PAGE, bury, paged
from backlint.store.schema import absences, items, sources, sprints, themes
from backlint.text.clean import clean

EVERY = timedelta(days=7)
CONFIRM_AFTER = timedelta(hours=1)
"""An item must be absent from two censuses that stand so far apart: search indexes are late by minutes."""

TOO_MANY = 0.5
FEW = 20
"""When more than half of the items (and more than a few) are absent, it is the permission that is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """What a census says: how many items are gone now, how many may be, and how many were never given."""

    gone: int = 0
    suspected: int = 0
    unread: int = 0
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """All that one read gave. Of items only the hashes of their ids, eight bytes each: there may be a million."""

    items: "array[int]" = field(default_factory=lambda: array("q"))
    sprints: set[str] = field(default_factory=set[str])
    themes: set[str] = field(default_factory=set[str])

    def add(self, batch: Batch) -> None:
        """Note what a batch gives."""
        self.items.extend(hash(clean(item.id)) for item in batch.items)
        self.sprints.update(clean(sprint.id) for sprint in batch.sprints)
        self.themes.update(clean(theme.id) for theme in batch.themes)


def is_due(connection: Connection, source: int, at: datetime) -> bool:
    """Whether the tracker should be asked what it still has: once a week, and sooner where items are suspected."""
    last = connection.scalar(select(sources.c.census_at).where(sources.c.number == source))
    if last is None:
        return True
    suspects = connection.scalar(select(absences.c.item).where(absences.c.source == source).limit(1))
    return at - moment(last) >= (EVERY if suspects is None else CONFIRM_AFTER)


def take(connection: Connection, source: int, present: Collection[str], at: datetime) -> Census:
    """Compare what is kept with what the tracker shows; what was absent the time before as well is gone."""
    shown = frozenset(map(clean, present))
    kept = 0
    absent: set[str] = set()
    for id_ in _living(connection, source):
        kept += 1
        if id_ not in shown:
            absent.add(id_)
    if len(absent) > max(FEW, TOO_MANY * kept):
        suspect(connection, source, absent)  # whoever can be asked about each of them ends the doubt
        return Census(suspected=len(absent), is_doubtful=True)
    suspected = set(connection.scalars(select(absences.c.item).where(absences.c.source == source)))
    gone = absent & suspected
    for page in paged(sorted(gone)):
        bury(connection, source, page, at)
    connection.execute(delete(absences).where(absences.c.source == source))
    for page in paged(sorted(absent - gone)):
        connection.execute(insert(absences), [{"source": source, "item": item} for item in page])
    connection.execute(update(sources).where(sources.c.number == source).values(census_at=microseconds(at)))
    return Census(gone=len(gone), suspected=len(absent - gone), unread=len(shown) - (kept - len(absent)))


def unread(connection: Connection, source: int, present: Collection[str]) -> int:
    """How many items the tracker shows that are not kept."""
    shown = frozenset(map(clean, present))
    return len(shown) - sum(id_ in shown for id_ in _living(connection, source))


def suspects(connection: Connection, source: int, most: int) -> dict[str, str]:
    """What the last census missed for the first time: the keys by id, of no more than so many."""
    missed = and_(absences.c.source == source, items.c.source == source, items.c.id == absences.c.item)
    found = select(items.c.id, items.c.key).where(missed, items.c.gone.is_(None)).order_by(items.c.id).limit(most)
    return {row.id: row.key for row in connection.execute(found)}


def suspect(connection: Connection, source: int, ids: Collection[str]) -> None:
    """These items were looked for and not found, which is as good as being missed by a census for the first time."""
    for page in paged(sorted(set(ids))):
        known = set(
            connection.scalars(select(absences.c.item).where(absences.c.source == source, absences.c.item.in_(page)))
        )
        if new := [{"source": source, "item": item} for item in page if item not in known]:
            connection.execute(insert(absences), new)


def settle(connection: Connection, source: int, *, gone: Collection[str], kept: Collection[str], at: datetime) -> None:
    """The tracker was asked about suspects: some are gone, and others are suspects no more."""
    for page in paged(gone):
        bury(connection, source, page, at)
    for page in paged([*gone, *kept]):
        connection.execute(delete(absences).where(absences.c.source == source, absences.c.item.in_(page)))


def keep_only(connection: Connection, source: int, given: Given, at: datetime) -> None:
    """The source was read whole: what it did not give is gone."""
    hashes = frozenset(given.items)
    for page in paged([id_ for id_ in _living(connection, source) if hash(id_) not in hashes]):
        bury(connection, source, page, at)
    for table, ids in ((sprints, given.sprints), (themes, given.themes)):
        kept = set(connection.scalars(select(table.c.id).where(table.c.source == source)))
        for page in paged(sorted(kept - ids)):
            connection.execute(delete(table).where(table.c.source == source, table.c.id.in_(page)))


def _living(connection: Connection, source: int) -> Iterator[str]:
    """The ids of what is kept and not gone, streamed."""
    living = select(items.c.id).where(and_(items.c.source == source, items.c.gone.is_(None)))
    for page in connection.scalars(living.execution_options(yield_per=PAGE)).partitions():
        yield from page
