"""The rule unused-waiver."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Fault, Severity
from backlint.model import Backlog, Item
from backlint.model.waivers import WaiverUse
from backlint.rule import SeverityByBand, Verdict, WaiverRule


class UnusedWaiver(WaiverRule):
    """A waiver hides nothing.

    What it covered was mended, or it names a rule that does not exist, or its end is no date. Left there, it will hide
    the next fault of that sort without anybody having accepted it. Take it away, or write it as it was meant. Whether a
    waiver hides anything is said only in a run that asked the rules that it names.
    """

    flags = (
        example("backlint: ignore[stale-itme] waits for the audit", note="No rule has that name."),
        example("backlint: ignore[stale-item] until 2026-13-01", note="There is no thirteenth month."),
    )
    passes = (
        example("backlint: ignore[stale-item] waits for the audit", note="This run did not ask stale-item."),
        example("Somebody wants it."),
    )

    severity: SeverityByBand = Field(default=Severity.INFO, description="How much it matters.")

    def check(self, item: Item, use: WaiverUse, backlog: Backlog) -> Iterator[Verdict]:
        """It covers no finding, or can't cover one."""
        del item
        waiver = use.waiver
        if use.unknown:
            names = ", ".join(use.unknown)
            yield _fault(
                use, f"waives {names}, and there is no such rule", "Write the rule's name as the report shows it."
            )
        elif waiver.unreadable:
            yield _fault(use, f"has a waiver until {waiver.unreadable}, which is no date", "Write a date: 2027-01-31.")
        elif use.is_judged and not use.findings and waiver.is_in_force(backlog.now.date()):
            yield _fault(use, f"has a waiver that hides nothing: {waiver}", "Take it away.")


def _fault(use: WaiverUse, fact: str, fix: str) -> Fault:
    return Fault(fact=fact, fix=fix, part=str(use.waiver), evidence={"reason": use.waiver.reason, "by": use.waiver.by})
