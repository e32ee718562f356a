"""Sections: what stands under each heading, however the heading was made."""

from collections.abc import Sequence
from typing import NamedTuple

from backlint.text.lexicon import Topic, bare
from backlint.text.lines import HEADING, Line
from backlint.text.words import listed

_SENTENCE = 5


class Section(NamedTuple):
    """A heading and what stands under it, smaller headings included; a heading about something else ends it."""

    heading: Line
    lines: Sequence[Line]

    @property
    def title(self) -> str:
        """The heading's words."""
        return self.heading.text


def divide(lines: Sequence[Line]) -> tuple[Section, ...]:
    """The sections of a body, in the order of their headings."""
    headings = _with_parts_below(lines)
    ends: dict[int, int] = {}
    open_above: list[tuple[int, int]] = []
    topic_starts: list[int] = []
    for at, level in headings:
        while open_above and open_above[-1][1] >= level:
            ends.setdefault(open_above.pop()[0], at)
        topic = lines[at].topic
        if topic:
            while topic_starts and topic_starts[-1] not in ends and lines[topic_starts[-1]].topic is not topic:
                ends[topic_starts.pop()] = at
            topic_starts.append(at)
        open_above.append((at, level))
    return tuple(Section(lines[at], lines[at + 1 : ends.get(at, len(lines))]) for at, _ in headings)


def _with_parts_below(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Where the headings stand, and how deep: `**Backend**` right below `**Acceptance criteria**` is a part of it."""
    found: list[tuple[int, int]] = []
    whole: Line | None = None
    for at, line in enumerate(lines):
        if line.mark is not HEADING:
            continue
        is_part = whole is not None and line.topic is None and line.level <= whole.level and _names_a_part(line)
        if not is_part and (line.topic or (whole and line.level <= whole.level)):
            whole = line if line.topic is Topic.CRITERIA else None
        found.append((at, whole.level + 1 if is_part and whole else line.level))
    return found


def _names_a_part(heading: Line) -> bool:
    words = [bare(word) for word in heading.text.split()]
    names = [word for word in words if word and not word.isdigit()]
    is_sentence = len(words) >= _SENTENCE and heading.raw.rstrip("*_ ").endswith(":")
    return is_sentence or (len(names) <= _SENTENCE and all(word in listed("parts") for word in names))
