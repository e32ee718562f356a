"""A clock that only moves when it is told to, or when somebody sleeps on it."""

from datetime import datetime, timedelta

from backlint.example import NOW


class FakeClock:
    """Sleeping takes no time and is written down in `slept`."""

    def __init__(self, now: datetime = NOW) -> None:
        self._start = now
        self._passed = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        """The time of day."""
        return self._start + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        """Seconds since the clock was made."""
        return self._passed

    async def sleep(self, seconds: float) -> None:
        """Move on at once."""
        self.slept.append(seconds)
        self._passed += seconds

    def pass_time(self, seconds: float) -> None:
        """Let time pass."""
        self._passed += seconds
