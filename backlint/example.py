"""Small backlogs, written in a line or two: a rule's examples are its first tests and stand in its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from backlint.model import Backlog, Event, Happening, Item, Kind, Person, Sprint, Theme

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PERSON = Person(id="example:robin", name="Robin")


def ago(days: float) -> datetime:
    """So many days before the moment at which every example is looked at."""
    return NOW - timedelta(days=days)


def happened(what: Happening, days_ago: float, **fields: Any) -> Event:
    """Something that Robin did so many days ago."""
    told: dict[str, Any] = {"at": ago(days_ago), "what": what, "actor": PERSON}
    return Event(**told | fields)


def item(number: int = 1, **fields: Any) -> Item:
    """A story at rank `number`; every field may be named, what is not named stays unsaid."""
    told: dict[str, Any] = {
        "id": f"example:{number}",
        "key": f"SHOP-{number}",
        "url": f"https://tracker.example/SHOP-{number}",
        "title": f"Item {number}",
        "project": "SHOP",
        "kind": Kind.STORY,
        "rank": number,
        "created": ago(30),
        "updated": ago(1),
    }
    return Item(**told | fields)


@dataclass(frozen=True)
class Example:
    """A backlog that a rule flags, passes, or cannot decide. `note` is for the reader of the rule's page."""

    items: tuple[Item, ...]
    sprints: tuple[Sprint, ...] = ()
    themes: tuple[Theme, ...] = ()
    velocity: float | None = None
    note: str = ""

    def backlog(self) -> Backlog:
        """The backlog, looked at at the moment of all examples."""
        return Backlog(
            self.items,
            now=NOW,
            name="example",
            sprints=self.sprints,
            themes=self.themes,
            velocity=self.velocity,
        )


def example(
    *items: Item | str,
    sprints: Iterable[Sprint] = (),
    themes: Iterable[Theme] = (),
    velocity: float | None = None,
    note: str = "",
    **fields: Any,
) -> Example:
    """Make an example of items, of bodies (each a story with that text), or of one item's fields.

    `fields` are given to every item that is written as a body, or to the one item if none is written.
    """
    written = items or (item(1, **fields),)
    made = (one if isinstance(one, Item) else item(n, body=one, **fields) for n, one in enumerate(written, 1))
    return Example(tuple(made), tuple(sprints), tuple(themes), velocity, note)
