"""The rule expired-waiver."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Fault, Severity
from backlint.model import Backlog, Item
from backlint.model.waivers import WaiverUse
from backlint.rule import SeverityByBand, Verdict, WaiverRule


class ExpiredWaiver(WaiverRule):
    """A waiver has come to its end.

    What was accepted for a time is asked for again: the waiver hides nothing any more. Mend what it covered, write a
    new date if the reason still holds, or take the line away where nothing is left to mend.
    """

    flags = (example("backlint: ignore[stale-item] waits for the audit until 2026-11-01"),)
    passes = (
        example("backlint: ignore[stale-item] waits for the audit until 2027-01-31"),
        example("backlint: ignore[stale-item] the law demands it"),
        example("backlint: ignore[stale-item] until 2026-11-22", note="Its last day is today."),
    )

    severity: SeverityByBand = Field(default=Severity.INFO, description="How much it matters.")

    def check(self, item: Item, use: WaiverUse, backlog: Backlog) -> Iterator[Verdict]:
        """Its last day is past."""
        del item
        waiver = use.waiver
        if waiver.until and waiver.is_over(backlog.now.date()):
            stands = use.findings or not use.is_judged
            yield Fault(
                fact=f"has a waiver that ended on {waiver.until}: {waiver}",
                fix="Mend what it covered, or write a new date."
                if stands
                else "Take it away: nothing is left to mend.",
                part=str(waiver),
                evidence={"until": waiver.until.isoformat(), "reason": waiver.reason, "by": waiver.by},
            )
