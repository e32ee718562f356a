"""Headings that are not marked as such: a label before its content, and a line that is emphasised as a whole."""

import re

from backlint.text.lexicon import Topic, holds, topic_of_label
from backlint.text.markdown import EMOJI, plain

LONGEST_BOLD_HEADING = 90
LONGEST_LABEL = 60
SEPARATORS = (":", "\uff1a", " - ", " \u2013 ", " # ", " * ", " \u2022 ")
"""What stands between a label and its content; a list's mark where the line end before it was lost."""
_IN_ASCII = tuple(filter(str.isascii, SEPARATORS))


def emphasised(line: str) -> str:
    """How the whole line is emphasised, `bold` or `italic`; "" where it is not, or is too long for a heading."""
    if len(line) > LONGEST_BOLD_HEADING:
        return ""
    inner = line.rstrip(": ")
    for marker, name in (("**", "bold"), ("__", "bold"), ("*", "italic"), ("_", "italic")):
        if inner.startswith(marker) and inner.endswith(marker) and len(inner) > 2 * len(marker):
            inside = inner[len(marker) : -len(marker)].strip()
            is_one = marker not in inside and bool(inside) and not inside.endswith((".", "!"))
            return name if is_one else ""
    return ""


def label_of(line: str) -> tuple[str, Topic, str] | None:
    """The label before a colon (or a dash), what it is about, and what follows it; only where it is about something."""
    head = line[: LONGEST_LABEL + 12]
    separators = _IN_ASCII if head.isascii() else SEPARATORS
    if not holds(head, separators):
        return None
    if head.count(":") > 1:
        head = EMOJI.sub(_blanked, head)
    for separator in separators:
        at = head.find(separator)
        if at > 0:
            label = plain(line[:at])
            topic = topic_of_label(label)
            if topic:
                return label, topic, line[at + len(separator) :].strip("*_ \t").lstrip("# ")
    return None


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found[0])
