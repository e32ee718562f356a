"""What a read finds again: it goes back some minutes, since GitHub shows a change late, and knows what it kept there.

An issue is known again by its id and the time of its change. That time is told in seconds, so it counts only once it
is older than the overlap: an issue may change twice within a second, and the second change has the same time.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2s

OVERLAP = timedelta(minutes=5)
"""So far an incremental read goes back, since GitHub shows a change late and its servers' clocks differ."""

MOST = 500
"""So many are remembered, for the cursor has to stay small; what a larger edit left is read again until the next."""

Changed = tuple[str, datetime]
"""The id of something, and when it changed."""


def print_of(changed: Changed) -> str:
    """By what one change of one thing is known again."""
    id_, at = changed
    return blake2s(f"{id_} {at.astimezone(UTC).isoformat()}".encode(), digest_size=6).hexdigest()


def digest(changes: Iterable[Changed], newest: datetime) -> str:
    """By what all that changed in the overlap before `newest` is known again."""
    window = sorted(print_of(one) for one in changes if newest - OVERLAP <= one[1] <= newest)
    return blake2s(" ".join(window).encode(), digest_size=6).hexdigest()


def is_settled(at: datetime, now: datetime) -> bool:
    """Whether no other change can have the time of this one any more."""
    return at + OVERLAP <= now


def is_all_known(newest: Sequence[Changed] | None, known: Collection[str], since: datetime) -> bool:
    """Whether a list of the newest changes reaches back to `since` and shows nothing there that was not kept."""
    return (
        newest is not None
        and any(at < since for _, at in newest)
        and all(print_of(one) in known for one in newest if one[1] >= since)
    )


@dataclass
class Passing:
    """The newest rows of a list while its pages pass by, for the next read to know them again."""

    now: datetime
    _newest: dict[str, datetime] = field(default_factory=dict[str, datetime])

    def note(self, rows: Iterable[Changed]) -> None:
        """Take a page, and forget what is older than the overlap."""
        self._newest |= dict(rows)
        if self._newest:
            since = max(self._newest.values()) - OVERLAP
            self._newest = {id_: at for id_, at in self._newest.items() if at >= since}

    @property
    def prints(self) -> tuple[str, ...]:
        """What is to be remembered."""
        settled = [one for one in self._newest.items() if is_settled(one[1], self.now)]
        return tuple(print_of(one) for one in settled[:MOST])
