"""The rule too-many-criteria."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item
from backlint.rule import ItemRule, SeverityByBand, Verdict
from backlint.text import Criteria
from backlint.text.lines import ITEM

MANY = "\n".join(f"- The list shows column {number}" for number in range(1, 10))


class TooManyCriteria(ItemRule):
    """An item has so many acceptance criteria that it is likely several items.

    Each criterion is something to build, to show and to test. Of 39,730 estimated items, those with eight or more stood
    2.7 times as often as others among the largest tenth of their project. Split the item along its criteria: which of
    them could be delivered first, and would be of use alone?
    """

    confidence = Confidence.MEDIUM
    is_timeless = True
    flags = (example(f"## Acceptance criteria\n{MANY}"), example("See the criteria.", criteria=MANY))
    passes = (
        example("## Acceptance criteria\n- The list shows the name\n- The list shows the date"),
        example(MANY, note="A list, but not of criteria."),
    )
    undecided = (example(body=None),)

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.INFO, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )
    most: int = Field(default=8, ge=1, description="So many criteria are still well.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """There are more criteria than are still well."""
        criteria = backlog.criteria(item)
        if criteria is None:
            yield Undecidable(missing="the item's text")
            return
        count = count_of(criteria)
        if count > self.most:
            yield Fault(
                fact=f"has {count} acceptance criteria",
                limit=f"{self.most}, as set",
                fix="Split it along its criteria: which of them would be of use alone?",
                evidence={"quotes": [line.raw for line in criteria.statements[:3]], "count": count},
            )


def count_of(criteria: Criteria) -> int:
    """The criteria of the outermost list; what stands below one belongs to it."""
    levels = [line.level for line in criteria.statements if line.mark is ITEM]
    outermost = min(levels, default=0)
    return sum(level <= outermost + 1 for level in levels)
