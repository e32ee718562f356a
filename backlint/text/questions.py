"""Questions that a text leaves open."""

from collections.abc import Iterator

from backlint.text.lexicon import Topic, bare, fold, holds
from backlint.text.lines import ITEM, QUOTE, WORDS, Line
from backlint.text.reading import Text

_MARKERS = (
    "tbd:",
    "tbd ",
    "tbc:",
    "tbc ",
    "open question",
    "to be decided:",
    "to be clarified",
    "to be discussed:",
    "offen:",
    "zu klaren",
)
_ASKING = ("q:", "q.", "question:")
_SIGNS = frozenset({"tbd", "tbc", "open", "offen", "zu", "q", "question"})
_UNANSWERED = ("not answered", "unanswered", "tbd", "?", "no answer", "open")


def open_questions(text: Text) -> Iterator[str]:
    """The questions that nobody answered: below a heading of questions, marked as open, or as `Q:` without `A:`."""
    asked = {line for section in text.about(Topic.QUESTIONS) for line in section.lines}
    if not asked and not _may_ask(text):
        return
    lines = text.lines
    for at, line in enumerate(lines):
        if line.mark not in WORDS or not line.text:
            continue
        below = lines[at + 1] if at + 1 < len(lines) else None
        if _is_open(line, below, is_asked=line in asked):
            yield line.raw


def _may_ask(text: Text) -> bool:
    is_marked = not text.vocabulary.isdisjoint(_SIGNS) or "to be " in text.words
    return is_marked and holds(text.words, (*_MARKERS, *_ASKING))


def _is_open(line: Line, below: Line | None, *, is_asked: bool) -> bool:
    folded = fold(line.text)
    if folded.startswith(_MARKERS) and len(line.text) > len("tbd: ..."):
        return True
    question = folded.startswith(_ASKING) or (is_asked and folded.rstrip(" )*_").endswith(("?", "\uff1f")))
    return question and line.checked is not True and not _is_answered(folded, below, line)


def _is_answered(folded: str, below: Line | None, line: Line) -> bool:
    """On its own line after `A:`, or on the one below: an `A:`, or a line that belongs to the question."""
    inline = folded.partition(" a: ")[2]
    if inline:
        return not bare(inline).startswith(_UNANSWERED[:4])
    if below is None or below.mark not in (*WORDS, QUOTE):
        return False
    answer = fold(below.text)
    if answer.startswith(("a:", "a.", "answer:")):
        told = bare(answer.partition(":")[2].replace("(x)", "").replace("(/)", ""))
        return bool(told) and not told.startswith(_UNANSWERED)
    belongs = below.mark is QUOTE or (below.mark is ITEM and below.level > line.level)
    return belongs and not answer.endswith("?")
