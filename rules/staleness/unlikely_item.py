"""The rule unlikely-item."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from pydantic import Field

from backlint.example import ago, example, happened, item
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Happening, Item
from backlint.rule import PLANNED_KINDS, BacklogRule, SeverityByBand, Verdict

TOLD = 50
"""So many keys are enough to begin with; the rest is found by age."""


class UnlikelyItem(BacklogRule):
    """Items are older than the age past which this team's items hardly ever get done.

    Every item in a backlog is a promise that somebody reads again and again. Past a certain age next to none of them is
    kept. That age is looked up in the team's own past: of the items that were as old a year ago, no more than one in
    twenty was done since. Where the past is too short, it is two years, as measured on other teams' histories. An item
    that a person has touched lately is left alone. Close them together, with a kind word: what matters comes back.
    (Looked at from eight past moments of 3,031 real histories, 3 % of what this rule named was done within a year; of
    all that was open, 17 %.)
    """

    flags = (example(*(item(number, created=ago(800 + number), events=()) for number in range(1, 8))),)
    passes = (
        example(*(item(number, created=ago(300 + number), events=()) for number in range(1, 8))),
        example(
            *(
                item(number, created=ago(800 + number), events=(happened(Happening.COMMENTED, 20 + number),))
                for number in range(1, 8)
            ),
            note="Somebody still cares about these.",
        ),
        example(item(1, created=ago(900), events=()), note="One is no burden."),
    )
    undecided = (example(*(item(number, created=ago(800 + number), events=None) for number in range(1, 8))),)

    confidence: ClassVar[Confidence] = Confidence.MEDIUM

    severity: SeverityByBand = Field(default=Severity.INFO, description="How much it matters.")
    at_most: int = Field(default=5, ge=0, description="How many such items may wait.")
    cared_for_days: int = Field(
        default=90, ge=0, description="An item that a person touched within so many days is left alone."
    )

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Count what is older than what gets done, and what nobody has touched lately."""
        limit = backlog.history.unlikely_age
        if limit is None:
            return
        waiting = [item for item in backlog.open if item.stage.is_waiting and item.kind in PLANNED_KINDS]
        left = self.unlikely(waiting, backlog)
        if len(left) <= self.at_most:
            return
        if any(item.events is None for item in left):
            yield Undecidable(missing="the items' histories")
        elif backlog.history.lacks_dates:
            yield Undecidable(missing="when items were closed")
        else:
            yield Fault(
                fact=f"{len(left)} of {len(waiting)} waiting items are at an age at which items are hardly ever done",
                limit=f"{limit.value:g} days: {limit.origin}",
                fix=f"Close them together, with a kind word; the eldest is {left[0].key}.",
                evidence={
                    "keys": [item.key for item in left[:TOLD]],
                    "count": len(left),
                    "of": len(waiting),
                    "limit_days": limit.value,
                    "own_cases": limit.n,
                },
            )

    def unlikely(self, waiting: Iterable[Item], backlog: Backlog) -> list[Item]:
        """Those that are too old and uncared for, the eldest first."""
        limit = backlog.history.unlikely_age
        old = [item for item in waiting if limit and (backlog.now - item.created).days > limit.value]
        left = [item for item in old if not self._is_cared_for(item, backlog)]
        return sorted(left, key=lambda item: (item.created, item.id))

    def _is_cared_for(self, item: Item, backlog: Backlog) -> bool:
        quiet = backlog.quiet_for(item)
        return quiet is not None and quiet.days <= self.cared_for_days
