"""Given, When and Then, in or out of a heading, over several lines or in one sentence."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from backlint.text.lexicon import is_unspaced, languages, phrases
from backlint.text.lines import CODE, HEADING, QUOTE, Line, Mark

REACH = 12
"""A scenario's Then stands within so many lines of its Given or When."""


_NO_SCENARIO = (HEADING, QUOTE)


class Keyword(NamedTuple):
    """A word that opens a scenario's line, in its language."""

    language: str
    slot: str
    phrase: str


@cache
def _keywords() -> tuple[Mapping[str, tuple[Keyword, ...]], tuple[Keyword, ...]]:
    """By the first word of the phrase; and those of scripts without spaces."""
    spaced: dict[str, list[Keyword]] = {}
    unspaced: list[Keyword] = []
    for language, slots in languages().items():
        for slot in ("given", "when", "then"):
            for phrase in slots[slot]:
                keyword = Keyword(language, slot, phrase)
                if is_unspaced(phrase):
                    unspaced.append(keyword)
                else:
                    spaced.setdefault(phrase.split(" ")[0].split("'")[0], []).append(keyword)
    longest_first = {word: tuple(sorted(found, key=lambda it: -len(it.phrase))) for word, found in spaced.items()}
    return longest_first, tuple(unspaced)


def keywords(folded: str) -> Sequence[Keyword]:
    """What a folded line may open with; in several languages where they share the word."""
    spaced, unspaced = _keywords()
    head = folded[:60].lstrip("*_-+> \"'([\u201c")
    word = head.partition(" ")[0].partition("'")[0].rstrip(":,")
    found = spaced.get(word, ())
    if not found and head.isascii():
        return ()
    words = head.replace(":", "")
    says_more = len(head) > len(word) + 3
    matched = [keyword for keyword in found if says_more and words.startswith(keyword.phrase)]
    return matched or [keyword for keyword in unspaced if words.startswith(keyword.phrase)]


def may_hold_scenarios(words: str, vocabulary: frozenset[str]) -> bool:
    """Whether a folded text, and each word of it once, holds a word for Given or Then: every scenario has one."""
    return not words.isascii() or not vocabulary.isdisjoint(_openers())


@cache
def _openers() -> frozenset[str]:
    return frozenset(phrase.split(" ")[0].split("'")[0] for slot in ("given", "then") for phrase in phrases(slot))


def scenarios(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """The lines of every scenario, each once."""
    opened: list[tuple[int, Keyword]] = []
    done = -1
    for at, line in enumerate(lines):
        if line.mark in _NO_SCENARIO:
            continue
        for keyword in keywords(line.folded):
            if keyword.slot == "then":
                start = _start(opened, keyword.language, at, line.mark)
                if start is not None and start > done:
                    done = at
                    yield tuple(lines[start : at + 1])
            elif keyword.slot == "given" and _is_whole(line.folded, keyword.language):
                if at > done:
                    done = at
                    yield (line,)
            else:
                opened.append((at, keyword))
                opened = opened[-REACH:]


def _start(opened: list[tuple[int, Keyword]], language: str, at: int, mark: Mark) -> int | None:
    """Where the scenario that ends with this Then began. Code needs its Given: shells, too, say when and then."""
    near = [(line, key) for line, key in opened if key.language == language and at - line <= REACH]
    if not near or (mark is CODE and not any(key.slot == "given" for _, key in near)):
        return None
    return near[0][0]


def _is_whole(folded: str, language: str) -> bool:
    """Whether a line that opens with Given goes on with When and Then."""
    slots = languages()[language]

    def goes_on(slot: str, after: int) -> int:
        places = [folded.find(word if is_unspaced(word) else f" {word}", after) for word in slots[slot]]
        return min((place for place in places if place > 0), default=-1)

    then = goes_on("then", 1)
    return then > 0 and (goes_on("when", 1) > 0 or "," in folded[:then])
