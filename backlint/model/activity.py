"""Human activity: the last time that a person did something about an item.

Bots, our own notes, bulk edits, rank-only changes and workflow migrations are no activity: a tracker's `updated`
counts all of them, which is why tools that trust it never see anything grow stale.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from backlint.model.item import Event, Item
from backlint.model.words import Happening

BULK_ITEMS = 10
"""So many items changed by one actor within one window are a bulk edit: nobody refines ten items in a minute."""

BULK_WINDOW = timedelta(minutes=1)

_NOT_REFINEMENT = {Happening.RANKED}
_MIGRATIONS = {"workflow", "project", "key"}

BulkEdits = frozenset[tuple[str, int]]
"""(actor id, window number) of every bulk edit."""


def _window(event: Event) -> tuple[str, int]:
    actor = event.actor.id if event.actor else ""
    return actor, int(event.at.timestamp() // BULK_WINDOW.total_seconds())


def bulk_edits(items: Iterable[Item]) -> BulkEdits:
    """Find the moments at which one actor changed many items at once. A comment or a creation is never bulk."""
    touched: dict[tuple[str, int], set[str]] = defaultdict(set)
    for item in items:
        for event in item.events or ():
            if event.what not in {Happening.COMMENTED, Happening.CREATED}:
                touched[_window(event)].add(item.id)
    return frozenset(window for window, ids in touched.items() if len(ids) >= BULK_ITEMS)


def is_human(event: Event, bulk: BulkEdits = frozenset()) -> bool:
    """Whether a person did this about this one item."""
    if event.is_ours or (event.actor and event.actor.is_bot) or event.what in _NOT_REFINEMENT:
        return False
    if event.field and event.field.casefold() in _MIGRATIONS:
        return False
    is_single = event.what in {Happening.COMMENTED, Happening.CREATED}
    return is_single or _window(event) not in bulk


def human_events(item: Item, bulk: BulkEdits = frozenset()) -> Iterator[Event]:
    """What people did about the item, oldest first."""
    return (event for event in item.events or () if is_human(event, bulk))


def last_human_activity(item: Item, bulk: BulkEdits = frozenset()) -> datetime | None:
    """The last time a person did something about the item; `None` where its history was not read."""
    if item.events is None:
        return None
    return max((event.at for event in human_events(item, bulk)), default=item.created)
