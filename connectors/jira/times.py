"""Times as Jira writes them, and as its query language wants them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

OVERLAP = timedelta(minutes=10)
"""How far a sync looks back behind the last one: Jira's index is seconds to minutes late, and what is indexed after
the look would be lost for ever."""

LEAST_MILLISECONDS = 10**11
"""A greater number counts milliseconds (since 1973), a lesser one seconds (until 5138)."""

WIDEST_ZONE = timedelta(hours=26)
"""Between the first and the last time zone on earth: how far a bare time may be off where the zone is not known."""


def moment(value: object) -> datetime | None:
    """A time: `2022-07-16T06:30:23.343+0800`, with `Z`, or a count since 1970; `None` if it is none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_count(value)
    if not isinstance(value, str) or not value:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return _from_count(int(value)) if value.isdigit() else None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def day(value: object) -> date | None:
    """A day: `2026-11-22`."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def dated(headers: Mapping[str, str]) -> datetime | None:
    """The site's own time, as its answer tells it."""
    try:
        found = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def milliseconds(at: datetime) -> int:
    """The literal that JQL takes on Cloud whatever the time zone, and to the millisecond."""
    return int(at.timestamp() * 1000)


def bare(at: datetime, zone: str | None) -> str:
    """The literal that JQL takes everywhere: whole minutes, in the time zone of the token's owner.

    Where that zone is not known the time is put so early that it is not too late in any.
    """
    there: tzinfo
    try:
        there = ZoneInfo(zone) if zone else UTC
    except (ZoneInfoNotFoundError, ValueError):
        zone, there = None, UTC
    safe = at if zone else at - WIDEST_ZONE
    return f'"{safe.astimezone(there):%Y/%m/%d %H:%M}"'


def _from_count(value: float) -> datetime | None:
    """Bulk histories count milliseconds; the official example of them counts seconds."""
    try:
        return datetime.fromtimestamp(value / 1000 if abs(value) >= LEAST_MILLISECONDS else value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
