"""Questions that a text leaves open."""

from collections.abc import Iterator

from backlint.text.lexicon import Topic, bare, holds
from backlint.text.lines import ITEM, QUOTE, WORDS, Line
from backlint.text.reading import Text

_SIGNS = {
    "tbd": ("tbd:", "tbd "),
    "tbc": ("tbc:", "tbc "),
    "open": ("open question",),
    "decided": ("to be decided:",),
    "clarified": ("to be clarified",),
    "discussed": ("to be discussed:",),
    "offen": ("offen:",),
    "zu": ("zu klaren",),
    "q": ("q:", "q."),
    "question": ("question:",),
}
"""What marks a question, by a word of it that few texts hold."""
_ASKING = (*_SIGNS["q"], *_SIGNS["question"])
_MARKERS = tuple(marker for word, markers in _SIGNS.items() if word not in {"q", "question"} for marker in markers)
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
    return any(holds(text.words, _SIGNS[word]) for word in text.vocabulary.intersection(_SIGNS))


def _is_open(line: Line, below: Line | None, *, is_asked: bool) -> bool:
    folded = line.folded
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
    answer = below.folded
    if answer.startswith(("a:", "a.", "answer:")):
        told = bare(answer.partition(":")[2].replace("(x)", "").replace("(/)", ""))
        return bool(told) and not told.startswith(_UNANSWERED)
    belongs = below.mark is QUOTE or (below.mark is ITEM and below.level > line.level)
    return belongs and not answer.endswith("?")
