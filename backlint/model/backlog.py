"""The whole ordered backlog at one moment: what rules see, and all that they see."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property, lru_cache

from backlint.model.activity import Activity, bulk_edits
from backlint.model.bands import BandWidths, cut
from backlint.model.item import Item, Sprint, Theme
from backlint.model.people import People
from backlint.model.words import Band, LinkKind
from backlint.text import Text, read

READINGS_KEPT = 1024


class Backlog:
    """Items in their order, indexed, with the moment of the look: time is `now`, and never the clock.

    `velocity` is what the team finishes in a sprint, in the unit of its estimates; `None` where that is unknown.
    """

    def __init__(
        self,
        items: Iterable[Item],
        *,
        now: datetime,
        name: str = "",
        sprints: Iterable[Sprint] = (),
        themes: Iterable[Theme] = (),
        velocity: float | None = None,
        widths: BandWidths | None = None,
        people: People | None = None,
    ) -> None:
        self.now = now
        self.name = name
        self.items = tuple(sorted(items, key=_by_rank))
        self.sprints: Mapping[str, Sprint] = {sprint.id: sprint for sprint in sprints}
        self.themes: Mapping[str, Theme] = {theme.id: theme for theme in themes}
        self.velocity = velocity
        self.widths = widths or BandWidths()
        self.people = people or People()
        self._read = lru_cache(maxsize=READINGS_KEPT)(read)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """Every item by its id."""
        return {item.id: item for item in self.items}

    @cached_property
    def open(self) -> tuple[Item, ...]:
        """What still has to be done, in the backlog's order; items without a rank last."""
        return tuple(item for item in self.items if item.is_open)

    @cached_property
    def ranked(self) -> tuple[Item, ...]:
        """The waiting items that the tracker puts in order: what planning draws from."""
        return tuple(item for item in self.open if item.rank is not None and item.stage.is_waiting)

    @cached_property
    def _bands(self) -> Mapping[str, Band]:
        plannable = [item for item in self.ranked if not item.kind.contains_items]
        return cut(plannable, self.widths, self.velocity)

    def band(self, item: Item) -> Band | None:
        """How near the item is to being planned; `None` where the tracker gives it no place.

        What is being worked on is `next` by definition; an epic is as near as the nearest of its children.
        """
        if not item.stage.is_waiting:
            return Band.NEXT if item.is_open else None
        if item.kind.contains_items:
            nearest = [self._bands[child.id] for child in self.children(item) if child.id in self._bands]
            return min(nearest, key=lambda band: band.depth, default=None)
        return self._bands.get(item.id)

    def through(self, last: Band) -> Iterator[Item]:
        """The waiting items down to the end of a band, in order."""
        for item in self.ranked:
            band = self.band(item)
            if band is not None and band.depth <= last.depth:
                yield item

    def text(self, item: Item) -> Text:
        """What the item's body says, read once."""
        return self._read(item.body or "")

    @cached_property
    def _children(self) -> Mapping[str, tuple[Item, ...]]:
        below: dict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            if isinstance(item.parent, str):
                below[item.parent].append(item)
        return {parent: tuple(children) for parent, children in below.items()}

    def children(self, item: Item) -> tuple[Item, ...]:
        """The items that this one contains directly."""
        return self._children.get(item.id, ())

    @cached_property
    def _blockers(self) -> Mapping[str, tuple[Item, ...]]:
        edges: dict[str, dict[str, Item]] = defaultdict(dict)
        for item in self.items:
            for link in item.links or ():
                other = self.by_id.get(link.target)
                if other is None:
                    continue
                if link.kind is LinkKind.BLOCKED_BY:
                    edges[item.id][other.id] = other
                elif link.kind is LinkKind.BLOCKS:
                    edges[other.id][item.id] = item
        return {blocked: tuple(blockers.values()) for blocked, blockers in edges.items()}

    def blockers(self, item: Item) -> tuple[Item, ...]:
        """The items of this backlog that this one waits for, whichever end holds the link."""
        return self._blockers.get(item.id, ())

    @cached_property
    def activity(self) -> Activity:
        """What people did, told from all that merely happened."""
        return Activity(self.people, bulk_edits(self.items))

    def last_human_activity(self, item: Item) -> datetime | None:
        """The last time a person did something about the item; `None` where its history was not read."""
        return self.activity.last(item)

    def quiet_for(self, item: Item) -> timedelta | None:
        """How long nobody did anything about the item; never negative, whatever the tracker's clock says."""
        last = self.last_human_activity(item)
        return None if last is None else max(self.now - last, timedelta())


def _by_rank(item: Item) -> tuple[bool, int, datetime, str]:
    return item.rank is None, item.rank or 0, item.created, item.id
