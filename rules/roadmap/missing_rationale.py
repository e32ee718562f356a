"""The rule missing-rationale."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import ClassVar

from pydantic import Field

from backlint.example import example
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item, Kind
from backlint.rule import ItemRule, SeverityByBand, Verdict
from backlint.text.lexicon import fold, holds, languages, words_of

HEADINGS = (
    *("why", "reason", "rationale", "motivation", "goal", "objective", "benefit", "impact", "problem", "background"),
    *("context", "business value", "user value", "hypothesis", "warum", "nutzen", "ziel", "hintergrund", "problem"),
    *("pourquoi", "objectif", "contexte", "por qué", "objetivo", "motivación", "waarom", "doel", "perché", "obiettivo"),
)
SIGNS = (
    *("otherwise", "if we don't", "if we do not", "to avoid", "to prevent", "since", "the goal is", "the aim is"),
    *("blocks us", "benefit", "requested by", "asked for", "users want", "users need", "customers want"),
    *("end of life", "deprecated", "too slow", "expensive", "inefficient", "efficient", "faster", "easier", "cheaper"),
    *("safer", "more intuitive", "more pleasant", "non-standard", "clearer", "simpler", "risk"),
)
UNMISTAKABLE = 6
"""Shorter words of benefit ("so", "um") stand in any sentence."""


class MissingRationale(ItemRule):
    """An item is next, and nothing says why.

    A product owner can say of each item at the top why it is there; once it stands in the item, so can everybody else,
    also in half a year. One sentence is enough: what gets better, for whom, or what happens if it is not done. A
    benefit in the user story, a section such as "Why" or "Goal", and a sentence with "because" all count. A bug is its
    own reason.

    Reasons are given in more ways than words can list: of 13 features and tasks that it named in trackers it was not
    made with, 7 had none. So it waits to be asked for, by teams that want the reason said plainly.
    """

    confidence: ClassVar[Confidence] = Confidence.LOW
    is_timeless: ClassVar[bool] = True
    is_default: ClassVar[bool] = False

    flags = (example("Add a column for the tax to the price list. Use the rates of the tax service."),)
    passes = (
        example("Add a column for the tax, so that buyers see the whole price."),
        example("## Why\nBuyers ask for it every day.\n\n## What\nA column for the tax."),
        example("", note="missing-description speaks."),
    )
    undecided = (example(body=None),)

    severity: SeverityByBand = Field(default={Band.NEXT: Severity.INFO}, description="How much it matters, by band.")
    kinds: frozenset[Kind] = Field(
        default=frozenset({Kind.STORY, Kind.TASK, Kind.DEBT, Kind.QUALITY}),
        description="The kinds of item it looks at.",
    )
    headings: tuple[str, ...] = Field(default=HEADINGS, description="Words in a heading under which a reason stands.")
    signs: tuple[str, ...] = Field(default=SIGNS, description="Words in a sentence that give a reason.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Look for a reason in what was written."""
        if item.body is None:
            yield Undecidable(missing="the item's text")
        elif backlog.text(item).said and not self._is_told(item, backlog):
            yield Fault(
                fact="does not say why it is wanted",
                limit='a benefit, or a section such as "Why"',
                fix="Add one sentence: what gets better, for whom, or what happens if it is not done.",
                evidence={"quotes": [backlog.text(item).opening]},
            )

    def _is_told(self, item: Item, backlog: Backlog) -> bool:
        text = backlog.text(item)
        story = text.story(item.title)
        if story and not story.lacks_benefit:
            return True
        headings = [f" {section.heading.folded} " for section in text.sections if section.lines]
        if any(holds(heading, _padded(self.headings)) for heading in headings):
            return True
        signs = [sign for sign, whole in _signs(self.signs) if text.vocabulary.issuperset(whole)]
        return holds(f" {text.words} ", signs) and any(holds(f" {line.folded} ", signs) for line in text.said)


@cache
def _benefits() -> tuple[str, ...]:
    told = {phrase for slots in languages().values() for phrase in slots.get("benefit", ())}
    return tuple(sorted(phrase for phrase in told if len(phrase) >= UNMISTAKABLE))


@lru_cache(maxsize=16)
def _padded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f" {fold(word)}" for word in words)


@lru_cache(maxsize=16)
def _signs(told: tuple[str, ...]) -> tuple[tuple[str, frozenset[str]], ...]:
    """What is searched for, and the whole words in it: its last word may be another's beginning."""
    return tuple((sign, frozenset(words_of(sign.rpartition(" ")[0]))) for sign in _padded((*told, *_benefits())))
