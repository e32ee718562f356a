"""Where a sync goes on from: what the store keeps for us between two runs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from json import JSONDecodeError, dumps, loads

from backlint.connectors.github.payload import part
from backlint.transport import Json

OVERLAP = timedelta(minutes=5)
"""So far an incremental read goes back, since GitHub shows a change late and its servers' clocks differ."""

VERSION = 1

LONGEST_TAG = 200
"""The mark is written with every page, so it has to stay small."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far everything was read.

    Attributes:
        newest: The newest change that was kept, by repository.
        cards: The newest change of a project's item that was kept.
        whole: When the last whole read ended; `None` while there was none, or one is under way.
        lacks: What the server was found to lack; `None` before it was looked for.
        sizes: How much GitHub could answer at once.
        tags: What `newest` was when a repository was last asked for changes, and the tag of the answer, by repository.
        meaning: A digest of the settings that items were read with; with other settings all is read anew.
    """

    newest: Mapping[str, str] = field(default_factory=dict[str, str])
    cards: str | None = None
    whole: str | None = None
    lacks: tuple[str, ...] | None = None
    sizes: Mapping[str, int] = field(default_factory=dict[str, int])
    meaning: str = ""
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])

    def since(self, repository: str) -> datetime | None:
        """From when to ask for changes; `None` is from the beginning."""
        at = self.newest.get(repository)
        return datetime.fromisoformat(at) - OVERLAP if at else None

    def cards_since(self) -> datetime | None:
        """From when a change on a project counts as new."""
        return datetime.fromisoformat(self.cards) - OVERLAP if self.cards else None

    def reached(self, repository: str, newest: str | None) -> "Mark":
        """The mark after a page of that repository."""
        if newest is None or newest <= self.newest.get(repository, ""):
            return self
        return replace(self, newest={**self.newest, repository: newest})

    def tag(self, repository: str) -> str | None:
        """The tag of the last answer to the question that would be asked now."""
        newest, tag = self.tags.get(repository, ("", None))
        return tag if newest == self.newest.get(repository) else None

    def tagged(self, repository: str, newest: str | None, tag: str | None) -> "Mark":
        """The mark after an answer to the question for what changed since `newest`."""
        tags = {name: told for name, told in self.tags.items() if name != repository}
        if newest and tag and len(tag) <= LONGEST_TAG:
            tags[repository] = (newest, tag)
        return replace(self, tags=tags)

    def without_tags(self) -> "Mark":
        """The mark of a run after which everything is to be asked again."""
        return replace(self, tags=dict[str, Sequence[str]]())

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
