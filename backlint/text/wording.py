"""How much words say: what a description adds to its title, and what a criterion leaves open."""

from backlint.text.lexicon import bare, fold, holds, phrases
from backlint.text.words import in_order, listed

STEM = 5
"""Words that begin alike are one word: `create`, `creating`, `creation`."""

SHORTEST = 3

_JOINTS = frozenset({"and", "&", "und", "et", "y", "e", "en"})
MOST_EMPTY_WORDS = 8
MANY_WORDS = 4
"""A criterion with so many words besides the open one says what it means often enough."""


def content_words(text: str) -> list[str]:
    """The words that carry meaning, in order."""
    words = (bare(word) for word in fold(text).replace("/", " ").replace("-", " ").split())
    return [word for word in words if len(word) >= SHORTEST and word not in listed("fillers")]


def words_added(title: str, text: str) -> int:
    """How many content words of a text are not in the title."""
    known = {word[:STEM] for word in content_words(title)}
    return len({stem for word in content_words(text) if (stem := word[:STEM]) not in known})


def names_nothing(title: str) -> bool:
    """Whether a title says only that there is something to do: `Fix bug`, `Misc improvements`."""
    if title.count(" ") > MOST_EMPTY_WORDS:
        return False
    fillers, empty = listed("fillers"), listed("empty_title_words")
    for written in fold(title).replace("/", " ").split():
        word = bare(written)
        if len(word) > 1 and word not in empty and word not in fillers and not word.isdigit():
            return False
    return True


def open_word(statement: str) -> str | None:
    """The word on which two people could disagree, where a criterion rests on it: `The page loads fast`."""
    if any(map(str.isdigit, statement)):
        return None
    words = [bare(word) for word in fold(statement).split()]
    open_words, fillers = listed("open_words"), listed("fillers")
    found = next((word for word in words if word in open_words), None)
    if found is None:
        return None
    others = sum(1 for word in words if len(word) >= SHORTEST and word not in fillers and word not in open_words)
    return found if others <= MANY_WORDS else None


def is_task(statement: str) -> bool:
    """Whether a criterion is something to do rather than something to be seen: `Write tests`, `Spec tests`."""
    words = [bare(word) for word in fold(statement).split()]
    return bool(words) and (
        words[0] in listed("task_words") or (len(words) <= SHORTEST and words[-1] in listed("task_words"))
    )


def quality_named(text: str) -> str | None:
    """The quality that a text asks for: `performance`, `scalability`."""
    folded = fold(text)
    return next((phrase for phrase in in_order("qualities") if phrase in folded), None)


def gives_a_reason(text: str) -> bool:
    """Whether a text says why, or what it costs to leave things as they are."""
    folded = fold(text)
    return holds(folded, in_order("reasons"))


def joined_goals(title: str) -> str | None:
    """What a title joins with "and", where a thing to do stands on either side."""
    folded = fold(title).split()
    if _JOINTS.isdisjoint(folded):
        return None
    words = [bare(word) or word for word in folded]
    for at, word in enumerate(words[1:-1], 1):
        if word in _JOINTS and words[at + 1] in phrases("make") | listed("further_verbs"):
            return " ".join(words[max(0, at - 3) : at + 3])
    return None
