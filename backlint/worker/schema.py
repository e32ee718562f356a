"""The queue's own tables: made by the first who comes, and brought up to date by procrastinate's own steps.

procrastinate ships its steps and does not note which were taken, so the last one stands in the comment of its table,
written in the step's own transaction.
"""

from pathlib import Path

import psycopg
from procrastinate.schema import SchemaManager

from backlint.store.postgresql import lock_key

TABLE = "procrastinate_jobs"
MARK = "backlint: up to "

Connection = psycopg.Connection[tuple[object, ...]]


def prepare(conninfo: str) -> None:
    """Make the tables, or take the steps that are missing; one process at a time."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (lock_key("queue"),))
        is_there, taken = _state(connection)
        if not is_there:
            _take(connection, SchemaManager.get_schema(), steps()[-1].stem)
        elif taken:
            for step in steps():
                if step.stem > taken:
                    _take(connection, step.read_text("utf-8"), step.stem)


def steps() -> list[Path]:
    """Procrastinate's steps, oldest first: their names begin with the version that brought them."""
    return sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))


def _take(connection: Connection, statements: str, name: str) -> None:
    """Statements that are sent together are one transaction. Enumerations want one for each step."""
    connection.execute(f"{statements};\nCOMMENT ON TABLE {TABLE} IS '{MARK}{name}'".encode())


def _state(connection: Connection) -> tuple[bool, str | None]:
    """Whether the tables are there, and up to which step; `None` where somebody else made them, who sees to them."""
    asked = "SELECT to_regclass(%s) IS NOT NULL, obj_description(to_regclass(%s), 'pg_class')"
    row = connection.execute(asked, (TABLE, TABLE)).fetchone()
    is_there, comment = row or (False, None)
    return bool(is_there), str(comment).removeprefix(MARK) if comment else None
