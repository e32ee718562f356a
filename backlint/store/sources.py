"""What is kept about each source, and the streams that read it back."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from json import loads
from typing import TypeVar

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, FromClause, Table, Text, and_, func, literal, select, update

from backlint.health import Reading
from backlint.model import Item
from backlint.store.encoding import compact, microseconds, moment
from backlint.store.keeping import inserting
from backlint.store.rows import Stored, to_item
from backlint.store.schema import histories, items, ranking, sources
from backlint.text.clean import clean
from backlint.transport import Json

T = TypeVar("T")

UNFINISHED = "The last read did not come to its end; the next one goes on from there."
NEVER = "It was never read."

COLUMNS = [items.c[name] for name in Stored._fields]
STREAMED = 500
"""Rows held at a time while reading."""


def number_of(connection: Connection, source: str) -> int:
    """The number of a source, which it is given when it is first met."""
    asked = select(sources.c.number).where(sources.c.name == source)
    number = connection.scalar(asked)
    if number is None:
        new = {"name": source, "is_complete": False, "problems": compact([NEVER])}
        connection.execute(inserting(connection.dialect, sources).on_conflict_do_nothing(), new)
    kept: int = connection.scalars(asked).one() if number is None else number
    return kept


def names(connection: Connection) -> Sequence[str]:
    """All sources that were ever met."""
    return connection.scalars(select(sources.c.name).order_by(sources.c.name)).all()


def begin(connection: Connection, source: str) -> str | None:
    """A read begins; gives the cursor to go on from."""
    number = number_of(connection, source)
    _set(connection, number, is_complete=False, problems=compact([UNFINISHED]))
    return connection.scalar(select(sources.c.cursor).where(sources.c.number == number))


def finish(connection: Connection, source: str, at: datetime, problems: tuple[str, ...], *, is_counted: bool) -> None:
    """A read is over."""
    told: dict[str, Json] = {"is_complete": not problems, "problems": compact([clean(each) for each in problems])}
    if not problems:
        told["read_at"] = microseconds(at)
    if is_counted:
        told["census_at"] = microseconds(at)
    _set(connection, number_of(connection, source), **told)


def restart(connection: Connection, source: str) -> None:
    """Forget the cursor."""
    _set(connection, number_of(connection, source), cursor=None)


def reading_of(connection: Connection, source: str) -> Reading:
    """What was read from a source."""
    row = connection.execute(select(sources).where(sources.c.name == source)).first()
    if row is None:
        return Reading(source=source, items=0, read_at=None, is_complete=False, problems=(NEVER,))
    living = and_(items.c.source == row.number, items.c.gone.is_(None))
    return Reading(
        source=source,
        items=connection.scalar(select(func.count()).select_from(items).where(living)) or 0,
        read_at=None if row.read_at is None else moment(row.read_at),
        is_complete=row.is_complete,
        problems=tuple(loads(row.problems)),
    )


def stream(connection: Connection, source: str, *, with_history: bool) -> Iterator[Item]:
    """The living items of a source. Where it gives a ranking, that is their rank, else what they say themselves."""
    row = connection.execute(select(sources.c.number, sources.c.ranking).where(sources.c.name == source)).first()
    if row is None:
        return
    place: ColumnElement[int | None] = items.c.rank
    told: ColumnElement[str | None] = literal(None, Text())
    read_from: FromClause = items
    if row.ranking is not None:
        place = ranking.c.position
        read_from = read_from.outerjoin(ranking, and_(ranking.c.source == items.c.source, ranking.c.item == items.c.id))
    if with_history:
        told = histories.c.events
        of_item = and_(histories.c.source == items.c.source, histories.c.item == items.c.id)
        read_from = read_from.outerjoin(histories, of_item)
    living = and_(items.c.source == row.number, items.c.gone.is_(None))
    asked = select(*COLUMNS, place.label("place"), told.label("told")).select_from(read_from).where(living)
    for page in connection.execute(asked.execution_options(yield_per=STREAMED)).partitions():
        for kept in page:
            values: tuple[Json, ...] = tuple(kept)
            yield to_item(Stored._make(values[:-2]), values[-2], values[-1])


def nested(connection: Connection, table: Table, adapter: TypeAdapter[T], names: Iterable[str]) -> tuple[T, ...]:
    """The sprints or the themes of sources, by id."""
    named = sources.c.name.in_(list(names))
    kept = select(table.c.data).join(sources, sources.c.number == table.c.source).where(named).order_by(table.c.id)
    return tuple(adapter.validate_json(data) for data in connection.scalars(kept))


def velocity(connection: Connection, source: str) -> tuple[float, ...] | None:
    """What the team finished in each of its last sprints; `None` where the source does not say."""
    kept = connection.scalar(select(sources.c.velocity).where(sources.c.name == source))
    return None if kept is None else tuple(loads(kept))


def _set(connection: Connection, number: int, **values: Json) -> None:
    connection.execute(update(sources).where(sources.c.number == number).values(values))
