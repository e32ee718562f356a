"""What an item's Markdown says: one reading, made once, that every rule shares."""

from backlint.text.boilerplate import learn
from backlint.text.lexicon import Topic
from backlint.text.lines import Line, Mark
from backlint.text.reading import Criteria, Text, read
from backlint.text.sections import Section
from backlint.text.story import Story

__all__ = ["Criteria", "Line", "Mark", "Section", "Story", "Text", "Topic", "learn", "read"]
