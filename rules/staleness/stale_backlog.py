"""The rule stale-backlog."""

from collections.abc import Iterator
from datetime import datetime

from pydantic import Field

from backlint.example import ago, example, happened, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Event, Happening, Item, Stage
from backlint.rule import BacklogRule, SeverityByBand, Verdict

_WORK = {Happening.STAGED, Happening.OTHER}
"""Doing the work is not refining what comes after it."""


class StaleBacklog(BacklogRule):
    """Nobody has refined the backlog as a whole for weeks.

    A backlog is never finished: items are added, rewritten, sized, reordered and thrown away as the team learns. Where
    nothing of that happens for weeks, the team has stopped to learn, or keeps its real plan somewhere else. Hold one
    refinement session; from the top, ten items are enough.

    Counted is whatever a person did to any waiting item, the change of an order included; work on what has been started
    is not. The limit is two sprints of two weeks.
    """

    flags = (example(*(item(number, created=ago(300), events=()) for number in range(1, 7))),)
    passes = (
        example(
            *(item(number, created=ago(300), events=()) for number in range(1, 6)),
            item(6, created=ago(300), events=(happened(Happening.RANKED, 3),)),
            note="Somebody put item 6 in its place.",
        ),
        example(item(1, created=ago(300), events=()), note="One item is no backlog."),
    )
    undecided = (example(*(item(number, created=ago(300), events=None) for number in range(1, 7))),)

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    days: int = Field(default=28, ge=1, description="How many days may pass without refinement.")
    at_least_items: int = Field(default=5, ge=1, description="A backlog with fewer waiting items is left alone.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """The last act of refinement on any item is too long ago."""
        waiting = [item for item in backlog.open if item.stage.is_waiting]
        if len(waiting) < self.at_least_items:
            return
        quiet = (backlog.now - max(_refined(item, backlog) for item in backlog)).days
        if quiet <= self.days:
            return
        if any(item.events is None for item in waiting):
            yield Undecidable(missing="the items' histories")
        else:
            yield Fault(
                fact=f"Nobody has refined the backlog for {quiet} days",
                limit=f"{self.days} days",
                fix="Hold a refinement session: read the ten items at the top, and close what nobody wants any more.",
                evidence={"quiet_days": quiet, "limit_days": self.days, "waiting_items": len(waiting)},
            )


def _refined(item: Item, backlog: Backlog) -> datetime:
    """The last time that a person refined the item. Its creation counts; what is said of a closed item does not."""
    events = (event for event in item.events or () if item.is_open or event.stage is Stage.DROPPED)
    by_hand = (event.at for event in events if _is_refinement(event) and backlog.activity.is_by_hand(event))
    return max(by_hand, default=item.created)


def _is_refinement(event: Event) -> bool:
    return event.what not in _WORK or event.stage is Stage.DROPPED
