"""The queue's own tables: made by the first who comes, and brought up to date by procrastinate's own steps.

procrastinate ships its steps and does not note which were taken, so the last one stands in the comment of its table.
"""

from pathlib import Path

import psycopg
from procrastinate.schema import SchemaManager

from backlint.store.postgresql import lock_key

TABLE = "procrastinate_jobs"
MARK = "backlint: up to "


def prepare(conninfo: str) -> None:
    """Make the tables, or take the steps that are missing; in one transaction, and one process at a time."""
    with psycopg.connect(conninfo) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (lock_key("queue"),))
        is_there, comment = _state(connection)
        if not is_there:
            connection.execute(SchemaManager.get_schema())
        elif comment:
            for step in steps():
                if step.stem > comment.removeprefix(MARK):
                    connection.execute(step.read_bytes())
        newest = max(step.stem for step in steps())
        if not is_there or (comment and comment.removeprefix(MARK) < newest):
            connection.execute(f"COMMENT ON TABLE {TABLE} IS '{MARK}{newest}'".encode())


def steps() -> list[Path]:
    """Procrastinate's steps, oldest first: their names begin with the version that brought them."""
    return sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))


def _state(connection: "psycopg.Connection[tuple[object, ...]]") -> tuple[bool, str | None]:
    """Whether the tables are there, and up to which step; `None` where somebody else made them, who sees to them."""
    asked = "SELECT to_regclass(%s) IS NOT NULL, obj_description(to_regclass(%s), 'pg_class')"
    row = connection.execute(asked, (TABLE, TABLE)).fetchone()
    is_there, comment = row or (False, None)
    return bool(is_there), str(comment) if comment else None
