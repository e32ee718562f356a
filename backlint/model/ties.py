"""What contains what in a backlog, and what waits for what."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from backlint.model.item import Item
from backlint.model.words import LinkKind

DEPENDENCIES = frozenset({LinkKind.BLOCKS, LinkKind.BLOCKED_BY})


class Ties:
    """The ties between items of one backlog, each kind by the id of the item that is asked about.

    The items are given by id, in the backlog's order. Nothing is worked out before it is asked for.
    """

    def __init__(self, by_id: Mapping[str, Item]) -> None:
        self._by_id = by_id

    @cached_property
    def children(self) -> Mapping[str, tuple[Item, ...]]:
        """What each item contains directly."""
        below: dict[str, list[Item]] = defaultdict(list)
        for item in self._by_id.values():
            if isinstance(item.parent, str):
                below[item.parent].append(item)
        return {parent: tuple(children) for parent, children in below.items()}

    def parent(self, item: Item) -> Item | None:
        """What contains the item."""
        return self._by_id.get(item.parent) if isinstance(item.parent, str) else None

    def ancestors(self, item: Item) -> tuple[Item, ...]:
        """What contains the item, the nearest first; each once, even where a tracker holds a ring."""
        above: dict[str, Item] = {}
        at = self.parent(item)
        while at and at.id != item.id and at.id not in above:
            above[at.id] = at
            at = self.parent(at)
        return tuple(above.values())

    @cached_property
    def blockers(self) -> Mapping[str, tuple[Item, ...]]:
        """What each item waits for, whichever end holds the link."""
        edges: dict[str, dict[str, Item]] = defaultdict(dict)
        for item in self._by_id.values():
            for link in item.links or ():
                other = self._by_id.get(link.target)
                if other is None or link.kind not in DEPENDENCIES or self._are_kin(item, other):
                    continue
                blocked, blocker = (item, other) if link.kind is LinkKind.BLOCKED_BY else (other, item)
                edges[blocked.id][blocker.id] = blocker
        return {blocked: tuple(blockers.values()) for blocked, blockers in edges.items()}

    @cached_property
    def blocks(self) -> Mapping[str, tuple[Item, ...]]:
        """What waits for each item."""
        waiting: dict[str, list[Item]] = defaultdict(list)
        for blocked, blockers in self.blockers.items():
            for blocker in blockers:
                waiting[blocker.id].append(self._by_id[blocked])
        return {blocker: tuple(items) for blocker, items in waiting.items()}

    def _are_kin(self, one: Item, other: Item) -> bool:
        return one.id == other.id or other in self.ancestors(one) or one in self.ancestors(other)
