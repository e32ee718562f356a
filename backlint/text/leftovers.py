"""What a template left behind in a text: instructions, slots, empty sections, a readiness list nobody ticked."""

from collections.abc import Iterator
from typing import NamedTuple

from backlint.text.lexicon import Topic, holds
from backlint.text.lines import CODE, HEADING, ITEM, LABEL_LEVEL, Line
from backlint.text.placeholders import LONGEST_PLACEHOLDER, VARIABLES, is_unfilled, shows, trails_off, variable
from backlint.text.reading import Text

UNTICKED = 0.5
"""A Definition of Ready of which so much is unticked was never gone through."""


class Leftover(NamedTuple):
    """Something that waits to be replaced, removed or filled: what sort of thing, and the words themselves."""

    sort: str
    quote: str


def leftovers(text: Text) -> Iterator[Leftover]:
    """All that a template left in the text. An answer such as `N/A` or `_No response_` is an answer."""
    yield from _instructions(text)
    yield from _empty_sections(text)
    yield from _unticked(text)


def _instructions(text: Text) -> Iterator[Leftover]:
    prompts = text.prompts
    has_variables = holds(text.words, VARIABLES)
    for line in text.lines:
        if prompts and line in prompts:
            if line.text or line.mark is not ITEM or "](" in line.raw:
                yield Leftover("an instruction", line.raw)
        elif line.mark is HEADING or line.mark is CODE or not line.text:
            continue
        elif len(line.text) <= LONGEST_PLACEHOLDER and (is_unfilled(line.text) or trails_off(line.text)):
            yield Leftover("a placeholder", line.raw)
        elif has_variables and (stand_in := variable(line.text)):
            yield Leftover("a placeholder", stand_in)


def _empty_sections(text: Text) -> Iterator[Leftover]:
    """Headings with nothing below, not even a smaller heading; labels and single bold words are no sections."""
    for at, section in enumerate(text.sections):
        heading = section.heading
        if heading.level >= LABEL_LEVEL and heading.topic is None:
            continue
        if not any(map(shows, section.lines)):
            is_last_word = at > 0 or len(text.sections) > 1
            if is_last_word:
                yield Leftover("an empty section", heading.raw)


def _unticked(text: Text) -> Iterator[Leftover]:
    for section in text.about(Topic.READY):
        boxes: list[Line] = [line for line in section.lines if line.checked is not None]
        open_boxes = [line for line in boxes if not line.checked]
        if boxes and len(open_boxes) >= UNTICKED * len(boxes):
            yield Leftover("an unticked list of readiness", open_boxes[0].raw)
