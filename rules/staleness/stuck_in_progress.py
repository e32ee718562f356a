"""The rule stuck-in-progress."""

from collections.abc import Iterator
from datetime import timedelta

from pydantic import Field

from backlint.example import ago, example, happened
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Happening, Item, Stage
from backlint.model.history import time_in_progress
from backlint.rule import ItemRule, SeverityByBand, Verdict


class StuckInProgress(ItemRule):
    """An item is in progress for longer than 85 % of what the team finished.

    What stays in progress holds its place, its branch and somebody's head, and is the first sign that something is
    larger or more blocked than anyone has said. The limit is the 85th percentile of the time in progress of the items
    that the team finished in the last year; two weeks where there are fewer than twenty of them. A team that has just
    cleared out what lay about for a year does not get a year for it: there is an upper bound. Ask what is in the way;
    then help, split, or put it back.
    """

    flags = (example(stage=Stage.DOING, created=ago(60), events=(happened(Happening.STAGED, 40, stage=Stage.DOING),)),)
    passes = (
        example(stage=Stage.DOING, created=ago(60), events=(happened(Happening.STAGED, 3, stage=Stage.DOING),)),
        example(
            stage=Stage.DOING,
            created=ago(90),
            events=(
                happened(Happening.STAGED, 60, stage=Stage.DOING),
                happened(Happening.STAGED, 58, stage=Stage.BACKLOG),
                happened(Happening.STAGED, 3, stage=Stage.DOING),
            ),
            note="Begun twice, and worked on for five days in all.",
        ),
    )
    undecided = (example(stage=Stage.DOING, events=None), example(stage=Stage.DOING, events=()))

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    stages: frozenset[Stage] = Field(default=frozenset({Stage.DOING}), description="The stages it looks at.")
    at_least_days: int = Field(
        default=5, ge=0, description="No item is called stuck before, however fast the team is; a weekend fits in."
    )

    at_most_days: int = Field(
        default=90, ge=1, description="Every item is called stuck after, however slow the team was so far."
    )

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Its time in progress is longer than that of what was finished."""
        worked = time_in_progress(item, backlog.now)
        if worked is None:
            yield Undecidable(missing="when work on the item began")
            return
        limit = backlog.history.in_progress
        days = min(max(limit.value, self.at_least_days), self.at_most_days)
        if worked > timedelta(days=days):
            yield Fault(
                fact=f"has been in progress for {worked.days} days",
                limit=f"{days:.0f} days" + (f": {limit.origin}" if days == limit.value else ""),
                fix="Ask what is in the way; then help with it, split it, or put it back.",
                evidence={"days_in_progress": worked.days, "limit_days": round(days, 1), "own_cases": limit.n},
            )
