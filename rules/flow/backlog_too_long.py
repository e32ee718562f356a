"""The rule backlog-too-long."""

from collections.abc import Iterator
from datetime import timedelta

from pydantic import Field

from backlint.example import ago, example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Item, Stage
from backlint.rule import PLANNED_KINDS, BacklogRule, SeverityByBand, Verdict

WEEKS_PER_MONTH = 52 / 12


def _done(count: int, first: int = 100) -> list[Item]:
    return [
        item(first + n, rank=None, stage=Stage.DONE, created=ago(120), closed=ago(1 + n % 80)) for n in range(count)
    ]


class BacklogTooLong(BacklogRule):
    """At its present pace the team needs longer for what waits than anybody can see ahead.

    Nobody knows what will be wanted in a year, yet every item is read, sorted and argued about until then; a long
    backlog also hides that most of it will never be done. The length is the number of waiting items over the number
    that the team finished in a week, over the last twelve weeks. Close what is older than it is wanted, and say no more
    often.
    """

    flags = (example(*(item(number) for number in range(1, 91)), *_done(12)),)
    passes = (example(*(item(number) for number in range(1, 31)), *_done(24)),)
    undecided = (
        example(*(item(number) for number in range(1, 91))),
        example(*(item(number) for number in range(1, 91)), *_done(3), note="Three finished items make no pace."),
    )

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    months: float = Field(default=12, gt=0, description="How many months of work may wait.")
    weeks: int = Field(default=12, ge=1, description="From how many of the last weeks the pace is taken.")
    at_least_done: int = Field(default=10, ge=1, description="Fewer finished items in those weeks make no pace.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Divide what waits by what is done in a week."""
        waiting = [item for item in backlog.open if item.stage.is_waiting and item.kind in PLANNED_KINDS]
        span = timedelta(weeks=self.weeks)
        done = sum(item.kind in PLANNED_KINDS for item in backlog.history.done_within(span))
        if not backlog.history.is_dated or done < self.at_least_done:
            yield Undecidable(missing=f"items finished in the last {self.weeks} weeks")
            return
        months = len(waiting) * self.weeks / done / WEEKS_PER_MONTH
        if months > self.months:
            yield Fault(
                fact=f"The backlog holds {months:.0f} months of work",
                limit=f"{self.months:g} months; {len(waiting)} items wait, {done} were done in {self.weeks} weeks",
                fix="Close what is no longer wanted, from the bottom; then agree on how long the backlog may be.",
                evidence={"waiting": len(waiting), "done": done, "weeks": self.weeks, "months": round(months, 1)},
            )
