"""Texts that say the same: TF-IDF over character 4-grams of titles and words of bodies, compared through an index.

Embeddings were measured against this on three trackers: two hundred times the time, and no better. It is far from
quadratic: two texts can only be that similar if they share some of their rarest features (the prefix filter of Bayardo
et al., WWW 2007), of which the shorter one shows fewer (Xiao et al., WWW 2008), so only those are looked up. Nothing
is lost by that, but by what is so common that it is looked up only together with its neighbour.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, count, pairwise
from math import log, sqrt
from typing import NamedTuple

from backlint.text.lexicon import fold
from backlint.text.series import are_a_series

GRAM = 4
TITLE_WEIGHT = 1.7
"""A title's words were chosen with more care."""

BODY_WORDS = 60
"""A body's first words tell what it is about; logs and templates come after."""

SHORTEST_WORD = 4
CROWDED = 50
"""A feature that more texts have tells no two of them apart; looking it up would cost most and find least."""

FEW = 3
"""With fewer features that are not crowded, a text is looked up by what its crowded ones stand next to as well."""

FINE = 1 << 16
"""Squares of weights are counted in such parts of one: whole numbers add up to the same in any order."""

ROUNDING = 1 - 1e-9


class Pair(NamedTuple):
    """Two texts by their places, the first one first, and their cosine."""

    first: int
    second: int
    cosine: float


class _Text(NamedTuple):
    """A text's features that others have too, numbered from the rarest of all to the commonest, and what they weigh.

    A feature weighs the same in each text, so a text's mass, the square of its length, is the sum of its features'
    squared weights, and the product of two texts is the mass of what they share.
    """

    features: "array[int]"
    mass: int
    kept: int
    """As many of the rarest must be kept, for whoever is as long or longer to find it by."""
    sought: int
    """As many of the rarest must be sought among what is kept of texts as short or shorter."""
    rest: int
    """The mass of all but those that are sought."""
    is_short: bool
    """Whether one feature in common can be all that it shows; of any other, it takes two."""


class _Space(NamedTuple):
    texts: list[_Text]
    squares: list[int]
    """Each feature's weight, squared."""
    crowded: int
    """From this one on, features are crowded."""

    def mass(self, features: Iterable[int]) -> int:
        return sum(map(self.squares.__getitem__, features))

    def keys(self, text: _Text, rarest: int, *, is_crowded: bool) -> list[int]:
        """What a text is looked up by: its rarest features, and of the crowded ones each with the next, if need be."""
        features = text.features
        end = bisect_left(features, self.crowded, 0, rarest)
        keys = features[:end].tolist()
        if is_crowded:
            keys += [one * len(self.squares) + two for one, two in pairwise(features[end : rarest + 1])]
        return keys

    def is_crowded(self, text: _Text) -> bool:
        end = min(FEW, text.kept)
        return end > 0 and text.features[end - 1] >= self.crowded


def similar(texts: Sequence[tuple[str, str]], threshold: float) -> Iterator[Pair]:
    """Every pair of titles and bodies at least that similar that is no series; found once, in no special order."""
    for pair in alike(texts, threshold):
        if not are_a_series(texts[pair.first][0], texts[pair.second][0]):
            yield pair


def alike(texts: Sequence[tuple[str, str]], threshold: float) -> Iterator[Pair]:
    """Every pair at least that similar, series among them."""
    threshold *= ROUNDING
    space = _space(texts, threshold)
    index: dict[int, list[int]] = {}
    # Shortest first; where either of two is alone with what it is looked up by, one hit is enough.
    masses = [text.mass for text in space.texts]
    alone = [text.is_short or space.is_crowded(text) for text in space.texts]
    for at in sorted(range(len(texts)), key=masses.__getitem__):
        text, is_alone = space.texts[at], alone[at]
        is_crowded = space.is_crowded(text)
        keys = space.keys(text, text.sought, is_crowded=is_crowded)
        hits = Counter(chain.from_iterable([index[key] for key in keys if key in index]))
        if hits:
            least = masses[at] * threshold * threshold
            found = [
                other
                for other, shared in hits.items()
                if masses[other] >= least and (shared > 1 or is_alone or alone[other])
            ]
            yield from _compared(space, at, found, threshold)
        for key in space.keys(text, text.kept, is_crowded=is_crowded):
            kept = index.setdefault(key, [])
            if len(kept) < CROWDED:
                kept.append(at)


def _compared(space: _Space, at: int, others: Sequence[int], threshold: float) -> Iterator[Pair]:
    """Those of some texts, none of them longer, that a text is alike to."""
    features, mass, *_ = space.texts[at]
    length = sqrt(mass)
    shared_with = set(features).intersection
    for place in others:
        other = space.texts[place]
        enough = threshold * length * sqrt(other.mass)
        if space.mass(shared_with(other.features[: other.sought])) + other.rest >= enough:
            shared = space.mass(shared_with(other.features))
            if shared >= enough:
                cosine = min(shared / (length * sqrt(other.mass)), 1.0)
                yield Pair(min(at, place), max(at, place), cosine)


def _space(texts: Sequence[tuple[str, str]], threshold: float) -> _Space:
    number = count().__next__
    grams: defaultdict[str, int] = defaultdict(number)
    words: defaultdict[str, int] = defaultdict(number)
    found = [_features(title, body, grams, words) for title, body in texts]
    spread = Counter(chain.from_iterable(found))
    rarest_first = sorted(spread, key=lambda feature: (spread[feature], feature))
    of_bodies = set(words.values())
    del grams, words
    place = [0] * len(rarest_first)
    for at, feature in enumerate(rarest_first):
        place[feature] = at
    squares = [
        round(FINE * ((1.0 if feature in of_bodies else TITLE_WEIGHT) * log(1 + len(texts) / spread[feature])) ** 2)
        for feature in rarest_first
    ]
    shared = sum(1 for times in spread.values() if times == 1)
    crowded = sum(1 for times in spread.values() if times <= CROWDED)
    found.reverse()
    made: list[_Text] = []
    while found:
        made.append(_text(sorted(map(place.__getitem__, found.pop())), squares, shared, threshold))
    return _Space(made, squares, crowded)


def _text(features: list[int], squares: Sequence[int], shared: int, threshold: float) -> _Text:
    """A text whose features are known; those before `shared` are its own.

    Of a text as long or longer it has at least the threshold's part of its mass in common, and of a shorter one the
    threshold's square: so something is in common before the rest of its mass is too small for that. It takes two
    features if even without the heaviest one the rest is too small.
    """
    masses = list(accumulate(map(squares.__getitem__, features)))
    mass = masses[-1] if masses else 0
    heaviest = max(map(squares.__getitem__, features), default=0)
    missing = mass * (1 - threshold * threshold) + heaviest
    is_short = missing >= mass
    if is_short:
        heaviest, missing = 0, missing - heaviest
    own = bisect_left(features, shared)
    sought = min(bisect_right(masses, missing) + 1, len(masses))
    kept = min(bisect_right(masses, mass * (1 - threshold) + heaviest) + 1, len(masses))
    rest = mass - (masses[sought - 1] if sought else 0)
    return _Text(array("i", features[own:]), mass, max(0, kept - own), max(0, sought - own), rest, is_short)


def _features(title: str, body: str, grams: Mapping[str, int], words: Mapping[str, int]) -> "array[int]":
    """The numbers of the title's 4-grams, and of the longer of the body's first words, each once."""
    head = f" {' '.join(fold(title).split())} "
    parts = dict.fromkeys([head[at : at + GRAM] for at in range(max(1, len(head) - GRAM + 1))])
    first = fold(body[: BODY_WORDS * 12]).split()[:BODY_WORDS]
    long = dict.fromkeys([word for word in first if len(word) >= SHORTEST_WORD])
    return array("i", [*map(grams.__getitem__, parts), *map(words.__getitem__, long)])
