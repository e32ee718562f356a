"""The queries that the connector asks, in JQL."""

from collections.abc import Iterable
from datetime import datetime

from backlint.connectors.jira.times import bare, milliseconds

OPEN = "statusCategory != Done"
DONE = "statusCategory = Done"


def quoted(text: str) -> str:
    """A value that cannot be taken for anything else."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def scope(projects: Iterable[str], narrowed: str | None) -> str:
    """The issues that this source is about."""
    where = f"project in ({', '.join(quoted(project) for project in projects)})"
    return f"{where} AND ({narrowed})" if narrowed else where


def since(field: str, at: datetime, *, is_cloud: bool, zone: str | None) -> str:
    """What changed at or after a moment, or a little before it: the answer is to be held against the real times."""
    return f"{field} >= {milliseconds(at) if is_cloud else bare(at, zone)}"


def both(*parts: str) -> str:
    """All of the conditions at once."""
    return " AND ".join(part for part in parts if part)
