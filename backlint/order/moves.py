"""The fewest moves that put an order right when some items wait for others.

Right means: what is worth more stands above what is worth less, and what an item waits for stands above it. What a
valuable item waits for is worth as much as that item. So items fall into levels; between levels their order is given,
and within a level only by what waits for what. As many items as possible stay where they are: the longest run that goes
from level to level downwards, less what must move because it stands above what it waits for.

The run is found in one pass, as a longest non-decreasing subsequence is: the best that ends in a level so far. A level
in which pairs stand the wrong way round needs more: how many of them move depends on where in the list the run came to
the level, so the best is kept for each stretch between two such items from which it may have come.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import pairwise

from backlint.order.conflicts import Matching, Pairs, conflicts, groups
from backlint.order.dependencies import tangles
from backlint.order.inversions import stays

NEVER = -(10**9)


@dataclass(frozen=True, slots=True)
class Run:
    """A run that came to a level with the item at `start`, and the run before it."""

    level: int
    start: int
    before: "Run | None"


@dataclass(slots=True)
class Level:
    """The best runs that end in one level: one for each stretch from which they came, and what holds for all of them.

    A run that came from stretch `g` holds the pairs' items of this level from the `g`-th on.
    """

    kept: int = 0
    lengths: list[int] = field(default_factory=lambda: [NEVER])
    runs: list[Run | None] = field(default_factory=lambda: [None])
    best: int = 0

    def come(self, length: int, run: Run) -> None:
        """Take up a run at the present item, if it is the longest that came from this stretch."""
        if length - self.kept > self.lengths[-1]:
            self.lengths[-1], self.runs[-1] = length - self.kept, run
            if self.lengths[-1] > self.lengths[self.best]:
                self.best = len(self.lengths) - 1

    def lose(self, first: int, last: int) -> None:
        """Of the runs that came from these stretches, one more item has to move."""
        self.lengths[first : last + 1] = [length - 1 for length in self.lengths[first : last + 1]]

    def open_stretch(self) -> None:
        """Runs that come from here on hold none of the pairs' items so far."""
        self.lengths.append(NEVER)
        self.runs.append(None)
        self.best = self.lengths.index(max(self.lengths))

    @property
    def length(self) -> int:
        """How many items the best run keeps."""
        return self.lengths[self.best] + self.kept

    @property
    def run(self) -> Run | None:
        """The best run."""
        return self.runs[self.best]


class Longest:
    """The longest run up to each level: a Fenwick tree of maxima."""

    def __init__(self, levels: int) -> None:
        self.tree: list[tuple[int, Run | None]] = [(0, None)] * (levels + 1)

    def put(self, level: int, length: int, run: Run | None) -> None:
        """A run that ends in the level; lengths only grow."""
        at = level + 1
        while at < len(self.tree):
            if length > self.tree[at][0]:
                self.tree[at] = (length, run)
            at += at & -at

    def before(self, level: int) -> tuple[int, Run | None]:
        """The longest run that ends above the level."""
        at, longest = level, self.tree[0]
        while at:
            if self.tree[at][0] > longest[0]:
                longest = self.tree[at]
            at -= at & -at
        return longest


def staying(levels: Sequence[int], waits_for: Mapping[int, Sequence[int]], slack: int = 0) -> list[int]:
    """The indices of a largest set that need not move.

    With a slack, levels that differ by no more than it need no order; the set is then the largest where nothing waits,
    and else may be short by some of what stands above what it waits for.

    Args:
        levels: For each item of the order, what it is worth; the lowest number is the best, as in a rank.
        waits_for: For an item, those that must stand above it. What waits for each other in a ring is left out.
        slack: How far two levels may differ without an order between them.
    """
    waiting = without_rings(waits_for)
    if slack:
        return _roughly(levels, waiting, slack)
    return _exactly(levels, waiting)


def _exactly(levels: Sequence[int], waiting: Mapping[int, Sequence[int]]) -> list[int]:
    level = _compressed(effective_levels(levels, waiting))
    pairs = conflicts(level, waiting)
    together, moving = groups(pairs)
    group_of = {item: group for group in together for item in group}
    longest = Longest(max(level, default=0) + 1)
    states: dict[int, Level] = defaultdict(Level)
    ordinal: dict[int, int] = {}
    for item, own in enumerate(level):
        if item in moving:
            continue
        state = states[own]
        length, run = longest.before(own)
        state.come(length, Run(own, item, run))
        state.kept += 1
        if item in group_of:
            ordinal[item] = len(state.lengths) - 1
            _lose_pairs(state, item, group_of[item], ordinal, pairs)
            state.open_stretch()
        longest.put(own, state.length, state.run)
    _, last = longest.before(max(level, default=0) + 1)
    return _trace(level, last, pairs, group_of, moving)


def _roughly(levels: Sequence[int], waiting: Mapping[int, Sequence[int]], slack: int) -> list[int]:
    """The best of three ways: first by level and then by what waits for what, the other way round, or without slack."""
    worth = effective_levels(levels, waiting)
    pairs = conflicts([0] * len(levels), waiting)
    if not pairs:
        return stays(worth, slack)
    by_waiting_first = _in_order(_without(range(len(levels)), pairs), worth, slack)
    by_level_first: list[int] = []
    inside = list(range(len(levels)))
    while len(by_level_first) < len(run := _in_order(inside, worth, slack)):
        by_level_first = _without(run, pairs)
        moving = set(run).difference(by_level_first)
        inside = [item for item in inside if item not in moving]
    return max(by_level_first, by_waiting_first, _exactly(levels, waiting), key=len)


def _in_order(items: Sequence[int], worth: Sequence[int], slack: int) -> list[int]:
    return [items[at] for at in stays([worth[item] for item in items], slack)]


def _without(items: Sequence[int], pairs: Pairs) -> list[int]:
    """The most of these items among which none stands above what it waits for."""
    inside = set(items)
    together, moving = groups({item: inside.intersection(below) for item, below in pairs.items() if item in inside})
    for group in together:
        moving |= set(group) - _largest(group, pairs)
    return [item for item in items if item not in moving]


def _largest(group: Sequence[int], pairs: Pairs) -> set[int]:
    matching = Matching(pairs)
    for member in reversed(group):
        matching.add(member)
    return matching.staying()


def _lose_pairs(state: Level, item: int, group: Sequence[int], ordinal: Mapping[int, int], pairs: Pairs) -> None:
    """Take one off the runs in which this item makes one more item of its group move."""
    members = [member for member in group if member <= item]
    now, before = Matching(pairs), Matching(pairs)
    lost_now = lost_before = 0
    for at in range(len(members) - 1, -1, -1):
        lost_now += now.add(members[at])
        if members[at] != item:
            lost_before += before.add(members[at])
        if lost_now > lost_before:
            state.lose(ordinal[members[at - 1]] + 1 if at else 0, ordinal[members[at]])


def _trace(
    level: Sequence[int], run: Run | None, pairs: Pairs, group_of: Mapping[int, Sequence[int]], moving: set[int]
) -> list[int]:
    found: list[int] = []
    end = len(level)
    while run:
        held = [item for item in range(run.start, end) if level[item] == run.level and item not in moving]
        found.extend(item for item in held if item not in group_of)
        inside = set(held)
        for group in {group_of[item][0]: group_of[item] for item in held if item in group_of}.values():
            found.extend(_largest([member for member in group if member in inside], pairs))
        end, run = run.start, run.before
    return sorted(found)


def right_order(levels: Sequence[int], waits_for: Mapping[int, Sequence[int]], kept: Sequence[int]) -> list[int]:
    """The whole order put right, by indices: what is kept stays as it is to each other, the rest near its old place."""
    waiting = without_rings(waits_for)
    level = effective_levels(levels, waiting)
    follows: dict[int, list[int]] = defaultdict(list)
    open_ends = [0] * len(levels)
    in_order = [*((above, item) for item, others in waiting.items() for above in others)]
    in_order += pairwise(kept)
    for above, item in in_order:
        follows[above].append(item)
        open_ends[item] += 1
    free = [(level[item], item) for item in range(len(levels)) if not open_ends[item]]
    heapify(free)
    found: list[int] = []
    while free:
        _, item = heappop(free)
        found.append(item)
        for other in follows[item]:
            open_ends[other] -= 1
            if not open_ends[other]:
                heappush(free, (level[other], other))
    return found


def without_rings(waits_for: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """The waiting that can be satisfied: nothing can stand above itself."""
    ring = {item: number for number, group in enumerate(tangles(waits_for)) for item in group}
    return {
        item: [other for other in others if other != item and (item not in ring or ring.get(other) != ring[item])]
        for item, others in waits_for.items()
    }


def effective_levels(levels: Sequence[int], waits_for: Mapping[int, Sequence[int]]) -> list[int]:
    """What each item is worth with what waits for it: never less than that."""
    effective = list(levels)
    todo = sorted(waits_for, key=lambda item: levels[item])
    for item in todo:
        reached = [item]
        while reached:
            for other in waits_for.get(at := reached.pop(), ()):
                if effective[other] > effective[at]:
                    effective[other] = effective[at]
                    reached.append(other)
    return effective


def _compressed(levels: Sequence[int]) -> list[int]:
    place = {level: at for at, level in enumerate(sorted(set(levels)))}
    return [place[level] for level in levels]
