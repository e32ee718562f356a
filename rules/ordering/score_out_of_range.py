"""The rule score-out-of-range."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Framework, Item, Score
from backlint.rule import ItemRule, SeverityByBand, Verdict
from backlint.value import FRAMEWORKS, out_of_scale


class ScoreOutOfRange(ItemRule):
    """An input of the value score is outside its scale.

    An effort of zero makes a score endless, an impact of 30 on a scale up to 3 puts the item above all others, and
    nobody notices that it was a slip. Correct the input. The scales are those of the frameworks' authors: impact 0.25
    to 3 for RICE, 1 to 10 for ICE, 1 to 20 for WSJF.
    """

    flags = (
        example(
            score=Score(
                framework=Framework.RICE, inputs={"reach": 100.0, "impact": 30.0, "confidence": 0.8, "effort": 0.0}
            )
        ),
    )
    passes = (
        example(
            score=Score(
                framework=Framework.RICE, inputs={"reach": 100.0, "impact": 3.0, "confidence": 80.0, "effort": 0.5}
            )
        ),
    )
    undecided = (example(score=None),)

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Hold each input against its scale."""
        del backlog
        if item.score is None:
            yield Undecidable(missing="value scores")
        elif isinstance(item.score, Score):
            name = FRAMEWORKS[item.score.framework].name
            for told, given, scale in out_of_scale(item.score):
                yield Fault(
                    part=told,
                    fact=f"has a {name} {told} of {given:g}",
                    limit=f"{scale}, by the framework",
                    fix=f"Correct the {told}, and reckon the score again.",
                    evidence={"input": told, "value": given, "scale": str(scale)},
                )
