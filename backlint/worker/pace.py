"""How fast things go."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds.

    Attributes:
        heartbeat: How often a worker says that it lives.
        dead_after: For how long it must have said nothing to be taken for dead. A server that does not let it
            in for as long went away.
        first_pause: Before a job that failed, or that somebody else holds, is asked for again; doubled every time.
        longest_pause: What that never exceeds.
        poll: How often the queue is asked for jobs, where its notifications do not come through.
    """

    heartbeat: float = 10.0
    dead_after: float = 30.0
    first_pause: float = 15.0
    longest_pause: float = 600.0
    poll: float = 5.0

    def pause(self, attempts: int) -> float:
        """How long to wait after so many attempts before this one."""
        doubled: float = self.first_pause * 2 ** min(attempts, 16)
        return min(doubled, self.longest_pause)
