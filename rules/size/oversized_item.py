"""The rule oversized-item."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median, quantiles

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Estimate, Item, Kind
from backlint.model.words import Unit
from backlint.rule import PLANNED_KINDS, ItemRule, SeverityByBand, Verdict
from backlint.text.sizing import signs_of_size

TEAM = tuple(item(number, estimate=Estimate(value=number % 5 + 1), body="Sorted.") for number in range(2, 40))
LONG = "\n".join(f"- [ ] Page {number}" for number in range(1, 14))


@dataclass(frozen=True, slots=True)
class Scale:
    """How large this team's items are: nine of ten are no larger than `high`, half no larger than `middle`."""

    high: float
    middle: float


class OversizedItem(ItemRule):
    """An item is too large to be finished in one go.

    Large items hide what they hold, wait longer, and are carried over. The estimate decides, against what this team
    itself calls large: above nine tenths of its estimates, and above several times its median.
    Without enough estimates to know the team's scale, a large number alone is only a hint, and so are many criteria,
    long lists, several stories in one text, or a text that calls itself an epic: two hints make a finding. Long titles
    and an "and" in a title were measured, and say nothing.
    """

    confidence = Confidence.MEDIUM
    is_timeless = True
    flags = (
        example(
            item(1, estimate=Estimate(value=40), body="All pages."), *TEAM, note="Above nine tenths of the team's."
        ),
        example(f"This epic covers all pages.\n\n{LONG}"),
        example(f"All pages:\n{LONG}", estimate=Estimate(value=20), note="Few estimates, so two hints are needed."),
    )
    passes = (
        example(item(1, estimate=Estimate(value=8), body="One page."), *TEAM),
        example("One page and its form.", estimate=Estimate(value=20), note="One hint alone."),
        example("Sort the list and show the total.", title="Sort the list and show the total and the date"),
    )
    undecided = (example(body=None),)

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.WARNING, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )
    kinds: frozenset[Kind] = Field(default=PLANNED_KINDS, description="The kinds of item it looks at.")
    smallest: float = Field(default=8, ge=0, description="An estimate up to this is never too large.")
    multiple: float = Field(default=3, gt=1, description="So many times the team's median is too large.")
    enough: int = Field(default=30, ge=2, description="So many estimated items show the team's scale.")
    fallback: float = Field(default=13, ge=0, description="Where the scale is not known, so much is a hint.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """The estimate is large for this team, or two hints agree."""
        size = item.estimate.value if isinstance(item.estimate, Estimate) else None
        unit = item.estimate.unit if isinstance(item.estimate, Estimate) else Unit.POINTS
        count, scale = backlog.once(_scales)[unit]
        scale = scale if count >= self.enough else None
        if size is not None and scale:
            limit = max(self.smallest, scale.high, self.multiple * scale.middle)
            if size > limit:
                yield self._too_large(item, limit)
                return
        if item.body is None:
            if size is None:
                yield Undecidable(missing="the item's text or an estimate")
            return
        signs = list(signs_of_size(item.title, backlog.text(item)))
        quotes = [quote for _, quote in signs]
        told = [sign for sign, _ in signs]
        if size is not None and not scale and size >= self.fallback:
            told.append(str(item.estimate))
        if len(told) > 1:
            yield Fault(
                fact=f"looks too large: {', '.join(told)}",
                fix="Split it: what could be delivered first, and would be of use alone?",
                part="text",
                evidence={"quotes": quotes or [item.title], "signs": told},
            )

    def _too_large(self, item: Item, limit: float) -> Fault:
        return Fault(
            fact=f"is estimated at {item.estimate}",
            limit=f"{limit:g}, from this team's own estimates",
            fix="Split it: what could be delivered first, and would be of use alone?",
            confidence=Confidence.HIGH,
            evidence={"quotes": [item.title], "limit": limit},
        )


def _scales(backlog: Backlog) -> dict[Unit, tuple[int, Scale | None]]:
    """How many items are estimated in each unit, and the scale that they show; zero is no size."""
    sizes: dict[Unit, list[float]] = {unit: [] for unit in Unit}
    for each in backlog:
        if isinstance(each.estimate, Estimate) and each.estimate.value > 0:
            sizes[each.estimate.unit].append(each.estimate.value)
    return {unit: (len(values), _scale(values)) for unit, values in sizes.items()}


def _scale(sizes: list[float]) -> Scale | None:
    if len(sizes) < 2:  # noqa: PLR2004 - one size has no tenths
        return None
    return Scale(high=quantiles(sizes, n=10, method="inclusive")[8], middle=median(sizes))
