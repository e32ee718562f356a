"""What the store holds, for whoever looks after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, text

from backlint.health import Reading
from backlint.store import sources
from backlint.store.encoding import moment
from backlint.store.schema import metadata, runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The runs of a team that are kept."""

    team: str
    runs: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """A store: where it stands, what it runs on, how large it is in bytes, and the rows of its tables by name."""

    place: str
    database: str
    size: int
    schema: str
    rows: Mapping[str, int]
    readings: tuple[Reading, ...]
    teams: tuple[Kept, ...]


def info(connection: Connection, place: str) -> Info:
    """Count everything: a second for each million rows."""
    return Info(
        place=place,
        database=_database(connection),
        size=connection.scalar(text(_SIZE[connection.dialect.name])) or 0,
        schema=connection.scalar(text("SELECT version_num FROM alembic_version")) or "",
        rows={
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        },
        readings=tuple(sources.reading_of(connection, name) for name in sources.names(connection)),
        teams=_teams(connection),
    )


_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def _database(connection: Connection) -> str:
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.dialect.name]
    version = connection.dialect.server_version_info or ()
    return f"{name} {'.'.join(map(str, version))}"


def _teams(connection: Connection) -> tuple[Kept, ...]:
    counted = select(runs.c.team, func.count(), func.min(runs.c.at), func.max(runs.c.at))
    found = connection.execute(counted.group_by(runs.c.team).order_by(runs.c.team))
    return tuple(
        Kept(team=team, runs=number, first=moment(first), last=moment(last)) for team, number, first, last in found
    )
