"""One typed reading of a body: made once, shared by every rule that reads text."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from backlint.text.boilerplate import NOTHING_LEARNED, line_key
from backlint.text.lazily import lazily
from backlint.text.lexicon import Topic, holds, trimmed, words_of
from backlint.text.lines import HEADING, WORDS, Line
from backlint.text.markdown import tidy, unflattened
from backlint.text.placeholders import LONGEST_PLACEHOLDER, prompts_in, says_nothing, shows, trails_off
from backlint.text.scanning import scan
from backlint.text.scenarios import may_hold_scenarios, scenarios
from backlint.text.sections import Section, divide
from backlint.text.story import Story, find_stories

QUOTE_LENGTH = 160
SHORTEST_PROMISE = 20

_SUCCESS = ("you will know", "you'll know", "we will know", "we'll know", "you know that you", "we know that we")
_DONE = (
    "is done when",
    "are done when",
    "will be done when",
    "is complete when",
    "considered done when",
    "is finished when",
)
_SIGNS_OF_PROMISES = frozenset({"know", "done", "complete", "finished"})
"""One of these words stands in each of them."""


class Criteria(NamedTuple):
    """What tells when an item is done.

    `heading` is the section's title, `""` where scenarios or a sentence say it without one, `None` where nothing does.
    `statements` are the lines that say something; none under a heading means that it waits to be filled. `quote` is the
    heading as it was written.
    """

    heading: str | None
    statements: tuple[Line, ...]
    quote: str = ""


class Text:
    """What a body says. `boilerplate` holds the lines that the project's template puts there."""

    def __init__(self, source: str, boilerplate: Collection[str] = NOTHING_LEARNED) -> None:
        self.source = source
        self.boilerplate = boilerplate
        self._stories: dict[str, tuple[Story, ...]] = {}

    @lazily
    def tidied(self) -> str:
        """The body as it is read: one kind of line end, nothing hidden."""
        return tidy(unflattened(self.source))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written that a reader sees."""
        return not self.tidied.strip()

    @lazily
    def lines(self) -> tuple[Line, ...]:
        """Every line that is not blank, with what it is."""
        return tuple(scan(self.tidied))

    @lazily
    def sections(self) -> tuple[Section, ...]:
        """What stands under each heading."""
        return divide(self.lines)

    @lazily
    def topics(self) -> frozenset[Topic]:
        """What the headings are about, as far as a rule cares."""
        return frozenset([line.topic for line in self.lines if line.topic])

    @lazily
    def words(self) -> str:
        """All that the lines say, folded, with a blank between lines: what no line says is not in it."""
        return " ".join([line.folded for line in self.lines])

    @lazily
    def vocabulary(self) -> frozenset[str]:
        """Each word of `words` once, those with an apostrophe also in parts: a look-up is far cheaper than a search."""
        found = words_of(self.words)
        if "'" in self.words:
            found += [part for word in found if "'" in word for part in word.split("'")]
        return frozenset(found)

    @lazily
    def said(self) -> tuple[Line, ...]:
        """The lines that say something: no headings, no placeholders, no instructions, nothing of the template."""
        return tuple([line for line in self.lines if line.mark is not HEADING and self._is_said(line)])

    def says(self, line: Line) -> bool:
        """Whether a line says something of this item's own."""
        return line in self._said

    @lazily
    def _said(self) -> frozenset[Line]:
        return frozenset(self.said)

    def _is_said(self, line: Line) -> bool:
        text = line.text
        if not text:
            return shows(line)
        if len(text) <= LONGEST_PLACEHOLDER and (says_nothing(text) or trails_off(text)):
            return False
        if self.prompts and line in self.prompts:
            return False
        return not self.boilerplate or _key(line) not in self.boilerplate

    @lazily
    def prompts(self) -> frozenset[Line]:
        """The lines that are a template's instructions."""
        return prompts_in(self.lines)

    def about(self, *topics: Topic) -> Iterator[Section]:
        """The sections about any of the topics."""
        if self.topics.isdisjoint(topics):
            return iter(())
        return (section for section in self.sections if section.heading.topic in topics)

    def has(self, *topics: Topic) -> bool:
        """Whether a section about one of the topics says something."""
        return any(self.says(line) for section in self.about(*topics) for line in section.lines)

    @lazily
    def criteria(self) -> Criteria:
        """The acceptance criteria, under whatever heading, or as scenarios, or in a sentence."""
        sections = list(self.about(Topic.CRITERIA))
        stated = [line for section in sections for line in section.lines if self.says(line)]
        if stated:
            return Criteria(sections[0].title, _each_once(stated), sections[0].heading.raw)
        told = [line for scenario in self._scenarios() for line in scenario if self.says(line)]
        if not self.vocabulary.isdisjoint(_SIGNS_OF_PROMISES) and holds(self.words, (*_SUCCESS, *_DONE)):
            told += [line for line in self._own if _promises(line)]
        if told:
            return Criteria("", _each_once(told))
        return Criteria(sections[0].title, (), sections[0].heading.raw) if sections else Criteria(None, ())

    def _scenarios(self) -> Iterable[tuple[Line, ...]]:
        return scenarios(self._own) if may_hold_scenarios(self.words, self.vocabulary) else ()

    @lazily
    def _own(self) -> tuple[Line, ...]:
        """The lines outside sections that tell how something fails."""
        if self.topics.isdisjoint((Topic.STEPS, Topic.ACTUAL)):
            return self.lines
        told = {line for section in self.about(Topic.STEPS, Topic.ACTUAL) for line in section.lines}
        return tuple([line for line in self.lines if line not in told])

    def story(self, title: str) -> Story | None:
        """The user story that the title or the text tells: the first whole one, else the first that was begun."""
        stories = self.stories(title)
        return next((story for story in stories if story.is_whole), stories[0]) if stories else None

    def stories(self, title: str) -> tuple[Story, ...]:
        """Every attempt at a story, read once for each title."""
        if title not in self._stories:
            self._stories[title] = find_stories(title, self.lines, self.words, self.vocabulary)
        return self._stories[title]

    @lazily
    def opening(self) -> str:
        """The first words that were written, to be quoted."""
        first = next((line.raw for line in self.lines), "")
        return first[:QUOTE_LENGTH]


def read(source: str, boilerplate: Collection[str] = NOTHING_LEARNED) -> Text:
    """Read a Markdown body. Nothing is read before it is asked for."""
    return Text(source, boilerplate)


def _key(line: Line) -> str:
    """The line as boilerplate is looked up; what has no markup but its bullet is folded already."""
    raw, text = line.raw, line.text
    is_folded = text[0].isalnum() and (raw == text or (raw[0] in "-*+" and raw.endswith(text)))
    return trimmed(line.folded) if is_folded else line_key(raw)


def _promises(line: Line) -> bool:
    """Whether a sentence tells how success will be known."""
    if line.mark not in WORDS or len(line.text) < SHORTEST_PROMISE:
        return False
    text = line.text.casefold()
    found = next((at for phrase in _SUCCESS if (at := text.find(phrase)) >= 0), -1)
    if found >= 0 and (" when " in text[found : found + 80] or " if " in text[found : found + 80]):
        return True
    return holds(text, _DONE)


def _each_once(lines: list[Line]) -> tuple[Line, ...]:
    return tuple(dict.fromkeys(lines))
