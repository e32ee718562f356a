"""The rule missing-owner."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item, Kind, Person, Stage
from backlint.rule import WAITING, ItemRule, SeverityByBand, Verdict

SOMEBODY = (Person(id="example:kim", name="Kim"),)


class MissingOwner(ItemRule):
    """Work has begun, or operational work is next, and nobody is named for it.

    What is in progress without a name is either not in progress, or nobody else knows whom to ask. Operational work
    has no story that would tell who cares: it needs a person, or at least a component whose owners are known. Waiting
    items of other kinds need no owner: the team decides who takes them.
    """

    flags = (
        example(stage=Stage.DOING, assignees=()),
        example(kind=Kind.OPERATION, assignees=(), components=frozenset()),
    )
    passes = (
        example(stage=Stage.DOING, assignees=SOMEBODY),
        example(kind=Kind.OPERATION, assignees=(), components=frozenset({"database"})),
        example(assignees=()),
    )
    undecided = (
        example(stage=Stage.DOING, assignees=None),
        example(kind=Kind.OPERATION, assignees=(), components=None),
    )

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.WARNING, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )
    stages: frozenset[Stage] = Field(default=WAITING | {Stage.DOING}, description="The stages it looks at.")
    owned: frozenset[Kind] = Field(
        default=frozenset({Kind.OPERATION}), description="The kinds that need an owner before work begins."
    )

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Nobody is assigned, and no component stands in."""
        del backlog
        is_begun = item.stage is Stage.DOING
        if item.assignees or not (is_begun or item.kind in self.owned):
            return
        if item.assignees is None:
            yield Undecidable(missing="assignees")
        elif is_begun:
            yield Fault(
                fact="is in progress, and nobody is assigned", fix="Assign whoever works on it, or put it back."
            )
        elif item.components is None:
            yield Undecidable(missing="components")
        elif not item.components:
            yield Fault(
                fact="has neither an assignee nor a component",
                limit=f"{item.kind.value} work has an owner before it is planned",
                fix="Name a person, or the component whose owners will do it.",
            )
