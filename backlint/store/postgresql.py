"""PostgreSQL: several machines read and write at once.

Where SQLite lets one writer in at a time, here only those wait for each other who write the same thing: a source, the
runs of a team, what is sent to a project. Each takes a lock of that name (`pg_advisory_xact_lock`) that its transaction
holds, the rest goes on. A reader sees one unchanging moment (REPEATABLE READ), and rows come through a cursor.
"""

from collections.abc import Iterable
from hashlib import blake2b

from sqlalchemy import Connection, Engine, create_engine, func, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError

from backlint.errors import ConfigError

SCHEMES = ("postgres", "postgresql")
DRIVER = "postgresql+psycopg"

USUAL = {
    "application_name": "backlint",
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
}
"""A server that is gone without a word is noticed within a minute. What the URL says counts before these."""

PATIENCE = "backlint_patience"

TROUBLES = {
    "08": "cannot be reached; check its host and port",
    "25006": "is a copy that may only be read; name the primary server",
    "28": "refuses the name or the password; set BACKLINT_STORE, or put them into ~/.pgpass",
    "3D000": "is not there; create the database first",
    "40": "is held by another run; try again when that one is done",
    "42501": "may not be written to; grant the user the right to create and change tables",
    "53100": "is on a full disk; make room and run again, what was kept before is safe",
    "53300": "has no connection left; let fewer workers run, or raise its max_connections",
    "55P03": "is held by another run; try again when that one is done",
    "57P03": "is just starting or stopping; try again in a moment",
}
"""By SQLSTATE, or by its class: https://www.postgresql.org/docs/current/errcodes-appendix.html."""

WENT_AWAY = "went away in the middle; run again, what was kept before is safe"


def connect(where: URL, patience: float) -> Engine:
    """An engine for the URL; nothing is opened yet."""
    url = where.set(drivername=DRIVER, query={**USUAL, **where.query})
    options = {PATIENCE: patience}
    try:  # the paramstyle, since rows are written as tuples
        return create_engine(
            url, pool_pre_ping=True, paramstyle="format", hide_parameters=True, execution_options=options
        )
    except ImportError:
        raise ConfigError('A store on PostgreSQL needs psycopg: pip install "backlint[postgres]".') from None


def one_moment(connection: Connection) -> Connection:
    """Let the connection's next transaction see the store as it is at its beginning, and change nothing."""
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def wait_for(connection: Connection, names: Iterable[str]) -> None:
    """Wait until nobody else writes to what is so named; the transaction holds it to its end.

    Names are taken in order, so that no two writers ever wait for each other. One round trip.
    """
    patience = connection.get_execution_options()[PATIENCE]
    milliseconds = max(1, round(1000 * patience))  # 0 would be for ever
    locks = [func.pg_advisory_xact_lock(key) for key in sorted({lock_key(name) for name in names})]
    connection.execute(select(func.set_config("lock_timeout", str(milliseconds), True), *locks))


def trouble(error: DBAPIError) -> str:
    """What went wrong, as the end of a sentence that begins with the store's name."""
    state = getattr(error.orig, "sqlstate", None) or ""
    for start, said in TROUBLES.items():
        if state.startswith(start):
            return said
    if error.connection_invalidated:
        return WENT_AWAY
    reason = _reason(str(error.orig)) or type(error.orig).__name__
    is_unreached = isinstance(error, OperationalError) and not state
    return f"cannot be reached: {reason}" if is_unreached else f"failed: {reason}"


def _reason(told: str) -> str:
    line = told.strip().partition("\n")[0].rstrip(".")
    return line.removeprefix("connection failed: ").removeprefix("connection is bad: ")


def lock_key(name: str) -> int:
    """The name as the number that PostgreSQL locks: 64 bits, signed."""
    return int.from_bytes(blake2b(f"backlint {name}".encode(), digest_size=8).digest(), signed=True)
