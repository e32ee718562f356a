"""The rule score-drift."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Framework, Item, Score
from backlint.rule import ItemRule, SeverityByBand, Verdict
from backlint.value import FRAMEWORKS, computed


def _rice(stored: float | None, **inputs: float) -> Score:
    return Score(framework=Framework.RICE, stored=stored, inputs=inputs)


class ScoreDrift(ItemRule):
    """The score that the tracker shows is not what its inputs give.

    Somebody changed an input and not the score, or the score by hand. The order follows a number that nobody can
    explain any more: reckon it again, or correct the input. Usual ways to read a framework are all accepted: a
    confidence as a share or in percent, an ICE score as a product or an average.
    """

    flags = (example(score=_rice(900, reach=100, impact=2, confidence=0.8, effort=4)),)
    passes = (
        example(score=_rice(40, reach=100, impact=2, confidence=0.8, effort=4)),
        example(score=_rice(40, reach=100, impact=2, confidence=80, effort=4)),
        example(score=_rice(40)),
        example(score=_rice(None, reach=100, impact=2, confidence=0.8, effort=4)),
    )
    undecided = (example(score=None),)

    severity: SeverityByBand = Field(default=Severity.INFO, description="How much it matters.")
    tolerance: float = Field(default=0.05, ge=0, lt=1, description="The share by which the two may differ.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Compute the score, and compare."""
        del backlog
        if item.score is None:
            yield Undecidable(missing="value scores")
        if not isinstance(item.score, Score) or item.score.stored is None:
            return
        made = computed(item.score)
        if made and not made.agrees_with(item.score.stored, self.tolerance):
            formula = FRAMEWORKS[item.score.framework]
            yield Fault(
                fact=f"shows a {formula.name} score of {item.score.stored:g}, and its inputs give {made.value:g}",
                limit=formula.source,
                fix="Reckon the score again, or correct the input that is wrong.",
                evidence={"stored": item.score.stored, "computed": made.value, "inputs": dict(item.score.inputs)},
            )
