"""The index against brute force: up to so many texts that nothing is crowded, it finds every pair that there is."""

from collections import Counter
from itertools import combinations
from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.text.similar import BODY_WORDS, CROWDED, GRAM, SHORTEST_WORD, TITLE_WEIGHT, alike

Texts = list[tuple[str, str]]

WORDS = ["receipt", "sent", "twice", "when", "bank", "slow", "guest", "menu", "the", "is", "total", "refund"]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
TEXTS = st.lists(st.tuples(SENTENCES, SENTENCES), max_size=14)


def features(title: str, body: str) -> dict[str, float]:
    """Each feature with what it weighs before it is known how rare it is."""
    head = f" {' '.join(title.split())} "
    grams = {head[at : at + GRAM]: TITLE_WEIGHT for at in range(max(1, len(head) - GRAM + 1))}
    words = {f"word {word}": 1.0 for word in body.split()[:BODY_WORDS] if len(word) >= SHORTEST_WORD}
    return grams | words


def cosines(texts: Texts) -> dict[tuple[int, int], float]:
    """Every pair's, the long way."""
    found = [features(*text) for text in texts]
    spread = Counter(name for each in found for name in each)
    vectors = [{name: weight * log(1 + len(texts) / spread[name]) for name, weight in each.items()} for each in found]
    lengths = [sqrt(sum(weight**2 for weight in vector.values())) for vector in vectors]
    return {
        (one, two): sum(vectors[one][name] * vectors[two][name] for name in vectors[one].keys() & vectors[two].keys())
        / (lengths[one] * lengths[two])
        for one, two in combinations(range(len(texts)), 2)
    }


@given(TEXTS, st.sampled_from([0.3, 0.5, 0.75, 0.8, 0.95]))
def test_every_pair_above_the_threshold_is_found(texts: Texts, threshold: float) -> None:
    """But for what lies on the threshold to the sixth digit."""
    found = {(pair.first, pair.second): pair.cosine for pair in alike(texts, threshold)}
    known = cosines(texts)
    assert {pair for pair, cosine in known.items() if cosine >= threshold + 1e-4} <= found.keys()
    assert all(known[pair] >= threshold - 1e-4 for pair in found)
    assert all(cosine == pytest.approx(known[pair], abs=1e-3) for pair, cosine in found.items())


@given(st.lists(st.sampled_from(WORDS), min_size=8, max_size=30), st.integers(0, 29), st.sampled_from(WORDS))
def test_a_changed_word_hides_no_copy_among_many(words: list[str], at: int, other: str) -> None:
    changed = [other if place == at else word for place, word in enumerate(words)]
    texts = [(f"Column {number} of the report", f"For team {number * 7}") for number in range(20)]
    texts += [("The receipt of the guest", " ".join(words)), ("The receipt of the guest", " ".join(changed))]
    assert ((20, 21) in {(pair.first, pair.second) for pair in alike(texts, 0.8)}) == (
        cosines([(title.casefold(), body.casefold()) for title, body in texts])[20, 21] >= 0.8
    )


def test_what_is_too_common_to_be_looked_up_is_found_by_what_stands_next_to_it() -> None:
    """Nothing of these is rare."""
    texts = [("Update the dependencies", "As each month.")] * (10 * CROWDED)
    assert {pair.second for pair in alike(texts, 0.8)} == set(range(1, len(texts)))
