"""Which items break an order: the fewest that must move so that no item stands above one that is clearly before it.

Two items are out of order only when their levels differ by more than the `slack`: equal ones never are, and with a
slack of one neighbouring ones are not either. What stays is the longest run without such a pair. It is found in one
pass over the items: whether an item may stay depends only on the worst level that stays above it.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of the stay from `start` on during which `worst` is the worst level above."""

    worst: int
    start: int
    before: "Stretch | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inversion:
    """One item that must move, by its index, and where to.

    Attributes:
        index: The item that must move.
        beside: The item it moves to: directly above it when `is_up`, else directly below it.
        is_up: Whether it moves towards the top.
        passes: How many of the items that stay it is on the wrong side of.
    """

    index: int
    beside: int
    is_up: bool
    passes: int


def stays(levels: Sequence[int], slack: int = 0) -> list[int]:
    """The indices of a largest part that is in order as it stands, best level (the lowest number) first.

    O(n · L) for L different levels, and L is small: priorities have five.
    """
    ranks = sorted(set(levels))
    place = {level: at for at, level in enumerate(ranks)}
    kept = [0] * len(ranks)  # the most that can stay, by the place of the worst level among them
    how: list[Stretch | None] = [None] * len(ranks)
    for index, level in enumerate(levels):
        own = place[level]
        for worse in range(own + 1, len(ranks)):
            if ranks[worse] > level + slack:
                break
            kept[worse] += how[worse] is not None
        most = max(kept[: own + 1])
        if how[own] is None or most > kept[own]:
            before = how[_last(kept, most, own)] if most else None
            how[own] = Stretch(level, index, before)
        kept[own] = most + 1
    return _trace(levels, slack, how[_last(kept, max(kept), len(kept) - 1)] if levels else None)


def _last(kept: Sequence[int], most: int, end: int) -> int:
    """Of runs of the same length, the one that reaches furthest down: then what is worth more goes up."""
    return next(at for at in range(end, -1, -1) if kept[at] == most)


def _trace(levels: Sequence[int], slack: int, last: Stretch | None) -> list[int]:
    found: list[int] = []
    end = len(levels)
    while last:
        within = range(last.start, end)
        found.extend(at for at in reversed(within) if last.worst - slack <= levels[at] <= last.worst)
        end, last = last.start, last.before
    return found[::-1]


def inversions(levels: Sequence[int], slack: int = 0) -> list[Inversion]:
    """The fewest items that must move, in their order, each with the place nearest to its own that is right."""
    kept = stays(levels, slack)
    worst_so_far = list(accumulate((levels[at] for at in kept), max))
    best_from_here = list(accumulate((levels[at] for at in reversed(kept)), min))[::-1]
    by_level: dict[int, list[int]] = defaultdict(list)
    for at in kept:
        by_level[levels[at]].append(at)
    found: list[Inversion] = []
    for index in sorted(set(range(len(levels))).difference(kept)):
        level = levels[index]
        worse_above = sum(bisect_left(places, index) for at, places in by_level.items() if at > level + slack)
        better_below = sum(
            len(places) - bisect_left(places, index) for at, places in by_level.items() if at < level - slack
        )
        if worse_above:
            beside = kept[bisect_left(worst_so_far, level + slack + 1)]
        else:
            beside = kept[bisect_left(best_from_here, level - slack) - 1]
        found.append(Inversion(index=index, beside=beside, is_up=worse_above > 0, passes=worse_above or better_below))
    return found
