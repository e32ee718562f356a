"""The rule priority-inflation."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fact, Fault, Severity, Undecidable
from backlint.model import Backlog, Priority
from backlint.rule import BacklogRule, SeverityByBand, Verdict

HIGHEST, HIGH, MEDIUM, LOW = (
    Priority(level=level, name=name) for level, name in enumerate(("Highest", "High", "Medium", "Low"), 1)
)


class PriorityInflation(BacklogRule):
    """Too many items carry the highest priority, or nearly all carry the same.

    If everything is urgent, nothing is: the team has to ask again what really comes first, and the priority has told
    it nothing. Keep the highest one for what stops other work, and let the order say the rest. A field that nearly
    always holds its default was never filled in by a person; either use it or stop showing it.
    """

    is_timeless = True
    flags = (
        example(*(item(n, priority=HIGHEST if n % 3 == 0 else MEDIUM if n % 3 else LOW) for n in range(1, 31))),
        example(
            *(item(n, priority=MEDIUM if n % 5 else LOW) for n in range(1, 31)), note="The default, never changed."
        ),
    )
    passes = (
        example(*(item(n, priority=(HIGHEST, HIGH, HIGH, MEDIUM, MEDIUM, LOW, LOW)[n % 7]) for n in range(1, 31))),
        example(*(item(n, priority=HIGHEST) for n in range(1, 5)), note="Too few to speak of a share."),
    )
    undecided = (example(*(item(n) for n in range(1, 31))),)

    severity: SeverityByBand = Field(default=Severity.INFO, description="How much it matters.")
    highest: float = Field(
        default=0.2, gt=0, le=1, description="The share of items that may have the highest priority."
    )
    one_value: float = Field(default=0.6, gt=0, le=1, description="The share of items that may have the same priority.")
    many: int = Field(default=20, ge=1, description="How many items with a priority that takes.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Count the waiting items by priority."""
        waiting = [it for it in backlog.open if it.stage.is_waiting and not it.kind.contains_items]
        told = [it.priority for it in waiting if isinstance(it.priority, Priority)]
        if waiting and not told and any(it.priority is None for it in waiting):
            yield Undecidable(missing="priorities")
        if len(told) >= self.many:
            yield from self._counted(told)

    def _counted(self, told: Sequence[Priority]) -> Iterator[Fault]:
        by_level = Counter(priority.level for priority in told)
        names = {priority.level: priority.name for priority in told}
        top, commonest = min(by_level), by_level.most_common(1)[0][0]
        counts: dict[str, Fact] = {names[level]: by_level[level] for level in sorted(by_level)}
        if top == 1 and by_level[top] > self.highest * len(told):
            yield Fault(
                part="highest",
                fact=f"{by_level[top]} of {len(told)} waiting items have the priority {names[top]}",
                limit=f"at most {self.highest:.0%}",
                fix=f"Keep {names[top]} for what stops other work, and let the order say the rest.",
                evidence={"counts": counts},
            )
        elif by_level[commonest] > self.one_value * len(told):
            yield Fault(
                part="one-value",
                fact=f"{by_level[commonest]} of {len(told)} waiting items have the priority {names[commonest]}",
                limit=f"at most {self.one_value:.0%}: beyond that a priority tells nothing",
                fix="Set priorities for the next items, or order by hand and drop the field.",
                evidence={"counts": counts},
            )
