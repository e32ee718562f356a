"""Whether a text tells that something fails, and what it tells a person who must mend it.

Trackers hold reports that nobody called a bug, and requests that somebody did (17 % of the bugs in a random sample), so
rules ask the text too.
"""

import re
from functools import cache

from backlint.text.lexicon import is_unspaced, phrases

_WORD = re.compile(r"[\w']+")
_REPORTED = re.compile(r"\W{0,3}(?:bug|fix|hotfix|bugfix|defect|regression|crash)\b", re.IGNORECASE)
_TRACE = re.compile(
    r"\bat [\w.$<>]{3,200}\(|Traceback \(most recent|\b[A-Z]\w{2,60}(?:Exception|Error)\b|\bERROR\b|\bFATAL\b|\bHTTP [45]\d\d\b"
)
_COMMAND = re.compile(r"(?:[$>#%] ?[a-z./][\w./-]{1,60}|[\w-]{2,30}> )")
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]")
_RUNNABLE = 2
"""So many lines of code or commands are something to run; fewer are a name or a message."""


@cache
def _words(slot: str) -> tuple[frozenset[str], tuple[str, ...]]:
    told = phrases(slot)
    return frozenset(word for word in told if " " not in word and not is_unspaced(word)), tuple(
        word for word in told if " " in word or is_unspaced(word)
    )


def tells(slot: str, folded: str) -> str | None:
    """The first word of a slot (`failure`, `ought`) that a folded text holds."""
    words, runs = _words(slot)
    for found in _WORD.finditer(folded):
        if found[0] in words:
            return found[0]
    return next((run for run in runs if run in folded), None)
