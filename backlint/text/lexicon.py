"""The words that open sections, scenarios and stories, in eleven languages: data, looked up and never searched for."""

import re
import string
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

LONGEST_PHRASE = 7
LONGEST_HEADING = 12
LONGEST_LABEL = 7
UNMISTAKABLE = 12
"""A single word of so many letters names criteria wherever it stands in a heading: "Akzeptanzkriterien (Login)"."""

_QUALIFIERS = frozenset(
    {"the", "a", "an", "our", "my", "your", "user", "todo", "wip", "draft", "optional", "mandatory", "required", "new",
     "updated", "story", "and", "also", "some", "more"}
)  # fmt: skip
_PUNCTUATION = string.punctuation + string.whitespace
_NO_DECOMPOSITION = str.maketrans({"\u2019": "'", "ł": "l", "ø": "o", "đ": "d"})
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_FIRST_LETTERS = re.compile(r"[A-Za-z]+")
_WORD = re.compile(r"[\w']+")
_BETWEEN_WORDS = bytes(code if chr(code) in "_'" or chr(code).isalnum() else ord(" ") for code in range(256))
_ALONE = frozenset({"criteria", "steps", "expected"})


class Topic(StrEnum):
    """What a section is about, as far as a rule cares."""

    CRITERIA = "criteria"
    READY = "ready"
    STEPS = "steps"
    EXPECTED = "expected"
    ACTUAL = "actual"
    ENVIRONMENT = "environment"
    QUESTIONS = "questions"


@cache
def languages() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """What languages.toml says, folded: language, then topic or slot, then phrases."""
    told = tomllib.loads(files("backlint.text").joinpath("languages.toml").read_text(encoding="utf-8"))
    return {
        language: {slot: tuple(fold(phrase) for phrase in phrases) for slot, phrases in slots.items()}
        for language, slots in told.items()
    }


def holds(folded: str, some: Iterable[str]) -> bool:
    """Whether a folded text holds one of some phrases, anywhere; the loop is C, as this is asked of every text."""
    return any(map(folded.__contains__, some))


def words_of(folded: str) -> list[str]:
    """The words of a text, in order; ASCII is cut apart as bytes, several times faster than a pattern is matched."""
    return folded.encode().translate(_BETWEEN_WORDS).decode().split() if folded.isascii() else _WORD.findall(folded)


@cache
def phrases(slot: str) -> frozenset[str]:
    """What fills a slot in any language."""
    return frozenset(phrase for slots in languages().values() for phrase in slots[slot])


def fold(text: str) -> str:
    """Without case and accents, so that `Criterios de aceptacion` is found too."""
    text = text.casefold()
    return text if text.isascii() else _without_accents(text)


def _without_accents(text: str) -> str:
    return _NOT_ASCII.sub(_decomposed, text)


def _decomposed(found: re.Match[str]) -> str:
    """What a run of characters beyond ASCII is without accents; each stands for itself, and few occur."""
    return "".join([_letter(char) for char in found[0]])


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    char = char.translate(_NO_DECOMPOSITION)
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))


def bare(text: str) -> str:
    """Folded, without anything at either end that is no letter and no digit: `**TBD!**` is `tbd`."""
    return trimmed(fold(text))


def trimmed(text: str) -> str:
    """A folded text without anything at either end that is no letter and no digit."""
    text = text.strip(_PUNCTUATION)
    if not text or (text[0].isalnum() and text[-1].isalnum()):
        return text
    first, last = 0, len(text)
    while first < last and not text[first].isalnum():
        first += 1
    while last > first and not text[last - 1].isalnum():
        last -= 1
    return text[first:last]


@cache
def _topics() -> tuple[Mapping[str, Topic], tuple[tuple[str, Topic], ...]]:
    """Phrases of words by topic, and those of scripts that put no space between words."""
    spaced: dict[str, Topic] = {}
    unspaced: list[tuple[str, Topic]] = []
    for slots in languages().values():
        for topic in Topic:
            for phrase in slots[topic]:
                if is_unspaced(phrase):
                    unspaced.append((phrase, topic))
                else:
                    spaced.setdefault(phrase, topic)
    unspaced.sort(key=lambda pair: -len(pair[0]))
    return spaced, tuple(unspaced)


def is_unspaced(text: str) -> bool:
    """Whether the text is of a script without spaces between words: Japanese, Chinese."""
    return any("\u3040" <= char <= "\u9fff" for char in text)


@lru_cache(maxsize=4096)
def topic_of(heading: str) -> Topic | None:
    """What a heading is about; the longest phrase in it decides, a single word only if it is the whole heading."""
    words = _words(heading)
    if not words or len(words) > LONGEST_HEADING:
        return None
    spaced, unspaced = _topics()
    text = " ".join(words)
    whole = spaced.get(text) or spaced.get(" ".join(word for word in words if word not in _QUALIFIERS))
    if whole:
        return whole
    for phrase in _runs(words):
        topic = spaced.get(phrase)
        if topic and (" " in phrase or (topic is Topic.CRITERIA and len(phrase) >= UNMISTAKABLE)):
            return topic
    if not text.isascii():
        return next((topic for phrase, topic in unspaced if phrase in text and len(text) <= 3 * len(phrase)), None)
    return None


@lru_cache(maxsize=4096)
def topic_of_label(label: str) -> Topic | None:
    """What a label before a colon is about; stricter than a heading, for any sentence may hold a colon."""
    words = _words(label)
    if not words or len(words) > LONGEST_LABEL:
        return None
    topic = topic_of(label)
    if topic is None:
        return None
    spaced, unspaced = _topics()
    text = " ".join(words)
    if any(text.startswith(phrase) or text.endswith(phrase) for phrase, _ in unspaced):
        return topic
    reach = range(len(words), 0, -1)
    begins = any(spaced.get(" ".join(words[:end])) is topic for end in reach)
    ends = any(spaced.get(" ".join(words[-end:])) is topic for end in reach)
    return topic if begins or ends else None


@lru_cache(maxsize=4096)
def topic_of_bare_line(line: str) -> Topic | None:
    """What a line without any mark is about, when it is a heading's words and nothing else."""
    words = _words(line)
    if not words or len(words) > LONGEST_PHRASE:
        return None
    spaced, unspaced = _topics()
    text = " ".join(words)
    topic = spaced.get(text)
    if topic and len(words) == 1 and topic not in _ALONE:
        return None
    return topic or next((topic for phrase, topic in unspaced if phrase == text), None)


def may_be_bare(line: str) -> bool:
    """Whether a line begins with the first letters of a heading's words, by which most lines are no heading."""
    first = _FIRST_LETTERS.match(line)
    return first is None or not line.isascii() or first[0].casefold() in _first_letters()


@cache
def _first_letters() -> frozenset[str]:
    """What each phrase begins with, up to the first character that is no letter of ASCII."""
    return frozenset(found[0] for phrase in _topics()[0] if (found := _FIRST_LETTERS.match(phrase)))


def _words(text: str) -> list[str]:
    """The words that count: no numbering, no emoji, nothing in brackets at the end."""
    text = fold(text).replace("_", " ")
    cut = max(text.find(" ("), text.find(" ["))
    if cut > 0:
        text = text[:cut]
    words = [bare(word) for word in text.split() if not (word.startswith(":") and word.endswith(":"))]
    words = [word for word in words if word]
    while words and words[0].rstrip(".)").isdigit():
        words.pop(0)
    if words and len(words) <= LONGEST_LABEL:
        words[-1] = words[-1].rstrip("0123456789").rstrip("#-.") or words[-1]
        while len(words) > 1 and words[-1].lstrip("#").isdigit():
            words.pop()
    return words


def _runs(words: list[str]) -> Iterator[str]:
    """Every run of words, the longest first."""
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])
