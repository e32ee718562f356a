"""Texts as bags of words: which words a text has, as numbers, and how many texts have each of them."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, count


class Bags:
    """Of each text the numbers of its words, each once; equal words have equal numbers."""

    def __init__(self) -> None:
        self.numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self.rows: list[array[int]] = []

    def add(self, words: Iterable[str]) -> None:
        """One more text."""
        self.rows.append(array("i", set(map(self.numbers.__getitem__, words))))

    @cached_property
    def spread(self) -> Sequence[int]:
        """How many texts have the word of each number, once all texts are added."""
        return spread(self.rows, len(self.numbers))


def spread(rows: Iterable[Iterable[int]], numbers: int) -> Sequence[int]:
    """In how many rows each number stands."""
    counted = Counter(chain.from_iterable(rows))
    return list(map(counted.__getitem__, range(numbers)))
