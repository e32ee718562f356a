"""How far two orders agree: Kendall's tau."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from math import sqrt

Pair = tuple[float, float]


def kendall_tau(pairs: Iterable[Pair]) -> float | None:
    """Kendall's tau-b of two rankings of the same things: 1 the same order, -1 the reverse, 0 nothing in common.

    Ties count for neither side. `None` where one side says nothing: fewer than two things, or all tied. The
    discordant pairs are the exchanges of a merge sort (Knight, 1966), so it takes O(n log n).
    """
    ordered = sorted(pairs)
    total = _pairs(len(ordered))
    tied_first = _tied(first for first, _ in ordered)
    tied_second = _tied(second for _, second in ordered)
    if not (total - tied_first) * (total - tied_second):
        return None
    discordant = _exchanges([second for _, second in ordered])
    concordant = total - tied_first - tied_second + _tied(ordered) - discordant
    return (concordant - discordant) / sqrt((total - tied_first) * (total - tied_second))


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _tied(values: Iterable[Hashable]) -> int:
    return sum(_pairs(count) for count in Counter(values).values())


def _exchanges(values: Sequence[float]) -> int:
    """How many pairs stand in falling order: the exchanges of a merge sort."""
    _, count = _merge_sort(values)
    return count


def _merge_sort(values: Sequence[float]) -> tuple[Sequence[float], int]:
    if len(values) < 2:  # noqa: PLR2004
        return values, 0
    middle = len(values) // 2
    left, in_left = _merge_sort(values[:middle])
    right, in_right = _merge_sort(values[middle:])
    across = at = 0
    for value in right:
        at = bisect_right(left, value, at)
        across += len(left) - at
    return sorted([*left, *right]), in_left + in_right + across
