"""What is looked up against brute force: of texts that are few enough to be on one list, every pair that may be alike.

Each of two titles may have two words that the other one lacks; of more than that it is not promised that they meet.
"""

from collections import Counter
from itertools import combinations
from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.text.blocking import CROWDED
from backlint.text.similar import BODY_WORDS, GRAM, SHORTEST_WORD, TITLE_WEIGHT, Pair, alike

Texts = list[tuple[str, str]]

WORDS = ["receipt", "sent", "twice", "when", "bank", "slow", "guest", "menu", "the", "is", "total", "refund"]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
TEXTS = st.lists(st.tuples(SENTENCES, SENTENCES), max_size=CROWDED)
MISSING = 2
IN_COMMON = 3


def features(title: str, body: str) -> dict[str, float]:
    """Each feature with what it weighs before it is known how rare it is."""
    words = [f" {word} " for word in title.split()]
    grams = {word[at : at + GRAM]: TITLE_WEIGHT for word in words for at in range(max(1, len(word) - GRAM + 1))}
    return grams | {f"word {word}": 1.0 for word in body.split()[:BODY_WORDS] if len(word) >= SHORTEST_WORD}


def cosines(texts: Texts) -> dict[tuple[int, int], float]:
    """Every pair's, the long way; of texts without any word none."""
    found = [features(*text) for text in texts]
    spread = Counter(name for each in found for name in each)
    vectors = [{name: weight * log(1 + len(texts) / spread[name]) for name, weight in each.items()} for each in found]
    lengths = [sqrt(sum(weight**2 for weight in vector.values())) for vector in vectors]
    return {
        (one, two): sum(vectors[one][name] * vectors[two][name] for name in vectors[one].keys() & vectors[two].keys())
        / (lengths[one] * lengths[two])
        for one, two in combinations(range(len(texts)), 2)
        if lengths[one] and lengths[two]
    }


def must_meet(one: str, two: str) -> bool:
    """Whether two titles differ so little that they are promised to be compared."""
    ours, theirs = set(one.split()), set(two.split())
    return len(ours & theirs) >= IN_COMMON and max(len(ours - theirs), len(theirs - ours)) <= MISSING


def by_texts(texts: Texts, pairs: list[Pair]) -> Counter[tuple[frozenset[tuple[str, str]], float]]:
    return Counter((frozenset((texts[pair.first], texts[pair.second])), pair.cosine) for pair in pairs)


@given(TEXTS, st.sampled_from([0.3, 0.5, 0.75, 0.8, 0.95]))
def test_of_titles_that_hardly_differ_every_pair_above_the_threshold_is_found(texts: Texts, threshold: float) -> None:
    """But for what lies on the threshold to the fourth digit; and nothing else is found."""
    found = {(pair.first, pair.second): pair.cosine for pair in alike(texts, threshold)}
    known = cosines(texts)
    promised = {pair for pair in known if must_meet(texts[pair[0]][0], texts[pair[1]][0])}
    assert {pair for pair in promised if known[pair] >= threshold + 1e-4} <= found.keys()
    assert all(known[pair] >= threshold - 1e-4 for pair in found)
    assert all(cosine == pytest.approx(known[pair], abs=1e-3) for pair, cosine in found.items())


@given(TEXTS.flatmap(lambda texts: st.tuples(st.just(texts), st.permutations(texts))))
def test_the_order_of_the_texts_does_not_matter(both: tuple[Texts, Texts]) -> None:
    texts, shuffled = both
    assert by_texts(texts, list(alike(texts, 0.5))) == by_texts(shuffled, list(alike(shuffled, 0.5)))


@given(st.lists(st.sampled_from(WORDS), min_size=8, max_size=30), st.integers(0, 29), st.sampled_from(WORDS))
def test_a_changed_word_hides_no_copy_among_many(words: list[str], at: int, other: str) -> None:
    changed = [other if place == at else word for place, word in enumerate(words)]
    texts = [(f"Column {number} of the report", f"For team {number * 7}") for number in range(20)]
    texts += [("The receipt of the guest", " ".join(words)), ("The receipt of the guest", " ".join(changed))]
    assert ((20, 21) in {(pair.first, pair.second) for pair in alike(texts, 0.8)}) == (
        cosines([(title.casefold(), body.casefold()) for title, body in texts])[20, 21] >= 0.8
    )


def test_what_all_have_filed_is_found_however_many_they_are() -> None:
    """Nothing of these is rare."""
    texts = [("Update the dependencies", "As each month.")] * (50 * CROWDED)
    assert {pair.second for pair in alike(texts, 0.8)} == set(range(1, len(texts)))


def test_among_many_of_one_title_the_body_tells_the_copies() -> None:
    bodies = [f"Stage {number % 40} failed after commit-{number} of branch-{number // 3}." for number in range(300)]
    texts = [("Nightly build failed", body) for body in bodies]
    texts += [(title, f"{body} Again.") for title, body in texts[::20]]
    found = {(pair.first, pair.second) for pair in alike(texts, 0.9)}
    assert {(number, 300 + number // 20) for number in range(0, 300, 20)} <= found


def test_where_no_word_of_a_title_is_in_another_one_the_body_is_looked_up() -> None:
    body = "The receipt that every guest gets is sent twice, and the bank charges both of them as if nothing was wrong."
    others = [(f"Column {number} of report", f"Team{number} asks for it.") for number in range(20)]
    pairs = {(pair.first, pair.second) for pair in alike([*others, ("Receipts", body), ("Receipt", body)], 0.75)}
    assert (20, 21) in pairs
