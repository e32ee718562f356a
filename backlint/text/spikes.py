"""What a spike says: how long it may take, and what it is to find out."""

import re

from backlint.text.lexicon import fold, phrases
from backlint.text.reading import Text
from backlint.text.words import in_order

_SPIKE = re.compile(r"\W{0,3}(?:spike|poc|proof of concept|research|investigat(?:e|ion)|time-?box)\b", re.IGNORECASE)
_DURATION = re.compile(
    r"(?<![\w.])(?:\d{1,3}|one|two|three|four|five|half an?|ein|zwei|drei|un|deux|dos|due)[ -]?"
    r"(?:h|hrs?|hours?|d|days?|weeks?|min(?:utes)?|stunden?|tage?|wochen?|heures?|jours?|horas?|d[ií]as?|ore|giorni|uur|dagen)(?!\w)",
    re.IGNORECASE,
)
UNMISTAKABLE = 7
NEAR = 60
"""A length of time stands so near to the word that makes it a limit."""


def is_spike(title: str) -> bool:
    """Whether a title calls its item a spike."""
    return _SPIKE.match(title) is not None or "spike" in fold(title).replace("]", " ").replace(":", " ").split()


def timebox(title: str, text: Text) -> str | None:
    """The words that limit the time, where there are any."""
    for words in (title, *(line.text for line in text.lines)):
        folded = fold(words[:2000])
        for limit in phrases("timebox"):
            at = folded.find(limit)
            if at >= 0 and (
                limit.startswith("time") or _DURATION.search(folded, max(0, at - NEAR), at + len(limit) + NEAR)
            ):
                return words
    return None


def asks(text: Text) -> bool:
    """Whether the text asks something, or says what shall be known in the end."""
    said = " ".join(line.text for line in text.said)
    if "?" in said or "\uff1f" in said:
        return True
    folded = f" {fold(said)} "
    return any(
        f" {phrase} " in folded or (len(phrase) >= UNMISTAKABLE and phrase in folded)
        for phrase in in_order("questions_asked")
    )
