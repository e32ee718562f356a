"""Which of many texts are worth comparing: those whose titles have their rarest words in common.

In record linkage this is called blocking. Each of two titles may have two rare words that the other one lacks, and they
still meet. Where a title's words are few, or those of many ("Nightly build failed"), the body is looked up, too.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from backlint.text.bags import Bags

RAREST = 5
"""So many words of a title are looked up, the rarest of those that another title has."""

ENOUGH = 3
"""So many pairs of them must be in common, which is three words; one pair, where one of the titles has no more."""

RAREST_OF_BODY = 2
"""So many words of a body, chosen likewise, must be the same."""

CROWDED = 10
"""So many texts are listed under the same two words; a title without enough lists that have room needs its body."""

_PAIRED = 1 << 32


class Block(NamedTuple):
    """A text by its place, and those before it that are worth comparing with it."""

    at: int
    others: Sequence[int]


def blocks(titles: Bags, bodies: Bags) -> Iterator[Block]:
    """Each text that is worth comparing with any before it."""
    by_title: dict[int, tuple[int, ...]] = {}
    by_body: dict[int, tuple[int, ...]] = {}
    rarest, rarest_of_body = _chooser(titles, RAREST), _chooser(bodies, RAREST_OF_BODY)
    enough: list[int] = []
    for at, (title, body) in enumerate(zip(titles.rows, bodies.rows, strict=True)):
        listed = _listed(by_title, _pairs(rarest(title)), at)
        least = ENOUGH if len(listed) > ENOUGH else 1
        enough.append(least)
        hits: Mapping[int, int] = Counter(chain.from_iterable(listed)) if any(listed) else {}
        others = [other for other, shared in hits.items() if shared >= least or shared >= enough[other]]
        if sum([len(places) < CROWDED for places in listed]) < ENOUGH:
            listed = _listed(by_body, _pairs(rarest_of_body(body)), at)
            others = list({*others, *chain.from_iterable(listed)})
        if others:
            yield Block(at, others)


def _listed(lists: dict[int, tuple[int, ...]], keys: Iterable[int], at: int) -> Sequence[tuple[int, ...]]:
    """Who is listed under each of some keys; a text is put there after them while there is room."""
    found: list[tuple[int, ...]] = []
    for key in keys:
        places = lists.get(key, ())
        found.append(places)
        if len(places) < CROWDED:
            lists[key] = (*places, at)
    return found


def _pairs(words: Sequence[int]) -> Iterable[int]:
    """Each pair of some words as one number, which takes less room than two; a single word as itself."""
    if len(words) == 1:
        return words
    return [(one + 1) * _PAIRED + other for one, other in combinations(words, 2)]


def _chooser(bags: Bags, most: int) -> Callable[[Iterable[int]], Sequence[int]]:
    """What chooses a row's rarest words that another row has, too; of equally rare ones always the same."""
    ranked = sorted(map(bags.numbers.__getitem__, sorted(bags.numbers)), key=bags.spread.__getitem__)
    ranks = array("i", bytes(4 * len(ranked)))
    for rank, number in enumerate(ranked):
        ranks[number] = rank
    first = bags.spread.count(1)

    def rarest(row: Iterable[int]) -> Sequence[int]:
        found = sorted(map(ranks.__getitem__, row))
        start = bisect_left(found, first)
        return found[start : start + most]

    return rarest
