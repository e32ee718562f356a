"""The rule carried-over."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import ago, example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Item, Sprint, SprintState, Stage
from backlint.rule import WAITING, ItemRule, SeverityByBand, Verdict

_SPRINTS = tuple(
    Sprint(id=str(n), name=f"Sprint {n}", state=SprintState.CLOSED, start=ago(60 - 14 * n), end=ago(46 - 14 * n))
    for n in (1, 2, 3)
)


class CarriedOver(ItemRule):
    """An item was in sprint after sprint and never finished.

    Once is an accident. Twice says that the item is larger than it looks, waits for something, or matters less than
    what is done instead of it; a third sprint will not change that. Split it, name what it waits for, or take it out of
    the plan.
    """

    flags = (example(item(1, sprints=("1", "2")), sprints=_SPRINTS),)
    passes = (
        example(item(1, sprints=("3",)), sprints=_SPRINTS),
        example(item(1, sprints=()), sprints=_SPRINTS),
    )
    undecided = (example(item(1, sprints=None), sprints=_SPRINTS),)

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    stages: frozenset[Stage] = Field(default=WAITING | {Stage.DOING}, description="The stages it looks at.")
    at_most: int = Field(default=1, ge=0, description="How many finished sprints an item may have been left over from.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Count the finished sprints that it was in."""
        if item.sprints is None:
            yield Undecidable(missing="the item's sprints")
            return
        past = [sprint for sprint in map(backlog.sprints.get, item.sprints) if sprint and _is_over(sprint)]
        if len(past) > self.at_most:
            names = [sprint.name for sprint in past]
            yield Fault(
                fact=f"was left over from {len(past)} sprints",
                limit=f"{self.at_most} at most",
                fix="Split it, name what it waits for, or take it out of the plan.",
                evidence={"sprints": names},
            )


def _is_over(sprint: Sprint) -> bool:
    return sprint.state is SprintState.CLOSED
