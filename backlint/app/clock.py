"""The one clock that is real, and how long a run may take by it."""

import asyncio
import time
from datetime import UTC, datetime

from backlint.config import Config
from backlint.transport import Clock, Gate

PATIENCE = 120.0
"""Seconds for all channels: reading may have used up the run's own time, and people are to be told all the same."""


def gate_of(config: Config, clock: Clock) -> Gate:
    """The way to the trackers, for as long as the configuration lets a run take."""
    minutes = config.settings.minutes
    return Gate(clock, until=None if minutes is None else clock.monotonic() + 60 * minutes)


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """The time of day."""
        return datetime.now(UTC)  # noqa: TID251 - this is where everybody else has it from

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)
