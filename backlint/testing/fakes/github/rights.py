"""Who may see what: a token, its budget, and how GitHub hides what a token may not see."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from backlint.testing.fakes.github.issues import User

HOUR = timedelta(hours=1)


@dataclass
class Budget:
    """What a token may still spend until `reset`; REST and GraphQL have one each."""

    limit: int
    resource: str
    used: int = 0
    reset: datetime | None = None

    def spend(self, amount: int, now: datetime) -> bool:
        """Take from the budget; `False` when it does not suffice. A new hour begins with the first request after it."""
        if self.reset is None or now >= self.reset:
            self.used, self.reset = 0, now + HOUR
        if self.used + amount > self.limit:
            self.used = self.limit
            return False
        self.used += amount
        return True

    def headers(self) -> dict[str, str]:
        """The signs on every answer."""
        reset = int(self.reset.timestamp()) if self.reset else 0
        return {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(self.limit - self.used),
            "x-ratelimit-used": str(self.used),
            "x-ratelimit-reset": str(reset),
            "x-ratelimit-resource": self.resource,
        }


@dataclass
class Token:
    """A credential. `repositories` is `None` for all; a scoped one sees the others as not there (404, `null`).

    `scopes` are those of a classic token; `None` is a fine-grained token or an App's, which tells nothing about them.
    """

    viewer: User
    repositories: frozenset[str] | None = None
    projects: bool = True
    pulls: bool = True
    writes: bool = True
    scopes: tuple[str, ...] | None = None
    until: datetime | None = None
    rest: Budget = field(default_factory=lambda: Budget(5_000, "core"))
    graphql: Budget = field(default_factory=lambda: Budget(5_000, "graphql"))

    def sees(self, repository: str) -> bool:
        """Whether the repository is among those it was given."""
        return self.repositories is None or repository in self.repositories
