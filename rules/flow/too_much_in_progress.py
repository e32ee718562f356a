"""The rule too-much-in-progress."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Person, Stage
from backlint.rule import PLANNED_KINDS, BacklogRule, SeverityByBand, Verdict

_KIM = (Person(id="example:kim", name="Kim"),)
_LEE = (Person(id="example:lee", name="Lee"),)


class TooMuchInProgress(BacklogRule):
    """More items are in progress than the people who hold them can work on.

    Each item begun and not finished waits most of the time, delays those beside it, and is worth nothing yet (Little's
    law: time in progress grows with what is in progress). Counted are the items in progress against the people who have
    at least one of them. Stop starting: finish what is nearest to done first.
    """

    flags = (example(*(item(n, stage=Stage.DOING, assignees=_KIM if n % 2 else _LEE) for n in range(1, 9))),)
    passes = (
        example(*(item(n, stage=Stage.DOING, assignees=_KIM if n % 2 else _LEE) for n in range(1, 5))),
        example(*(item(n, assignees=_KIM) for n in range(1, 9)), note="Assigned, not begun."),
    )
    undecided = (example(*(item(n, stage=Stage.DOING) for n in range(1, 9))),)

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    per_person: float = Field(default=2, gt=0, description="How many items in progress a person may have on average.")
    at_least_items: int = Field(default=5, ge=1, description="Fewer items in progress are left alone.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Divide the items in progress by the people who have them."""
        doing = [item for item in backlog.open if item.stage is Stage.DOING and item.kind in PLANNED_KINDS]
        if len(doing) < self.at_least_items:
            return
        people = {person.id for item in doing for person in item.assignees or ()}
        if any(item.assignees is None for item in doing) or not people:
            yield Undecidable(missing="who works on what is in progress")
        elif len(doing) > self.per_person * len(people):
            who = "one person" if len(people) == 1 else f"{len(people)} people"
            yield Fault(
                fact=f"{len(doing)} items are in progress, held by {who}",
                limit=f"{self.per_person:g} for each person",
                fix="Begin nothing new: finish what is nearest to done, and put back what nobody works on.",
                evidence={"in_progress": len(doing), "people": len(people)},
            )
