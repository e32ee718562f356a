"""The sentence of a user story: who, what, and what for; and the job story: situation, motivation, outcome."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from backlint.text.lexicon import bare, fold, is_unspaced, phrases
from backlint.text.lines import Line
from backlint.text.placeholders import says_nothing, trails_off
from backlint.text.story_forms import Form, first_words, forms
from backlint.text.story_starts import LONGEST_SENTENCE, OPENERS, candidates
from backlint.text.words import listed

LONGEST_ROLE = 120
MOST_ROLE_WORDS = 16
JOB_SLOTS = ("situation", "motivation", "outcome")
LONGEST_JOB_LABEL = 30
_SHORTEST_WANT = 4
ABILITIES = ("i can", "we can", "i could", "i should", "i must")
"""Not a wish by themselves: `As a visitor I can only see ...` tells of a fault."""

_PURPOSE_FIRST = ("in order to ", "in order that ")
LONGEST_QUOTE = 300


class Story(NamedTuple):
    """A story's three slots as they were written, and the sentence itself.

    A slot is `""` where it was begun and nothing stands in it, and `None` where it is missing.
    """

    role: str | None
    want: str | None
    benefit: str | None
    quote: str
    is_job: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether all three slots say something."""
        return all(_is_filled(slot) for slot in (self.role, self.want, self.benefit))

    @property
    def empty_slots(self) -> tuple[str, ...]:
        """The slots that are there (or must be) and say nothing: role, want; the benefit only where it was begun."""
        slots = {"role": self.role, "want": self.want}
        if self.benefit is not None and self.is_job:
            slots["benefit"] = self.benefit
        return tuple(name for name, slot in slots.items() if not _is_filled(slot))

    @property
    def lacks_benefit(self) -> bool:
        """Whether nobody said what it is good for."""
        return not _is_filled(self.benefit)


@lru_cache(maxsize=256)
def _is_filled(slot: str | None) -> bool:
    return (
        slot is not None and bare(slot) not in listed("slot_names") and not says_nothing(slot) and not trails_off(slot)
    )


def find_stories(title: str, lines: Sequence[Line], words: str, vocabulary: frozenset[str]) -> tuple[Story, ...]:
    """Every attempt at a story that the title and the text hold, in their order; a job story last.

    `words` is all that the lines say, folded, and `vocabulary` each word of it once: most bodies hold no words of a
    wish, and then no line is looked at.
    """
    likely = candidates(title, lines) if _may_hold_one(words, vocabulary) else ((title, True),)
    attempts = (_read(told, is_opening=is_opening) for told, is_opening in likely)
    job = _job(lines) if vocabulary.issuperset(JOB_SLOTS) else None
    return tuple([story for story in (*attempts, job) if story])


def _may_hold_one(words: str, vocabulary: frozenset[str]) -> bool:
    """Whether a folded text holds the words that open a story, and those of a wish or `as a user, ...`."""
    if not words.isascii():
        return True
    openings = _openings()
    if not any(vocabulary.issuperset(parts) for word in vocabulary.intersection(openings) for parts in openings[word]):
        return False
    if "as" in vocabulary and ("as a " in words or "as an " in words):
        return True
    wishes = _wishes()
    likely = [wish for word in vocabulary.intersection(wishes) for wish in wishes[word]]
    return any(phrase in words for phrase, parts in likely if vocabulary.issuperset(parts))


@cache
def _openings() -> Mapping[str, Sequence[frozenset[str]]]:
    """What a story may open with, by its first word: the words of each phrase."""
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for phrase in (*_PURPOSE_FIRST, *(role for role in phrases("role") if not is_unspaced(role))):
        words = phrase.replace("'", " ").split()
        found[words[0]].append(frozenset(words))
    return dict(found)


@cache
def _wishes() -> Mapping[str, Sequence[tuple[str, frozenset[str]]]]:
    """The words for a wish and what they consist of, by the last word of each, which is rarer than the first."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for phrase in phrases("want"):
        parts = phrase.split(" ")
        found[parts[-1]].append((phrase, frozenset(parts)))
    return dict(found)


def _read(words: str, *, is_opening: bool) -> Story | None:
    written = words.strip().lstrip(OPENERS)[:LONGEST_SENTENCE]
    folded = fold(written)
    is_alike = len(folded) == len(written)
    words = written if is_alike else folded
    first = folded.partition(" ")[0].partition("'")[0].rstrip(",:")
    for form in first_words()[0].get(first, ()) if folded.isascii() else forms():
        story = _in_form(words, folded, form, is_opening=is_opening)
        if story:
            return story if is_alike else story._replace(quote=written[:LONGEST_QUOTE])
    return None


def _in_form(words: str, folded: str, form: Form, *, is_opening: bool) -> Story | None:
    if form.roles[0].startswith("..."):
        return _role_in_front(words, folded, form)
    begun = _after_role_word(folded, form)
    if begun is None:
        return _benefit_first(words, folded, form)
    wanted = form.want.search(folded, begun, begun + LONGEST_ROLE + 20)
    role = words[begun : wanted.start()] if wanted else ""
    if wanted and not _is_role(role, form.language):
        return None
    if not wanted:
        return _unfinished(words, folded, begun, form) if is_opening else None
    if wanted[0] in ABILITIES and not is_opening:
        return None
    sentence = _first_sentence(words, wanted.end())
    purpose = _purpose(folded, wanted.end(), len(sentence), form)
    want = words[wanted.end() : purpose.start() if purpose else len(sentence)]
    benefit = words[purpose.end() : _end_of_sentence(words, purpose.end())] if purpose else None
    quote = words[: _end_of_sentence(words, purpose.end() if purpose else wanted.end())]
    return Story(_clean(role), _clean(want), None if benefit is None else _clean(benefit), quote[:LONGEST_QUOTE])


def _after_role_word(folded: str, form: Form) -> int | None:
    for role in form.roles:
        if folded.startswith(role.replace("...,", "")):
            after = len(role.replace("...,", ""))
            if is_unspaced(role) or role.endswith("'") or not folded[after : after + 1].isalnum():
                return after
    return None


def _role_in_front(words: str, folded: str, form: Form) -> Story | None:
    """A story of a language in which the particle follows the role, and the wish its object: Japanese."""
    particle = form.roles[0][3:]
    at = folded.find(particle, 0, LONGEST_ROLE)
    wanted = form.want.search(folded, at + len(particle), 400) if at > 0 else None
    if not wanted:
        return None
    purpose = form.benefit.search(folded, wanted.end(), wanted.end() + 400)
    benefit = words[purpose.end() :] if purpose else None
    want = words[at + len(particle) : wanted.end()]
    return Story(_clean(words[:at]), _clean(want), None if benefit is None else _clean(benefit), words[:LONGEST_QUOTE])


def _is_role(role: str, language: str) -> bool:
    """Whether words can be somebody: few, one clause, and no `workaround`."""
    told = bare(role)
    words = told.split()
    if language == "en" and (not listed("not_a_role").isdisjoint(words[:2]) or len(words) > MOST_ROLE_WORDS):
        return False
    return not any(stop in role for stop in (". ", "? ", "! "))


def _unfinished(words: str, folded: str, begun: int, form: Form) -> Story | None:
    """A story that was begun, `As a user, when ...`, or whose wish was never said."""
    role = words[begun:].partition(",")[0]
    names_a_user = form.language == "en" and bare(role).endswith(("user", "users", "admin", "customer", "developer"))
    has_comma = 0 < folded.find(",", begun) < begun + 60
    if names_a_user and has_comma and folded.startswith(("as a ", "as an ")):
        return Story(_clean(role), None, None, words[:200])
    return None


def _benefit_first(words: str, folded: str, form: Form) -> Story | None:
    """`In order to ..., as a ..., I want ...`."""
    if form.language != "en" or not folded.startswith(_PURPOSE_FIRST):
        return None
    wanted = form.want.search(folded, 0, 400)
    if not wanted:
        return None
    before = folded[: wanted.start()]
    if not wanted[0].startswith("i") and "as a" not in before:
        return None
    role_at = max(before.rfind("as a "), before.rfind("as an "), before.rfind("as the "))
    role = words[role_at : wanted.start()] if role_at > 0 else None
    benefit = words[: role_at if role_at > 0 else wanted.start()]
    want = words[wanted.end() : _end_of_sentence(words, wanted.end())]
    return Story(_clean(role) if role else None, _clean(want), _clean(benefit), words[:LONGEST_QUOTE])


def _purpose(folded: str, start: int, end: int, form: Form) -> re.Match[str] | None:
    """Where the benefit begins; a lone `so` only where it opens a clause."""
    for found in form.benefit.finditer(folded, start, max(end, start)):
        rest = folded[found.end() : found.end() + 1]
        if found[0] == "so" and folded[found.end() :].lstrip().startswith(("much", "many", "far", "called", "long as")):
            continue
        says_what = found.start() - start >= _SHORTEST_WANT or found[0].startswith("so")
        if says_what and (rest or found.end() == len(folded)):
            return found
    return None


def _first_sentence(words: str, after: int) -> str:
    """To the end of the sentence in which a benefit may still follow: `I want X. So that Y.` counts."""
    end = _end_of_sentence(words, after)
    rest = fold(words[end : end + 12]).lstrip(" .*_")
    if rest.startswith(("so ", "because ")):
        end = _end_of_sentence(words, end + 4)
    return words[:end]


def _end_of_sentence(words: str, after: int) -> int:
    ends = [words.find("\u3002", after)]
    for stop in (". ", "! ", "? "):
        at = words.find(stop, after)
        while at >= 0 and words[at + 2 : at + 3].islower():
            at = words.find(stop, at + 1)
        ends.append(at)
    return min((end for end in ends if end >= 0), default=len(words))


def _clean(slot: str) -> str:
    return slot.strip(" ,;:.\u3001\u3002*_\"'\u201c\u201d<>-")


def _job(lines: Sequence[Line]) -> Story | None:
    """A job story's three labelled slots, `Situation: When ...`."""
    slots: dict[str, tuple[str, str]] = {}
    for line in lines:
        label, colon, rest = line.text.partition(":")
        name = bare(label) if colon and len(label) <= LONGEST_JOB_LABEL else ""
        if name.removeprefix("expected ") in JOB_SLOTS:
            slots.setdefault(name.removeprefix("expected "), (rest.strip(" *_"), line.raw))
    if len(slots) < len(JOB_SLOTS):
        return None
    situation, motivation, outcome = (slots[name] for name in JOB_SLOTS)
    return Story(situation[0], motivation[0], outcome[0], situation[1], is_job=True)
