"""What a local date and time of day is on the one clock that never jumps."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

THROUGH_THE_DAY = (time.min, time(12), time.max)


def moment(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """The moment in UTC; `None` where the whole day was left out, as Samoa left out 30 December 2011.

    An hour that comes twice counts the first time. In an hour that does not exist it is as long after midnight as on
    any other day: 02:30 is 03:30 then.
    """
    return datetime.combine(day, at, zone).astimezone(UTC) if _exists(day, zone) else None


def local_date(now: datetime, zone: ZoneInfo) -> date:
    """What the calendar on the wall says."""
    return now.astimezone(zone).date()


def _exists(day: date, zone: ZoneInfo) -> bool:
    moments = (datetime.combine(day, at, zone).astimezone(UTC) for at in THROUGH_THE_DAY)
    return any(local_date(each, zone) == day for each in moments)
