"""Where a user story may begin, and how far its sentence goes on."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from backlint.text.lexicon import Topic, fold, languages
from backlint.text.lines import CODE, HEADING, PROSE, ROW, Line
from backlint.text.story_forms import first_words, forms

REACH = 8
"""A story's sentence is over after so many lines."""

LONGEST_SENTENCE = 1500
_GREETING = 12
"""`Hello, as a new developer I would like ...`"""

_BEGINNING = 2
"""No word for a wish or a benefit is shorter."""

OPENERS = "\"'\u201c\u201d\u201e\u00ab>*_-(+ "
_NO_STORY = frozenset({Topic.ACTUAL, Topic.EXPECTED, Topic.STEPS, Topic.CRITERIA, Topic.ENVIRONMENT, Topic.READY})


def candidates(title: str, lines: Sequence[Line]) -> Iterator[tuple[str, bool]]:
    """Sentences that may be a story's: the title, then wherever a line or a sentence begins as one does."""
    yield title, True
    topic: Topic | None = None
    for at, line in enumerate(lines):
        if line.mark is HEADING:
            topic = line.topic
        if line.mark in (CODE, ROW) or topic in _NO_STORY:
            continue
        for start in _starts(line.text):
            yield (
                " ".join([line.text[start : start + LONGEST_SENTENCE], *_following(lines, at)]),
                line.gap or at == 0 or _is_after_heading(lines, at),
            )


def _is_after_heading(lines: Sequence[Line], at: int) -> bool:
    return lines[at - 1].mark is HEADING


def _starts(text: str) -> Iterator[int]:
    """Where a sentence of the line begins with a role."""
    if _opens(text):
        yield 0
    for stop, reach in ((". ", 2000), (": ", 2000), ("! ", 2000), ("? ", 2000), (", ", _GREETING)):
        at = text.find(stop, 0, reach)
        while at >= 0:
            if _opens(text[at + 2 : at + 40]):
                yield at + 2
            at = text.find(stop, at + 2, reach)


def _opens(text: str) -> bool:
    head = text[:40].lstrip(OPENERS)
    spaced, unspaced = first_words()
    if head.isascii():
        return head.partition(" ")[0].casefold() in spaced
    folded = fold(head)
    return folded.partition(" ")[0] in spaced or folded.startswith(unspaced) or "\u3068\u3057\u3066" in folded


def _following(lines: Sequence[Line], at: int) -> Iterator[str]:
    """The lines that may go on with the sentence."""
    for line in lines[at + 1 : at + REACH]:
        if line.mark not in (PROSE, lines[at].mark) and not (line.mark is HEADING and _goes_on(line.text)):
            return
        if line.gap and not _goes_on(line.text):
            return
        yield line.text


def _goes_on(text: str) -> bool:
    head = fold(text[:40]).lstrip(OPENERS)
    return any(words.match(head) for words in _beginnings().get(head[:_BEGINNING], ()))


@cache
def _beginnings() -> Mapping[str, Sequence[re.Pattern[str]]]:
    """The patterns for a wish or a benefit by what their phrases begin with."""
    found: dict[str, dict[re.Pattern[str], None]] = defaultdict(dict)
    for form in forms():
        for pattern, slot in ((form.want, "want"), (form.benefit, "benefit")):
            for phrase in languages()[form.language][slot]:
                found[phrase[:_BEGINNING]][pattern] = None
    return {beginning: tuple(patterns) for beginning, patterns in found.items()}
