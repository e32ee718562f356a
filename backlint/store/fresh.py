"""A new store: its tables are made as they are now, at once, where the migrations would walk there step by step.

That takes a twentieth of the time, most of which is Alembic's to load: a check of a file waits for it every time.
"""

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect

from backlint.store.schema import HEAD, metadata

alembic_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Where Alembic looks for the last migration: the next one goes on from there."""


def is_empty(connection: Connection) -> bool:
    """Whether nothing is there yet, ours or anybody's."""
    return not inspect(connection).get_table_names()


def make(connection: Connection) -> None:
    """Make all tables, within the caller's transaction."""
    metadata.create_all(connection)
    alembic_version.create(connection)
    connection.execute(insert(alembic_version), {"version_num": HEAD})
