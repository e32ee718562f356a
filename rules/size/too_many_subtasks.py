"""The rule too-many-subtasks."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import EMPTY, Backlog, Band, Item, Kind
from backlint.rule import ItemRule, SeverityByBand, Verdict


class TooManySubtasks(ItemRule):
    """An item is cut into so many subtasks that it is a project of its own.

    Subtasks are how one item is done, within one sprint. Where there are many, several items hide in one: each could be
    ordered, sized and finished by itself. Split the item along what somebody could use by itself, not along the
    subtasks.
    """

    flags = (example(item(1), *(item(n, kind=Kind.SUBTASK, parent="example:1") for n in range(2, 13))),)
    passes = (
        example(item(1), *(item(n, kind=Kind.SUBTASK, parent="example:1") for n in range(2, 6))),
        example(item(1, parent=EMPTY)),
    )
    undecided = (example(item(1)),)

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.WARNING, Band.SOON: Severity.WARNING, Band.LATER: Severity.INFO},
        description="How much it matters, by band.",
    )
    at_most: int = Field(default=8, ge=1, description="How many subtasks an item may have.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Count what stands directly below it."""
        count = len(backlog.children(item))
        if not count and not backlog.knows_parents:
            yield Undecidable(missing="parents")
        elif count > self.at_most:
            yield Fault(
                fact=f"has {count} subtasks",
                limit=f"{self.at_most} at most",
                fix="Split it into items that somebody could use by themselves.",
                evidence={"subtasks": count},
            )
