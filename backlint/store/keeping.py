"""Write a batch: what is unchanged is not written, and what the tracker no longer has keeps a tombstone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import islice
from typing import TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Connection, Dialect, Select, Table, and_, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from backlint.connector import Batch
from backlint.model import Item, Sprint, Theme
from backlint.store.content import content, storable
from backlint.store.encoding import compact, microseconds, to_json
from backlint.store.rows import to_columns
from backlint.store.schema import histories, items, ranking, sources, sprints, themes
from backlint.text.clean import clean
from backlint.transport import Json

T = TypeVar("T")

PAGE = 500
"""Rows in one statement: both databases limit the variables of one."""

KNOWN = select(items.c.id, items.c.digest, items.c.gone).where(
    items.c.source == bindparam("source"), items.c.id.in_(bindparam("ids", expanding=True))
)
"""Made once: to make it for every page, and to find out that it is the same as before, costs more than to run it."""

SPRINT = TypeAdapter(Sprint)
THEME = TypeAdapter(Theme)


def keep(connection: Connection, source: int, batch: Batch, at: datetime) -> int:
    """Write a batch; gives the number of items that are new or changed."""
    changed = sum(_keep_items(connection, source, page) for page in paged(batch.items))
    _upsert(connection, sprints, [_nested(source, each.id, SPRINT, each) for each in batch.sprints])
    _upsert(connection, themes, [_nested(source, each.id, THEME, each) for each in batch.themes])
    for page in paged(batch.gone):
        bury(connection, source, [clean(each) for each in page], at)
    if batch.ranking is not None:
        _keep_ranking(connection, source, tuple(dict.fromkeys(clean(each) for each in batch.ranking)))
    told: dict[str, Json] = {}
    if batch.velocity is not None:
        told["velocity"] = compact(batch.velocity)
    if batch.cursor is not None:
        told["cursor"] = batch.cursor
    if told:
        connection.execute(update(sources).where(sources.c.number == source).values(told))
    return changed


def bury(connection: Connection, source: int, ids: Sequence[str], at: datetime) -> None:
    """Put a tombstone on items: they are read no more, and rise again if the tracker gives them again."""
    buried = and_(items.c.source == source, items.c.id.in_(ids), items.c.gone.is_(None))
    connection.execute(update(items).where(buried).values(gone=microseconds(at)))


def gone(source: int, before: datetime) -> Select[tuple[str]]:
    """The ids of the items of a source that were gone before a moment."""
    return select(items.c.id).where(items.c.source == source, items.c.gone < microseconds(before))


def forget(connection: Connection, source: int, before: datetime) -> None:
    """Drop the items of a source that were gone before a moment, with their histories."""
    for table, item in ((histories, histories.c.item), (items, items.c.id)):
        connection.execute(delete(table).where(table.c.source == source, item.in_(gone(source, before))))


def inserting(dialect: Dialect, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what to do where the key is there already."""
    return postgresql.insert(table) if dialect.name == "postgresql" else sqlite.insert(table)


def paged(all_of_them: Iterable[T], size: int = PAGE) -> Iterator[tuple[T, ...]]:
    """The same in pieces."""
    rest = iter(all_of_them)
    while page := tuple(islice(rest, size)):
        yield page


def _keep_items(connection: Connection, source: int, page: Iterable[Item]) -> int:
    given = {clean(told.item.id): told for told in map(content, page)}
    known = _digests(connection, source, list(given))
    changed = [storable(told) for id_, told in given.items() if known.get(id_) != told.digest]
    _upsert(connection, items, [(source, *to_columns(told.item), told.digest, None) for told in changed])
    read = [(source, told.item.id, told.events.decode()) for told in changed if told.events is not None]
    _upsert(connection, histories, read)
    unread = [told.item.id for told in changed if told.events is None and told.item.id in known]
    if unread:
        connection.execute(delete(histories).where(histories.c.source == source, histories.c.item.in_(unread)))
    return len(changed)


def _digests(connection: Connection, source: int, ids: Sequence[str]) -> Mapping[str, str]:
    """The digests of what is kept; an item with a tombstone has one that nothing equals."""
    kept = connection.execute(KNOWN, {"source": source, "ids": ids})
    return {id_: digest if gone is None else "" for id_, digest, gone in kept}


def _nested(source: int, id_: str, adapter: TypeAdapter[T], value: T) -> tuple[Json, ...]:
    return source, clean(id_), to_json(adapter, value)


def _keep_ranking(connection: Connection, source: int, ids: Sequence[str]) -> None:
    """Write the order if it changed. An empty one is none: then the items' own ranks count."""
    digest = blake2b("\0".join(ids).encode(), digest_size=16).hexdigest() if ids else None
    kept = connection.scalar(select(sources.c.ranking).where(sources.c.number == source))
    if kept == digest:
        return
    connection.execute(delete(ranking).where(ranking.c.source == source))
    for page in paged(enumerate(ids, 1)):
        rows = [{"source": source, "position": position, "item": id_} for position, id_ in page]
        connection.execute(insert(ranking), rows)
    connection.execute(update(sources).where(sources.c.number == source).values(ranking=digest))


def _upsert(connection: Connection, table: Table, rows: Sequence[tuple[Json, ...]]) -> None:
    """Write rows, in the order of the table's columns, over those with the same key."""
    if rows:
        connection.exec_driver_sql(_upserting(table, connection.dialect), list(rows))


def _upserting(table: Table, dialect: Dialect) -> str:
    """The statement, made once: to make it for every row would cost more than to keep the row.

    Every store that is opened has a dialect of its own; to remember that would keep it for ever.
    """
    about = table.name, dialect.name, dialect.paramstyle
    if about not in _upserts:
        written = inserting(dialect, table)
        keys = [column.name for column in table.primary_key]
        new = {name: written.excluded[name] for name in table.columns.keys() if name not in keys}  # noqa: SIM118
        made = written.on_conflict_do_update(index_elements=keys, set_=new).compile(dialect=dialect)
        _upserts[about] = str(made)
    return _upserts[about]


_upserts: dict[tuple[str, str, str], str] = {}
