"""The rule open-under-done."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Item, Kind, Stage
from backlint.rule import EVERY_KIND, WAITING, ItemRule, SeverityByBand, Verdict


class OpenUnderDone(ItemRule):
    """An item is open, and what it belongs to is done.

    Either the parent is not done after all, or the item is a leftover that nobody looks for there. Reopen the parent,
    give the item another one, or close it. (Under a parent that was dropped, removal-candidate speaks.)
    """

    flags = (example(item(1, parent="example:2"), item(2, kind=Kind.EPIC, stage=Stage.DONE)),)
    passes = (
        example(item(1, parent="example:2"), item(2, kind=Kind.EPIC)),
        example(item(1, parent="example:2", stage=Stage.DONE), item(2, kind=Kind.EPIC, stage=Stage.DONE)),
    )
    undecided = (example(parent=None), example(parent="example:9", note="Its parent was not read."))

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    kinds: frozenset[Kind] = Field(default=EVERY_KIND, description="The kinds of item it looks at.")
    stages: frozenset[Stage] = Field(default=WAITING | {Stage.DOING}, description="The stages it looks at.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Its parent is done."""
        if item.parent is None:
            yield Undecidable(missing="parents")
            return
        parent = backlog.by_id.get(item.parent) if isinstance(item.parent, str) else None
        if isinstance(item.parent, str) and parent is None:
            yield Undecidable(missing="the item's parent")
        elif parent and parent.stage is Stage.DONE:
            yield Fault(
                fact=f"is open, but {parent.key}, to which it belongs, is done",
                fix=f"Reopen {parent.key}, give it another parent, or close it.",
                evidence={"parent": parent.key},
            )
