"""Whether a text tells that something fails, and what it tells a person who must mend it.

Trackers hold reports that nobody called a bug, and requests that somebody did (17 % of the bugs in a random sample), so
rules ask the text too.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from backlint.text.lexicon import Topic, bare, fold, holds, is_unspaced, phrases, words_of
from backlint.text.lines import CODE, ITEM, PROSE, WORDS, Line
from backlint.text.reading import Text
from backlint.text.words import in_order

OPENING = 700
"""What is wrong is said early, or not at all: only so many characters are looked through for it."""

TRACED = 6000
"""A trace is looked for in so many characters."""

CLEAR = 2
"""The least score that says: this is a report of something that fails."""

_OUTCOMES = (Topic.EXPECTED, Topic.ACTUAL)
_REPORTED = re.compile(
    r"\W{0,3}(?:bug|fix|hotfix|bugfix|defect|regression|crash)\s?(?:[\])}:]|\b(?:report|in)\b)", re.IGNORECASE
)
_REQUESTED = re.compile(r"\W{0,3}(?:feat|feature|chore|spike|poc|rfc|epic|docs|research|task|story)\b", re.IGNORECASE)
_TRACE = re.compile(
    r"[A-Z](?:(?<=T)raceback \(most recent|(?<!\w[A-Z])(?:\w{2,60}(?:Exception|Error)|(?<=E)RROR|(?<=F)ATAL)\b)"
)
"""Each of its names begins with a capital, which is quickly found; what stands before it is asked second."""
_TRACED_NAMES = ("Exception", "Error", "ERROR", "FATAL", "Traceback")
_COMMAND = re.compile(
    r"[$%] ?\S|[\w~/-]{0,20}[>#] [a-z]|(?:curl|npm|yarn|pip|git|docker|kubectl|python3?|java|mvn|bin/\w+) \S"
)
_LOG = re.compile(
    r"\s{0,8}(?:at [\w.$<>/]{3,}|\d{2,4}[-:/]\d\d[-:/]\d\d|\[?(?:ERROR|WARN|INFO|DEBUG|FATAL)\b|Caused by|Traceback"
    r"|File \")"
)
_RAISED_WITHIN = 200
"""An error's name stands so early in the line that reports it."""

_RUNNABLE = 2
"""So many lines of code or commands are something to run; fewer are a name or a message."""

_SHORT_EXCUSE = 60
_LONGEST_SENTENCES = 2000
_ACTION = re.compile(
    r"(?:go to|goto|open|click|select|choose|press|run|start|create|enter|type|navigate|log|login|install|add|try|use"
    r"|call|launch|upload|set|visit|scroll|tap|configure|build|deploy|execute|send|load|import|export|save|close|switch)\b",
    re.IGNORECASE,
)


SLOTS = ("failure", "hint", "wish", "ought")


class _Phrases(NamedTuple):
    """The phrases of a slot: single words, longer ones by their first word, and those of scripts without spaces."""

    words: frozenset[str]
    longer: Mapping[str, tuple[str, ...]]
    unspaced: tuple[str, ...]


@cache
def _phrases(slot: str) -> _Phrases:
    told = phrases(slot)
    spaced = {phrase for phrase in told if not is_unspaced(phrase)}
    single = frozenset(phrase for phrase in spaced if " " not in phrase)
    longer: dict[str, tuple[str, ...]] = {}
    for phrase in sorted(spaced - single):
        first = phrase.partition(" ")[0]
        longer[first] = (*longer.get(first, ()), phrase)
    return _Phrases(single, longer, tuple(sorted(told - spaced)))


@cache
def _telling() -> frozenset[str]:
    """The words by which the phrases of all slots are found."""
    return frozenset(word for slot in SLOTS for some in _phrases(slot)[:2] for word in some)


@lru_cache(maxsize=16)
def _words_of(folded: str) -> frozenset[str]:
    return _telling().intersection(words_of(folded))


def tells(slot: str, folded: str) -> bool:
    """Whether a folded text holds a phrase of the slot, one of `SLOTS`."""
    words, longer, unspaced = _phrases(slot)
    found = _words_of(folded)
    if not words.isdisjoint(found):
        return True
    if any(holds(folded, longer[first]) for first in found.intersection(longer)):
        return True
    return not folded.isascii() and holds(folded, unspaced)


@lru_cache(maxsize=64)
def failure_score(title: str, text: Text) -> int:
    """How surely title and text tell of a failure rather than ask for something: at `CLEAR` they do."""
    titled, opening = fold(title), _opening(text)
    topics = text.topics
    is_form = Topic.STEPS in topics and not topics.isdisjoint(_OUTCOMES)
    is_trace = _is_traced(title) or _is_traced(text.tidied[:TRACED])
    verb = _first_word(titled)
    told = 3 * is_form + 3 * bool(_REPORTED.match(title)) + 2 * is_trace + 2 * tells("failure", titled)
    told += tells("hint", titled) + (tells("failure", opening) or tells("hint", opening))
    told += told > 0 and verb in _phrases("mend").words
    asked = 2 * (verb in _phrases("make").words) + 2 * bool(_REQUESTED.match(title)) + tells("wish", opening)
    return told - asked - 2 * (text.story(title) is not None)


def _is_traced(words: str) -> bool:
    """Whether a stack trace, a log or an exception's name stands there; the names are looked for first, for speed."""
    return holds(words, _TRACED_NAMES) and _TRACE.search(words) is not None


def _first_word(titled: str) -> str:
    """The first word of a title that is no tag: `[ENG] Add a bar` begins with `add`."""
    while titled.startswith(("[", "(")) and (end := max(titled.find("]"), titled.find(")"))) > 0:
        titled = titled[end + 1 :].lstrip(" :-")
    return bare(titled.partition(" ")[0])


def _opening(text: Text) -> str:
    """The first words of prose, folded; what is code or another's words tells nothing about this author's wish."""
    words: list[str] = []
    length = 0
    for line in text.lines:
        if line.mark in WORDS:
            words.append(line.folded[:OPENING])
            length += len(line.text)
            if length >= OPENING:
                break
    return " ".join(words)


def has_steps(text: Text) -> bool:
    """Whether a reader could see it happen: a section that tells how, commands, code to run, or numbered actions."""
    steps = [line for section in text.about(Topic.STEPS) for line in section.lines if text.says(line)]
    if steps:
        return not _refuses(steps)
    lines = text.lines
    code = [line.raw for line in lines if line.mark is CODE]
    return (
        _come_to(_RUNNABLE, (raw for raw in code if not _is_logged(raw)))
        or any(map(_COMMAND.match, code))
        or any(map(_COMMAND.match, [line.raw for line in lines if line.mark is PROSE]))
        or _come_to(_RUNNABLE, (line for line in lines if line.mark is ITEM and _ACTION.match(line.text)))
    )


def _is_logged(raw: str) -> bool:
    """Whether a line is out of a log or a trace."""
    return (
        _LOG.match(raw) is not None
        or 0 <= raw.find("Exception: ") <= _RAISED_WITHIN
        or 0 <= raw.find("Error: ") <= _RAISED_WITHIN
    )


def _come_to(many: int, lines: Iterator[object]) -> bool:
    """Whether there are so many; no more of them are looked at."""
    return any(count == many for count, _ in enumerate(lines, 1))


def _refuses(steps: list[Line]) -> bool:
    """Whether the section says why it says nothing: "private", "hard to reproduce", "unknown"."""
    said = " ".join(line.text for line in steps)
    return len(said) <= _SHORT_EXCUSE and any(word in fold(said) for word in in_order("refusals"))


def has_expected(text: Text) -> bool:
    """Whether the text says what would be right, under a heading or in words such as "should" and "expected"."""
    if text.has(Topic.EXPECTED):
        return True
    words, longer, _ = _phrases("ought")
    if text.words.isascii() and text.vocabulary.isdisjoint(words) and text.vocabulary.isdisjoint(longer):
        return False
    return any(line.mark in WORDS and _says_what_is_right(line) for line in text.said)


def _says_what_is_right(line: Line) -> bool:
    folded = line.folded[:_LONGEST_SENTENCES]
    if not tells("ought", folded) or _is_logged(line.text):
        return False
    for phrase in in_order("no_demand"):
        folded = folded.replace(phrase, "")
    return tells("ought", folded)
