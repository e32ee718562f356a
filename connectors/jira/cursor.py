"""Where a sync goes on: kept after every batch, so that one that dies loses at most the batch it was in."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from backlint.connectors.jira.times import milliseconds
from backlint.transport import Json


class Phase(StrEnum):
    """How far a first, full read has come: open issues, then done ones. `CHANGES` is every later read."""

    OPEN = "open"
    DONE = "done"
    CHANGES = "changes"


@dataclass(frozen=True)
class Cursor:
    """A place in a sync.

    Attributes:
        since: Everything before this moment (milliseconds since 1970) was read; for a full read, when it began.
        phase: What is being read.
        after: How far the phase has come: a numeric id on Cloud, a place on Data Center.
        scope: What was read, and what it was taken for: with another project, filter or mapping all is read anew.
        lost: Issues that were listed and then not given.
        sprint: The running sprints when the velocity was last read: it changes only when one of them ends.
        listed: How many open issues there were.
        sprints: The numbers of the sprints that were open when this was written.
        site: What the site said of itself.
    """

    since: int
    scope: str
    phase: Phase = Phase.OPEN
    after: int = 0
    sprint: str = ""
    listed: int = 0
    lost: tuple[str, ...] = ()
    sprints: tuple[str, ...] = ()
    site: Json = None

    @classmethod
    def of(cls, text: str | None, scope: str, now: datetime) -> "Cursor":
        """Read a cursor; one that is missing, broken, or of another scope begins anew."""
        try:
            told = cls(**json.loads(text or ""))
            found = replace(
                told,
                phase=Phase(told.phase),
                since=int(told.since),
                after=int(told.after),
                listed=int(told.listed),
                lost=tuple(told.lost),
                sprints=tuple(map(str, told.sprints)),
            )
        except (TypeError, ValueError):
            found = None
        return found if found and found.scope == scope else cls(since=milliseconds(now), scope=scope)

    @property
    def moment(self) -> datetime:
        """`since` as a time."""
        return datetime.fromtimestamp(self.since / 1000, UTC)

    def __str__(self) -> str:
        """The cursor as the store keeps it."""
        return json.dumps(asdict(self), sort_keys=True)
