"""Open the database, and say in one line what is wrong with it.

SQLite: write-ahead log, so that a report can be read while a sync writes; synchronous=FULL, so that what was committed
survives a power cut; BEGIN IMMEDIATE for writers, so that two of them wait for each other instead of failing.
What PostgreSQL does instead stands in `postgresql`.
"""

import re
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, ProgrammingError

from backlint.errors import ConfigError, StoreError
from backlint.store import fresh, postgresql
from backlint.store.schema import HEAD
from backlint.store.sharing import Sharing
from backlint.transport import Json

SECRET = re.compile(r"(?<=://).*@")

PATIENCE = 30.0
"""Seconds to wait for another run that writes; its transactions are a page long."""

WRITING = "backlint_writing"

OPEN = Sharing()

ANYTHING = "anything"
"""What is written to by those who do not say what it is."""

NO_QUEUE = (
    'Workers need a store that several machines reach: set `store = "postgresql://host/name"`. '
    "With a file, `backlint serve` does everything itself."
)

TROUBLES = {
    "SQLITE_BUSY": "is held by another run; try again when that one is done",
    "SQLITE_LOCKED": "is held by another run; try again when that one is done",
    "SQLITE_READONLY": "may not be written to; check the permissions of the file and its folder",
    "SQLITE_PERM": "may not be opened; check the permissions of the file and its folder",
    "SQLITE_CANTOPEN": "cannot be opened; check that its folder exists and may be written to",
    "SQLITE_FULL": "is on a full disk; make room and run again, what was kept before is safe",
    "SQLITE_IOERR": "cannot be read or written to the end: the disk is full or failing",
    "SQLITE_CORRUPT": "is damaged; put a backup in its place, or move it away and sync again",
    "SQLITE_NOTADB": "is no database of backlint; name another file",
}


def connect(url: str, patience: float = PATIENCE) -> Engine:
    """An engine for the URL; nothing is opened yet. Raises `ConfigError` for a URL that means nothing."""
    where = _parsed(url)
    if not is_sqlite(where):
        return postgresql.connect(where, patience)
    engine = create_engine(where, connect_args={"timeout": patience, "isolation_level": None})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def take(url: str, patience: float = PATIENCE) -> Engine:
    """The engine for the URL that this process uses already, or a new one; to be given back with `leave`."""
    return (
        connect(url, patience) if is_sqlite(_parsed(url)) else OPEN.take(url, patience, lambda: connect(url, patience))
    )


def leave(engine: Engine) -> None:
    """Let go of the database."""
    OPEN.leave(engine)


def conninfo(url: str) -> str:
    """The URL of a PostgreSQL as its own library understands it, password and all.

    Raises `ConfigError` where the store is no PostgreSQL.
    """
    where = _parsed(url)
    if is_sqlite(where):
        raise ConfigError(NO_QUEUE)
    return where.set(drivername="postgresql").render_as_string(hide_password=False)


def shown(engine: Engine) -> str:
    """The database's name for messages: a path, or a URL without its password."""
    return f'The store "{address(engine)}"'


def address(engine: Engine) -> str:
    """A path, or a URL without its password and options."""
    url = engine.url
    if is_sqlite(url):
        return url.database or ":memory:"
    bare = URL.create("postgresql", username=url.username, host=url.host, port=url.port, database=url.database)
    return bare.render_as_string()


def is_sqlite(where: URL) -> bool:
    """Whether the database is a file."""
    return where.get_backend_name() == "sqlite"


@contextmanager
def told(engine: Engine) -> Generator[None]:
    """Turn what the database says into one line that a person can act on."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise StoreError(f"{shown(engine)} {_trouble(error)}.") from error


@contextmanager
def reading(engine: Engine) -> Generator[Connection]:
    """One unchanging view of the store, that does not stop a writer."""
    with told(engine), engine.connect() as connection:
        seen = connection if is_sqlite(engine.url) else postgresql.one_moment(connection)
        with seen.begin():
            yield seen


@contextmanager
def writing(engine: Engine, *names: str) -> Generator[Connection]:
    """One transaction: all of it is kept, or nothing.

    `names` say what is written to: who writes the same waits, on SQLite everybody who writes does.
    """
    with told(engine), engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        if not is_sqlite(engine.url):
            postgresql.wait_for(connection, names or (ANYTHING,))
        yield connection


def copy(engine: Engine, path: Path) -> None:
    """Copy the whole database, as it is now, to a new file."""
    if not is_sqlite(engine.url):
        dump = f'pg_dump --format=custom --file="{path}" "{address(engine)}"'
        raise ConfigError(f"{shown(engine)} is backed up with PostgreSQL's own tool: {dump}")
    with told(engine), closing(engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM INTO ?", (str(path),))


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest schema. Where they are there already, that is one query and no Alembic.

    Nor is Alembic needed, and waited for, where nothing is there: the tables are made as they are now.
    """
    version = _version(engine)
    if version == HEAD:
        return
    with writing(engine, "schema") as connection:
        if version is None and fresh.is_empty(connection):
            fresh.make(connection)
        else:
            from backlint.store.migrations import upgrade  # noqa: PLC0415 - loaded only when it has work to do

            upgrade(connection, shown(engine))


def _version(engine: Engine) -> str | None:
    try:
        with engine.connect() as connection:
            return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except ProgrammingError:
        return None  # a new database of PostgreSQL
    except OperationalError:
        if not is_sqlite(engine.url):
            raise
        return None  # a new file, or one that the upgrade will tell about


def _parsed(url: str) -> URL:
    try:
        where = make_url(url) if "://" in url else URL.create("sqlite", database=str(Path(url).expanduser()))
        if where.drivername.partition("+")[0] in postgresql.SCHEMES:
            return where.set(drivername=postgresql.DRIVER)
        where.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError):
        where = URL.create("nothing")
    if not is_sqlite(where):
        named = SECRET.sub("***@", url)
        raise ConfigError(f'The store "{named}" is neither a file nor a URL such as "postgresql://host/name".')
    return where


def _prepare(connection: sqlite3.Connection, _record: Json) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _trouble(error: DBAPIError | sqlite3.Error) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(error, DBAPIError) and not isinstance(cause, sqlite3.Error):
        return postgresql.trouble(error)
    code = getattr(cause, "sqlite_errorname", "")
    for start, trouble in TROUBLES.items():
        if code.startswith(start):
            return trouble
    said = str(cause).strip().splitlines()
    return f"failed: {said[0] if said else type(cause).__name__}"
