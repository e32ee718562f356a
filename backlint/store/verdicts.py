"""What rules said of a backlog, kept for as long as nothing in it changes."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from sqlalchemy import Connection, and_, delete, insert, or_, select

from backlint.store.schema import items, sources, sprints, themes, verdicts

PAGE = 5_000
"""Rows held at a time: two short texts each."""


def state(connection: Connection, names: Iterable[str]) -> str:
    """The same as long as everything that was read from the sources is the same: items, order, sprints, themes.

    It is made of the digests of the rows, which stand in an index: no text is touched.
    """
    content = blake2b(digest_size=16)
    for name in names:
        row = connection.execute(select(sources).where(sources.c.name == name)).first()
        content.update(f"{name}\0{row and (row.ranking, row.velocity)}\0".encode())
        if row is not None:
            for told in (*_items(connection, row.number), *_nested(connection, row.number)):
                content.update(told.encode())
    return content.hexdigest()


def _items(connection: Connection, source: int) -> Iterator[str]:
    living = and_(items.c.source == source, items.c.gone.is_(None))
    known = select(items.c.id, items.c.digest).where(living).order_by(items.c.id)
    for page in connection.execute(known.execution_options(yield_per=PAGE)).partitions():
        yield "\0".join([f"{id_} {digest}" for id_, digest in page])


def _nested(connection: Connection, source: int) -> Iterator[str]:
    for table in (sprints, themes):
        for each in connection.execute(select(table).where(table.c.source == source).order_by(table.c.id)):
            yield f"{table.name}\0{each.id}\0{each.data}\0"


def of(connection: Connection, team: str, state_now: str) -> Mapping[str, str]:
    """What is kept for that state of the team's backlog, by rule."""
    kept = select(verdicts.c.rule, verdicts.c.said).where(verdicts.c.team == team, verdicts.c.state == state_now)
    return {row.rule: row.said for row in connection.execute(kept)}


def keep(connection: Connection, team: str, state_now: str, said: Mapping[str, str]) -> None:
    """Keep what the rules said, in place of what they said of other states."""
    over = or_(verdicts.c.state != state_now, verdicts.c.rule.in_(list(said)))
    connection.execute(delete(verdicts).where(verdicts.c.team == team, over))
    if said:
        rows = [{"team": team, "rule": rule, "state": state_now, "said": each} for rule, each in said.items()]
        connection.execute(insert(verdicts), rows)
