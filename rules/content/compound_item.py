"""The rule compound-item."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from backlint.example import example
from backlint.finding import Confidence, Fault, Severity
from backlint.model import Backlog, Band, Item
from backlint.rule import ItemRule, SeverityByBand, Verdict
from backlint.text.wording import joined_goals


class CompoundItem(ItemRule):
    """A title names two goals at once.

    Two goals can be ordered, delivered and refused apart; joined, the lesser travels with the greater. Make two items
    of it, if each would be of use alone. The rule waits to be asked for: people who read such titles found one in five
    truly compound, and an "and" says nothing about an item's size (both measured). INVEST asks for independent items
    (Bill Wake).
    """

    is_default: ClassVar[bool] = False
    is_timeless: ClassVar[bool] = True
    confidence = Confidence.LOW
    flags = (
        example(title="Sort the list and export it as a file", body="For guests."),
        example(title="As a buyer I want to see the total and choose the day, so that I can plan", body="For guests."),
    )
    passes = (
        example(title="Show name and address", body="For guests."),
        example(title="Show terms and conditions", body="For guests."),
    )

    severity: SeverityByBand = Field(default={Band.NEXT: Severity.INFO}, description="How much it matters, by band.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """The title joins two things to do."""
        del backlog
        goals = joined_goals(item.title)
        if goals:
            yield Fault(
                fact=f'names two goals at once: "{goals}"',
                fix="Make two items of it, if each would be of use alone.",
                evidence={"quotes": [item.title]},
            )
