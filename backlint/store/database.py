"""Open the database, and say in one line what is wrong with it.

SQLite: write-ahead log, so that a report can be read while a sync writes; synchronous=FULL, so that what was committed
survives a power cut; BEGIN IMMEDIATE for writers, so that two of them wait for each other instead of failing.
"""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, ProgrammingError

from backlint.errors import ConfigError, StoreError
from backlint.store.schema import HEAD
from backlint.transport import Json

PATIENCE = 30.0
"""Seconds to wait for another run that writes; its transactions are a page long."""

WRITING = "backlint_writing"

BACKENDS = ("sqlite", "postgresql")

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
    if where.get_backend_name() != "sqlite":
        return _elsewhere(where)
    engine = create_engine(where, connect_args={"timeout": patience, "isolation_level": None})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def shown(engine: Engine) -> str:
    """The database's name for messages: a path, or a URL without its password."""
    url = engine.url
    return f'The store "{url.database if url.get_backend_name() == "sqlite" else url.render_as_string()}"'


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
    with told(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Generator[Connection]:
    """One transaction: all of it is kept, or nothing."""
    with told(engine), engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        yield connection


def copy(engine: Engine, path: Path) -> None:
    """Copy the whole database, as it is now, to a new file."""
    if engine.dialect.name != "sqlite":
        raise ConfigError(f"{shown(engine)} is backed up with the database's own tools, such as pg_dump.")
    with told(engine), closing(engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM INTO ?", (str(path),))


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest schema. Where they are there already, that is one query and no Alembic."""
    if _version(engine) != HEAD:
        from backlint.store.migrations import upgrade  # noqa: PLC0415 - Alembic is loaded only when it has work to do

        with writing(engine) as connection:
            upgrade(connection, shown(engine))


def _version(engine: Engine) -> str | None:
    try:
        with engine.connect() as connection:
            return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except (OperationalError, ProgrammingError):
        return None  # a new database, or one that the upgrade will tell about


def _elsewhere(where: URL) -> Engine:
    try:
        return create_engine(where, pool_pre_ping=True, paramstyle="format")  # rows are written as tuples
    except ImportError as error:
        raise ConfigError(f'A store on {where.get_backend_name()} needs the package "{error.name}".') from None


def _parsed(url: str) -> URL:
    try:
        where = make_url(url) if "://" in url else URL.create("sqlite", database=str(Path(url).expanduser()))
        if where.drivername == "postgresql":
            where = where.set(drivername="postgresql+psycopg")
        where.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError):
        where = URL.create("nothing")
    if where.get_backend_name() not in BACKENDS:
        raise ConfigError(f'The store "{url}" is neither a file nor a URL such as "postgresql://host/name".')
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
    code = getattr(cause, "sqlite_errorname", "")
    for start, trouble in TROUBLES.items():
        if code.startswith(start):
            return trouble
    said = str(cause).strip().splitlines()
    return f"failed: {said[0] if said else type(cause).__name__}"
