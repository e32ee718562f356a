"""The rule moscow-inversion."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Estimate, Item, Moscow
from backlint.order.inversions import Inversion, inversions
from backlint.rule import BacklogRule, SeverityByBand, Verdict

PLACE = {moscow: place for place, moscow in enumerate(Moscow)}
NAMES = {Moscow.MUST: "a Must", Moscow.SHOULD: "a Should", Moscow.COULD: "a Could", Moscow.WONT: "a Won't"}


class MoscowInversion(BacklogRule):
    """A Could or a Won't stands above a Must, or nearly everything is a Must.

    If what must be done waits behind what could be done, one of the two words is wrong. And if more than 60 % of the
    effort is a Must, nothing is left to give up when the time runs short: that is what the classes are for (DSDM asks
    for at most 60 % Musts and about 20 % Coulds). Move the item or change its class. A Should above a Must, and a Could
    above a Should, are left to the team.
    """

    is_timeless = True
    flags = (
        example(item(1, moscow=Moscow.COULD), item(2, moscow=Moscow.MUST)),
        example(*(item(n, moscow=Moscow.MUST, estimate=Estimate(value=3)) for n in range(1, 11))),
    )
    passes = (
        example(item(1, moscow=Moscow.SHOULD), item(2, moscow=Moscow.MUST), item(3, moscow=Moscow.COULD)),
        example(item(1, moscow=Moscow.MUST, estimate=Estimate(value=3)), note="Too few to speak of a share."),
    )
    undecided = (example(item(1), item(2)),)

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    within: Band = Field(default=Band.SOON, description="Only moves out of or into the bands down to this one.")
    musts: float = Field(default=0.6, gt=0, le=1, description="The share of the effort that may be a Must.")
    many: int = Field(default=10, ge=1, description="How many classed and estimated items that takes.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Compare the rank with the class, and the Musts with the rest."""
        classed = [(it, it.moscow) for it in backlog.plannable if isinstance(it.moscow, Moscow)]
        if not classed:
            if any(it.moscow is None for it in backlog.open):
                yield Undecidable(missing="MoSCoW classes")
            return
        yield from self._musts([(it.estimate, moscow) for it, moscow in classed if isinstance(it.estimate, Estimate)])
        items = [it for it, _ in classed]
        for found in inversions([PLACE[moscow] for _, moscow in classed], slack=1):
            if any(self._is_near(backlog, items[at]) for at in (found.index, found.beside)):
                yield _fault(found, classed)

    def _is_near(self, backlog: Backlog, it: Item) -> bool:
        band = backlog.band(it)
        return band is not None and band.depth <= self.within.depth

    def _musts(self, sized: Sequence[tuple[Estimate, Moscow]]) -> Iterator[Fault]:
        effort = sum(estimate.value for estimate, moscow in sized if moscow is not Moscow.WONT)
        must = sum(estimate.value for estimate, moscow in sized if moscow is Moscow.MUST)
        if len(sized) >= self.many and must > self.musts * effort:
            yield Fault(
                part="musts",
                fact=f"{must / effort:.0%} of the estimated effort is a Must",
                limit=f"at most {self.musts:.0%}, so that something can be given up (DSDM)",
                fix="Ask of each Must what happens if it is left out; what has a way round is a Should.",
                evidence={"must": must, "effort": effort, "items": len(sized)},
            )


def _fault(found: Inversion, classed: Sequence[tuple[Item, Moscow]]) -> Fault:
    (moved, own), (beside, other) = classed[found.index], classed[found.beside]
    where = "below" if found.is_up else "above"
    more = f" and {found.passes - 1} more" if found.passes > 1 else ""
    return Fault(
        item_id=moved.id,
        fact=f"is {NAMES[own]} and stands {where} {beside.key}, {NAMES[other]}{more}",
        limit=f"{beside.key} stands at rank {beside.rank}",
        fix=f"Move it {'above' if found.is_up else 'below'} {beside.key}, or change its class.",
        evidence={"rank": moved.rank, "class": own.value, "passes": found.passes, "beside": beside.key},
    )
