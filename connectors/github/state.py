"""Where a sync goes on from: what the store keeps for us between two runs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from json import JSONDecodeError, dumps, loads

from backlint.connectors.github.overlap import OVERLAP
from backlint.connectors.github.payload import part
from backlint.transport import Json

VERSION = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """How far everything was read.

    Attributes:
        newest: The newest change that was kept, by repository.
        cards: The newest change of a project's item that was kept.
        beside: A digest of what changed on the projects shortly before that; empty where it is to be read again.
        whole: When the last whole read ended; `None` while there was none, or one is under way.
        lacks: What the server was found to lack; `None` before it was looked for.
        sizes: How much GitHub could answer at once.
        seen: What was kept of the last minutes before `newest`, by repository.
        meaning: A digest of the settings that items were read with; with other settings all is read anew.
    """

    newest: Mapping[str, str] = field(default_factory=dict[str, str])
    cards: str | None = None
    whole: str | None = None
    lacks: tuple[str, ...] | None = None
    sizes: Mapping[str, int] = field(default_factory=dict[str, int])
    meaning: str = ""
    beside: str = ""
    seen: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])

    def since(self, repository: str) -> datetime | None:
        """From when to ask for changes; `None` is from the beginning."""
        at = self.newest.get(repository)
        return datetime.fromisoformat(at) - OVERLAP if at else None

    def reached(self, repository: str, newest: str | None) -> "Mark":
        """The mark after a page of that repository."""
        if newest is None or newest <= self.newest.get(repository, ""):
            return self
        return replace(self, newest={**self.newest, repository: newest})

    def having_seen(self, repository: str, prints: Sequence[str]) -> "Mark":
        """The mark after a list was read to its end."""
        return replace(self, seen={**self.seen, repository: prints})

    def doubting(self) -> "Mark":
        """The mark of a run after which the last minutes are to be read again."""
        return replace(self, beside="", seen=dict[str, Sequence[str]]())

    def written(self) -> str:
        """As the store keeps it."""
        return dumps({"version": VERSION, **asdict(self)}, separators=(",", ":"), default=list)


def read_mark(cursor: str | None, meaning: str) -> Mark:
    """The mark of a cursor. One of another version, or of other settings, means to begin anew."""
    try:
        told: Json = loads(cursor or "null")
    except JSONDecodeError:
        return Mark(meaning=meaning)
    kept = part(told)
    if kept.pop("version", None) != VERSION or kept.get("meaning") != meaning:
        return Mark(meaning=meaning)
    lacks = kept.pop("lacks")
    return Mark(**kept, lacks=None if lacks is None else tuple(lacks))
