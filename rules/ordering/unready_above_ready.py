"""The rule unready-above-ready."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item
from backlint.order.inversions import Inversion, inversions
from backlint.ready import CLEAR, DefinitionOfReady, Readiness, readiness
from backlint.rule import BacklogRule, SeverityByBand, Verdict

SAYS_WHEN = "The price shows the tax.\n\n## Acceptance criteria\n- The tax stands below the price."


class UnreadyAboveReady(BacklogRule):
    """About to be planned, an item is clear and stands below items that are not, or the other way round.

    The top of a backlog is its most clearly defined part: planning goes from the top, stops at the first item that
    nobody can explain, and takes the next one anyway. Let the clear ones go first, or make the others clear before
    planning. What an item lacks (a description, acceptance criteria) the readiness rules say; this one is about the
    order alone, of the band that is planned next, and names the fewest items whose move mends it. Estimates and
    blockers are not asked: an item may be clear whatever it costs.
    """

    confidence = Confidence.MEDIUM
    is_timeless = True

    flags = (example("", SAYS_WHEN), example("", "", "", SAYS_WHEN, note="One finding: it is the last that moves."))
    passes = (example(SAYS_WHEN, ""), example("", ""))
    undecided = (example(item(1), item(2)), example(item(1, rank=None)))

    severity: SeverityByBand = Field(default={Band.NEXT: Severity.INFO}, description="How much it matters, by band.")
    ready: DefinitionOfReady = Field(default=CLEAR, description="What makes an item clear, by kind.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Put what is clear before what is not, with the fewest moves."""
        bands = [backlog.band(it) for it in backlog.plannable]
        if None in bands or (backlog.open and not bands):
            yield Undecidable(missing="the order of the backlog")
            return
        coming = [it for it, band in zip(backlog.plannable, bands, strict=True) if band is Band.NEXT]
        told = [(it, readiness(it, backlog, self.ready)) for it in coming]
        for it, known in told:
            if not known.is_ready and not known.is_unready:
                yield Undecidable(missing="the item's text", item_id=it.id)
        decided = [(it, known) for it, known in told if known.is_ready or known.is_unready]
        for found in inversions([int(known.is_unready) for _, known in decided]):
            (moved, known), (beside, _) = decided[found.index], decided[found.beside]
            yield _let_go_first(moved, beside, found) if found.is_up else _not_yet(moved, beside, known, found)


def _let_go_first(moved: Item, beside: Item, found: Inversion) -> Fault:
    return Fault(
        item_id=moved.id,
        fact=f"is clear, and stands below {_counted(found.passes)} not",
        limit="what is planned next is the clearest part of the backlog",
        fix=f"Let it go first, above {beside.key}, or make those above it clear before planning.",
        evidence={"rank": moved.rank, "passes": found.passes, "beside": beside.key},
    )


def _not_yet(moved: Item, beside: Item, known: Readiness, found: Inversion) -> Fault:
    return Fault(
        item_id=moved.id,
        fact=f"has {' and '.join(known.lacks)}, and stands above {_counted(found.passes)} clear",
        limit="what is planned next is the clearest part of the backlog",
        fix=f"Make it clear before planning, or let {beside.key} go first.",
        evidence={"rank": moved.rank, "lacks": list(known.lacks), "passes": found.passes, "beside": beside.key},
    )


def _counted(passes: int) -> str:
    return "one that is" if passes == 1 else f"{passes} items that are"
