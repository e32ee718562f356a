"""The rule missing-estimate."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import EMPTY, Backlog, Band, Estimate, Item, Kind
from backlint.rule import PLANNED_KINDS, ItemRule, SeverityByBand, Verdict


class MissingEstimate(ItemRule):
    """An item that is about to be planned has no estimate.

    Without one nobody can say whether it fits into the sprint, and planning turns into estimating. Estimate it in the
    next refinement; where the team cannot, that is worth knowing too: the item needs splitting or a spike. Spikes are
    not asked: their time box is their size. Far from the top an estimate would only grow old. A team that estimates
    hardly anything (less than a tenth of twenty items or more) does without, and is not asked either.
    """

    flags = (example(estimate=EMPTY),)
    passes = (example(estimate=Estimate(value=3)), example(estimate=EMPTY, kind=Kind.SPIKE))
    undecided = (
        example(estimate=None),
        example(*(item(n, estimate=EMPTY) for n in range(1, 31)), note="This team does not estimate."),
    )

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.WARNING, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )
    kinds: frozenset[Kind] = Field(default=PLANNED_KINDS - {Kind.SPIKE}, description="The kinds of item it looks at.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """The tracker has an estimate to fill, and it is not filled."""
        if item.estimate is None or not backlog.is_estimated:
            yield Undecidable(missing="estimates")
        elif item.estimate is EMPTY:
            yield Fault(
                fact="has no estimate",
                limit=f"what is planned {_when(backlog.band(item))} is estimated",
                fix="Estimate it in the next refinement, or split it if the team cannot.",
            )


def _when(band: Band | None) -> str:
    return "next" if band is Band.NEXT else "soon"
