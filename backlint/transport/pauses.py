"""How long to wait: what the tracker asks, and what we take by ourselves after a fault."""

import email.utils
import math
from collections.abc import Mapping
from datetime import UTC, datetime

FIRST_BACK_OFF = 1.0
LONGEST_BACK_OFF = 30.0


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds that `Retry-After` asks for, given as seconds or as a date; never negative, `None` if unreadable."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        return _until(value, now)
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def _until(date: str, now: datetime) -> float | None:
    try:
        moment = email.utils.parsedate_to_datetime(date)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0.0)


def back_off(attempt: int, jitter: float) -> float:
    """Seconds before the next try: doubling, with up to half as much again so that clients do not march in step."""
    return min(FIRST_BACK_OFF * 2.0 ** (attempt - 1), LONGEST_BACK_OFF) * (1 + jitter / 2)
