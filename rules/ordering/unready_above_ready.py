"""The rule unready-above-ready."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band
from backlint.ready import CLEAR, DefinitionOfReady, readiness
from backlint.rule import BacklogRule, SeverityByBand, Verdict

SAYS_WHEN = "The price shows the tax.\n\n## Acceptance criteria\n- The tax stands below the price."


class UnreadyAboveReady(BacklogRule):
    """About to be planned, an item is not clear yet and stands above items that are.

    The top of a backlog is its most clearly defined part: planning goes from the top, stops at the first item that
    nobody can explain, and takes the next one anyway. Make it clear before planning, or let the others go first. What
    keeps it from being clear (no description, no acceptance criteria) the readiness rules say; this one is about the
    order alone, and only of the band that is planned next. Estimates and blockers are not asked here: an item may be
    clear whatever it costs.
    """

    confidence = Confidence.MEDIUM

    flags = (example("", SAYS_WHEN),)
    passes = (example(SAYS_WHEN, ""), example("", ""))
    undecided = (example(item(1), item(2)),)

    severity: SeverityByBand = Field(default={Band.NEXT: Severity.INFO}, description="How much it matters, by band.")
    ready: DefinitionOfReady = Field(default=CLEAR, description="What makes an item clear, by kind.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Compare each item of the next band with those below it."""
        coming = [it for it in backlog.plannable if backlog.band(it) is Band.NEXT]
        told = [(it, readiness(it, backlog, self.ready)) for it in coming]
        below: list[str] = []
        for it, known in reversed(told):
            if known.is_ready:
                below.append(it.key)
            elif not known.is_unready:
                yield Undecidable(missing="the item's text", item_id=it.id)
            elif below:
                more = f" and {len(below) - 1} more" if len(below) > 1 else ""
                yield Fault(
                    item_id=it.id,
                    fact=f"has {', '.join(known.lacks)} and stands above {below[-1]}{more}, which can be planned",
                    limit="what is planned next is the clearest part of the backlog",
                    fix=f"Make it clear before planning, or let {below[-1]} go first.",
                    evidence={"rank": it.rank, "lacks": list(known.lacks), "ready_below": below[::-1]},
                )
