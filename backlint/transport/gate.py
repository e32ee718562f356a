"""What a run gives its connectors: time, an end, and the way out."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import httpx

    from backlint.transport.site import Authorise, Pause, Site


class Clock(Protocol):
    """Time, as the network needs it. Given from outside, so that a test never sleeps."""

    def now(self) -> datetime:
        """The time of day, aware."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""
        ...


@dataclass
class Gate:
    """The clock, the moment at which the run must end (in `clock.monotonic()`), and the way out.

    `wire` replaces the network, for the demo and for tests.
    """

    clock: Clock
    until: float | None = None
    wire: "httpx.AsyncBaseTransport | None" = None
    jitter: Callable[[], float] = random.random
    requests: int = 0
    """How many requests were sent through it so far."""

    def site(
        self,
        name: str,
        base: str,
        *,
        authorise: "Authorise",
        headers: Mapping[str, str] | None = None,
        pause: "Pause | None" = None,
        speaks_json: bool = True,
    ) -> "Site":
        """Open a site; use it with `async with`. `base` keeps its path: Jira may stand under a context path."""
        from backlint.transport.site import Site  # noqa: PLC0415 - httpx is loaded only when a site is opened

        return Site(name, base, self, authorise, headers or {}, pause, speaks_json)

    @property
    def seconds_left(self) -> float:
        """How long the run may still take."""
        return float("inf") if self.until is None else self.until - self.clock.monotonic()
