"""The rule value-inversion."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import EMPTY, Backlog, Band, Framework, Item, Score
from backlint.order.agreement import kendall_tau
from backlint.order.inversions import Inversion, inversions
from backlint.rule import BacklogRule, SeverityByBand, Verdict
from backlint.value import FRAMEWORKS, STEPS, framework_in_use, level_of, value


def _rice(stored: float) -> Score:
    return Score(framework=Framework.RICE, stored=stored)


class ValueInversion(BacklogRule):
    """An item stands on the wrong side of items whose value score is clearly different.

    A team that scores its items has said what is most valuable; where the order says something else, either a score or
    a place is out of date. Only the fewest items that must move are named. A difference of less than a quarter is none:
    scores are made of guesses. Where place and score hardly agree at all, only that is said, of the backlog: then
    the order follows something else, and it is worth knowing what. Compares RICE, WSJF, ICE or cost of delay, whichever
    most items have. Where there is a good reason to differ, such as a date or a dependency, accept it on the item.
    """

    is_timeless = True
    flags = (
        example(item(1, score=_rice(90)), item(2, score=_rice(20)), item(3, score=_rice(80))),
        example(*(item(n, score=_rice(n * 10)) for n in range(1, 13)), note="The order is the reverse of the scores."),
    )
    passes = (
        example(item(1, score=_rice(90)), item(2, score=_rice(80)), item(3, score=_rice(95))),
        example(item(1, score=EMPTY), item(2, score=EMPTY)),
    )
    undecided = (example(item(1), item(2)), example(item(1, rank=None, score=_rice(90))))

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    clearly: float = Field(default=1.25, gt=1, description="How many times as much a clearly better score is.")
    within: Band = Field(default=Band.SOON, description="Only moves out of or into the bands down to this one.")
    agreement: float = Field(
        default=0.2,
        ge=-1,
        le=1,
        description="Kendall's tau below which place and score are said to agree hardly at all.",
    )
    many: int = Field(default=10, ge=2, description="How many scored items that takes.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Compare the rank with the score."""
        framework = framework_in_use(backlog.plannable)
        if framework is None:
            if not backlog.plannable and any(isinstance(it.score, Score) for it in backlog.open):
                yield Undecidable(missing="the order of the backlog")
            elif any(it.score is None for it in backlog.open):
                yield Undecidable(missing="value scores")
            return
        scored = [
            (it, worth)
            for it in backlog.plannable
            if isinstance(it.score, Score)
            and it.score.framework is framework
            and (worth := value(it.score)) is not None
        ]
        tau = kendall_tau((-(it.rank or 0), worth) for it, worth in scored)
        if tau is not None and tau < self.agreement and len(scored) >= self.many:
            yield _hardly_agrees(FRAMEWORKS[framework].name, tau, self.agreement, len(scored))
            return
        for found in inversions([level_of(worth, self.clearly) for _, worth in scored], STEPS):
            if any(_is_near(backlog, scored[at][0], self.within) for at in (found.index, found.beside)):
                yield _fault(found, scored, FRAMEWORKS[framework].name, tau)


def _is_near(backlog: Backlog, it: Item, within: Band) -> bool:
    band = backlog.band(it)
    return band is not None and band.depth <= within.depth


def _hardly_agrees(name: str, tau: float, least: float, scored: int) -> Fault:
    return Fault(
        part="agreement",
        fact=f"the order and the {name} scores hardly agree: Kendall's tau of {scored} items is {tau:.2f}",
        limit=f"{least:g} or more; 1 is full agreement, 0 none, -1 the reverse",
        fix="Say what the order follows, or score the next items again.",
        evidence={"tau": round(tau, 3), "scored": scored},
    )


def _fault(found: Inversion, scored: Sequence[tuple[Item, float]], name: str, tau: float | None) -> Fault:
    (moved, own), (beside, other) = scored[found.index], scored[found.beside]
    where, what = ("below", "less") if found.is_up else ("above", "more")
    counted = "an item" if found.passes == 1 else f"{found.passes} items"
    return Fault(
        item_id=moved.id,
        fact=f"has a {name} score of {own:g} and stands {where} {counted} of clearly {what} value",
        limit=f"{beside.key} has {other:g} and stands at rank {beside.rank}",
        fix=f"Move it {'above' if found.is_up else 'below'} {beside.key}, or score it again.",
        evidence={
            "rank": moved.rank,
            "score": own,
            "passes": found.passes,
            "beside": beside.key,
            "beside_rank": beside.rank,
            "beside_score": other,
            "tau": None if tau is None else round(tau, 3),
        },
    )
