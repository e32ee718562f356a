"""Projects (v2): columns, cards, notes, and the order that is the backlog's."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zlib import crc32

from backlint.testing.fakes.github.ids import Ids, ids
from backlint.testing.fakes.github.issues import Issue, User

if TYPE_CHECKING:
    from backlint.testing.fakes.github.hub import FakeGithub


@dataclass
class Iteration:
    """A sprint of an iteration column."""

    title: str
    start: date
    days: int = 14

    @property
    def id(self) -> str:
        """Its id, which is no node id."""
        return f"{crc32(self.title.encode()):08x}"

    def is_over(self, today: date) -> bool:
        """Whether its last day is past."""
        return self.start + timedelta(days=self.days) <= today


@dataclass
class Column:
    """A field of a project. `kind` is GitHub's data type; `backed_by` names the issue field that holds its values."""

    name: str
    kind: str
    options: tuple[str, ...] = ()
    iterations: tuple[Iteration, ...] = ()
    backed_by: str | None = None

    @property
    def ids(self) -> Ids:
        """Its ids."""
        return ids("PVTF", self.name)


@dataclass
class Draft:
    """A note on a project that is no issue yet."""

    title: str
    body: str
    author: User | None
    created: datetime
    ids: Ids


@dataclass
class Card:
    """An item of a project. `content` is `None` where the reader may not see it."""

    content: Issue | Draft | None
    updated: datetime
    ids: Ids
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    is_archived: bool = False


@dataclass
class Project:
    """A project (v2): its cards stand in the order that is the backlog's."""

    hub: "FakeGithub"
    owner: str
    number: int
    title: str
    columns: list[Column]
    cards: list[Card] = field(default_factory=list[Card])
    given: int = 0

    @property
    def ids(self) -> Ids:
        """Its ids."""
        return ids("PVT", self.owner, self.number)

    def _next(self, prefix: str) -> Ids:
        self.given += 1
        return ids(prefix, self.ids[1], self.given)

    def add(self, content: Issue, **values: Any) -> Card:
        """Put an issue at the end; a column whose name is no Python name is set in `card.values`."""
        card = Card(content, self.hub.now(), self._next("PVTI"), dict(values))
        self.cards.append(card)
        return card

    def draft(
        self, title: str, body: str = "", *, by: str = "robin", at: datetime | None = None, **values: Any
    ) -> Card:
        """Put a note at the end."""
        at = at or self.hub.now()
        note = Draft(title, body, self.hub.user(by), at, self._next("DI"))
        card = Card(note, at, self._next("PVTI"), dict(values))
        self.cards.append(card)
        return card

    def move(self, card: Card, *, after: Card | None = None) -> None:
        """Put the card behind another, or at the top. Nothing but the order changes: not even `updated`."""
        self.cards.remove(card)
        self.cards.insert(self.cards.index(after) + 1 if after else 0, card)

    def put(self, card: Card, column: str, value: Any, *, by: str = "robin", at: datetime | None = None) -> None:
        """Set a column. A change of the status column stands in the issue's timeline; its `updated` stays."""
        before, card.values[column] = card.values.get(column), value
        card.updated = at or self.hub.now()
        if column == "Status" and isinstance(card.content, Issue):
            stays = card.content.updated
            told = {"previousStatus": before or "", "status": value or "", "project": self, "wasAutomated": False}
            card.content.happen("ProjectV2ItemStatusChangedEvent", by, card.updated, **told)
            card.content.updated = stays
