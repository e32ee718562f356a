"""The rule unlikely-item."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from backlint.example import ago, example, happened
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Happening, Item
from backlint.rule import ItemRule, SeverityByBand, Verdict


class UnlikelyItem(ItemRule):
    """An item is older than the age past which this team's items hardly ever get done.

    Every item in a backlog is a promise that somebody reads again and again. Past a certain age next to none of them is
    kept. That age is looked up in the team's own past: of the items that were as old a year ago, no more than one in
    twenty was done since. Where the past is too short, it is two years, as measured on other teams' histories. An item
    that a person has touched lately is left alone. Close it with a kind word: what matters comes back.
    """

    flags = (example(created=ago(900), events=()),)
    passes = (
        example(created=ago(300), events=()),
        example(
            created=ago(900), events=(happened(Happening.COMMENTED, 20),), note="Somebody still cares about this one."
        ),
    )
    undecided = (example(created=ago(900), events=None),)

    confidence: ClassVar[Confidence] = Confidence.MEDIUM

    severity: SeverityByBand = Field(default=Severity.INFO, description="How much it matters.")
    cared_for_days: int = Field(
        default=90, ge=0, description="An item that a person touched within so many days is left alone."
    )

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Older than what gets done, and nobody has touched it lately."""
        age = (backlog.now - item.created).days
        limit = backlog.history.unlikely_age
        if limit is None or age <= limit.value:
            return
        quiet = backlog.quiet_for(item)
        if quiet is None:
            yield Undecidable(missing="the item's history")
        elif backlog.history.lacks_dates:
            yield Undecidable(missing="when items were closed")
        elif quiet.days > self.cared_for_days:
            yield Fault(
                fact=f"is {age} days old, an age at which items are hardly ever done",
                limit=f"{limit.value:g} days: {limit.origin}",
                fix="Close it, or say what has changed so that it will be done now.",
                evidence={"age_days": age, "limit_days": limit.value, "quiet_days": quiet.days, "own_cases": limit.n},
            )
