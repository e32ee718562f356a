"""The rule inflow-over-outflow."""

from collections.abc import Iterator
from datetime import timedelta

from pydantic import Field

from backlint.example import ago, example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Stage
from backlint.rule import PLANNED_KINDS, BacklogRule, SeverityByBand, Verdict

_LONG_AGO = item(200, rank=None, stage=Stage.DONE, created=ago(500), closed=ago(400))
_DONE = tuple(item(100 + n, rank=None, stage=Stage.DONE, created=ago(200), closed=ago(3 + 7 * n)) for n in range(10))


class InflowOverOutflow(BacklogRule):
    """More items come in than go out, week after week.

    Such a backlog grows without end, whatever the order at its top: what comes in now will not be reached. Done and
    dropped items both count as gone, because saying no is a way out too. Compare what comes in with what you can do,
    and decide at the door.
    """

    flags = (example(*(item(number, created=ago(2 * number)) for number in range(1, 31)), *_DONE, _LONG_AGO),)
    passes = (example(*(item(number, created=ago(7 * number)) for number in range(1, 12)), *_DONE, _LONG_AGO),)
    undecided = (example(*(item(number, created=ago(2 * number)) for number in range(1, 31))),)

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    weeks: int = Field(default=12, ge=1, description="How many of the last weeks are compared.")
    ratio: float = Field(default=1.25, ge=1, description="How many times as many items may come in as go out.")
    at_least_growth: int = Field(default=10, ge=1, description="A growth by fewer items is left alone.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Count what came and what went."""
        span = timedelta(weeks=self.weeks)
        history = backlog.history
        if not history.is_dated:
            yield Undecidable(missing="when items were closed")
            return
        came = sum(item.kind in PLANNED_KINDS for item in history.came_within(span))
        went = sum(item.kind in PLANNED_KINDS for item in history.closed_within(span))
        if came > self.ratio * went and came - went >= self.at_least_growth:
            yield Fault(
                fact=f"In {self.weeks} weeks {came} items came in and {went} went out",
                limit=f"{self.ratio:g} times as many in as out",
                fix="Decide at the door: for each new item, say what it is more important than, or say no.",
                evidence={"came": came, "went": went, "weeks": self.weeks},
            )
