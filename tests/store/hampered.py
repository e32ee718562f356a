"""A store on a disk, or with a permission, that is not what it should be."""

import sqlite3
from pathlib import Path

from sqlalchemy import event

from backlint.store import Store
from backlint.store.database import connect

READ_ONLY = "query_only = ON"
SMALL_DISK = "max_page_count = 80"


def hampered(path: Path, pragma: str) -> Store:
    """A store that is there already, opened under a restriction of SQLite's own."""
    engine = connect(str(path))

    def restrict(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", restrict)
    return Store(engine)
