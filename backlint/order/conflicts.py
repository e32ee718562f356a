"""Pairs that stand the wrong way round although neither is worth more: an item above what it waits for.

They form small groups. Of each group, as many as possible stay: a largest set without such a pair, which by Dilworth's
theorem is what a largest matching of the pairs leaves over.
"""

from collections.abc import Collection, Mapping, Sequence

LARGEST = 60
"""A group of more pairs than this is cut down by moving what stands in most of them: near the fewest, and quick."""

Pairs = Mapping[int, Collection[int]]
"""For an index, those further down that must stand above it. It is transitive."""


def conflicts(levels: Sequence[int], waits_for: Mapping[int, Sequence[int]]) -> dict[int, set[int]]:
    """For each item, what it waits for, directly or not, that is of the same level and stands below it."""
    found: dict[int, set[int]] = {}
    for item in waits_for:
        seen: set[int] = set()
        todo = [item]
        while todo:
            for other in waits_for.get(todo.pop(), ()):
                if other not in seen and levels[other] == levels[item]:
                    seen.add(other)
                    todo.append(other)
        below = {other for other in seen if other > item}
        if below:
            found[item] = below
    return found


def groups(pairs: Pairs) -> tuple[list[list[int]], set[int]]:
    """The items that stand in pairs, group by group, each in order; and those that move whatever else does."""
    joined: dict[int, set[int]] = {}
    for item, others in pairs.items():
        for other in others:
            joined.setdefault(item, set()).add(other)
            joined.setdefault(other, set()).add(item)
    out: set[int] = set()
    todo = _connected(joined, joined)
    small: list[list[int]] = []
    while todo:
        group = todo.pop()
        if len(group) <= LARGEST:
            small.append(sorted(group))
            continue
        worst = max(group, key=lambda item: (len(joined[item] & group), -item))
        out.add(worst)
        todo.extend(_connected(group - {worst}, {item: joined[item] - out for item in group}))
    return [group for group in small if len(group) > 1], out


def _connected(items: Collection[int], joined: Mapping[int, Collection[int]]) -> list[set[int]]:
    found: list[set[int]] = []
    seen: set[int] = set()
    for start in items:
        if start in seen:
            continue
        group = {start}
        todo = [start]
        while todo:
            for other in joined[todo.pop()]:
                if other not in group:
                    group.add(other)
                    todo.append(other)
        seen |= group
        found.append(group)
    return found


class Matching:
    """A largest matching of the pairs among some items, grown from the lowest item upwards."""

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs
        self.above: dict[int, int] = {}
        """For an item, the one above it that it is matched with."""
        self.items: set[int] = set()

    def add(self, item: int) -> bool:
        """Take in an item that stands above all that were taken in before; whether one more has to move."""
        self.items.add(item)
        return self._match(item, set())

    def _match(self, item: int, tried: set[int]) -> bool:
        for other in self.pairs.get(item, ()):
            if other in self.items and other not in tried:
                tried.add(other)
                if other not in self.above or self._match(self.above[other], tried):
                    self.above[other] = item
                    return True
        return False

    def staying(self) -> set[int]:
        """A largest set of the items without a pair among them (after König)."""
        reached = self.items - set(self.above.values())
        over: set[int] = set()
        todo = list(reached)
        while todo:
            for other in self.pairs.get(todo.pop(), ()):
                if other in self.items and other not in over:
                    over.add(other)
                    if self.above[other] not in reached:
                        reached.add(self.above[other])
                        todo.append(self.above[other])
        return reached - over
