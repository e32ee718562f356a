"""Values that stand in an issue's body: where issue forms put them, or on a line of their own."""

import re
from collections.abc import Sequence

from backlint.connectors.github import words
from backlint.model import EMPTY
from backlint.model.words import Empty

HEADING = re.compile(r"^#{1,6} +(?P<name>.{1,60}?) *#*$")
PAIR = re.compile(r"^[*_> -]{0,4}(?P<name>[A-Za-z][\w ]{1,30}?)[*_]{0,2} ?: ?[*_]{0,2} ?(?P<value>\S.{0,60})$")
BODY_LINES = 400
"""So far a body is searched for a value."""
NO_ANSWER = {"_no response_", "no response", "none", "n/a"}


def in_body(body: str, names: Sequence[str]) -> str | Empty | None:
    """A value that stands in the body: under a heading, as issue forms write it, or as `Name: value` on a line.

    A heading without an answer (`_No response_`) is a place that nobody filled.
    """
    wanted = {words.plain(name) for name in names}
    lines = body.splitlines()[:BODY_LINES] if any(name in body.casefold() for name in wanted) else []
    for at, line in enumerate(lines):
        heading, pair = HEADING.match(line), PAIR.match(line)
        if heading and words.plain(heading["name"]) in wanted:
            below = next((text.strip() for text in lines[at + 1 :] if text.strip()), "")
            return EMPTY if not below or below.startswith("#") or below.casefold() in NO_ANSWER else below
        if pair and words.plain(pair["name"]) in wanted:
            return pair["value"].strip(" *_")
    return None
