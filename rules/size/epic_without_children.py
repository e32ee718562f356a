"""The rule epic-without-children."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import ago, example, item
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import EMPTY, Backlog, Item, Kind, LinkKind, Stage
from backlint.rule import WAITING, ItemRule, SeverityByBand, Verdict


class EpicWithoutChildren(ItemRule):
    """An epic contains nothing.

    It is either an item that was given the wrong kind, or a wish that nobody has thought about yet; either way no
    sprint will ever bring it nearer. Write its first item, the smallest one that is of use to somebody, or make it an
    ordinary item. (Where the epic is related to other items, those may be its children in all but name: then this is
    said with low confidence.)
    """

    flags = (example(item(1, kind=Kind.EPIC, created=ago(60), parent=EMPTY)),)
    passes = (
        example(item(1, kind=Kind.EPIC, created=ago(60)), item(2, parent="example:1")),
        example(item(1, kind=Kind.EPIC, created=ago(3), parent=EMPTY), note="It was written this week."),
    )
    undecided = (example(item(1, kind=Kind.EPIC, created=ago(60))),)

    severity: SeverityByBand = Field(default=Severity.INFO, description="How much it matters.")
    kinds: frozenset[Kind] = Field(
        default=frozenset({Kind.EPIC, Kind.INITIATIVE}), description="The kinds of item it looks at."
    )
    stages: frozenset[Stage] = Field(default=WAITING | {Stage.DOING}, description="The stages it looks at.")
    days: int = Field(default=30, ge=0, description="How long a new epic may stay empty.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Nothing stands below it."""
        age = (backlog.now - item.created).days
        if age <= self.days or backlog.children(item):
            return
        if not backlog.knows_parents:
            yield Undecidable(missing="parents")
        else:
            yield Fault(
                fact=f"contains nothing, {age} days after it was written",
                limit=f"{self.days} days",
                fix="Write its first item, or make it an ordinary item.",
                evidence={"age_days": age},
                confidence=Confidence.LOW if item.linked(LinkKind.RELATES) else None,
            )
