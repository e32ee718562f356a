"""The rule unscored-item."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import EMPTY, Backlog, Band, Framework, Score
from backlint.rule import BacklogRule, SeverityByBand, Verdict
from backlint.value import FRAMEWORKS, framework_in_use, value

SCORED = Score(framework=Framework.RICE, stored=40)


class UnscoredItem(BacklogRule):
    """The team scores its items, and one near the top has no score.

    It got its place some other way, and nobody can hold it against its neighbours. Score it, or say why it needs none.
    Asked only where a framework is really in use: where a fifth of the waiting items have a score.
    """

    flags = (example(item(1, score=SCORED), item(2, score=EMPTY), item(3, score=SCORED)),)
    passes = (
        example(item(1, score=SCORED), item(2, score=SCORED)),
        example(item(1, score=EMPTY), item(2, score=EMPTY), note="No framework is in use."),
    )
    undecided = (example(item(1), item(2)), example(item(1, score=SCORED), item(2)))

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.WARNING, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )
    in_use: float = Field(
        default=0.2, gt=0, le=1, description="The share of scored items that shows a framework in use."
    )

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Look for the gaps in the scores."""
        asked = backlog.plannable
        if asked and all(it.score is None for it in asked):
            yield Undecidable(missing="value scores")
            return
        framework = framework_in_use(asked)
        scored = sum(isinstance(it.score, Score) and value(it.score) is not None for it in asked)
        if framework is None or scored < self.in_use * len(asked):
            return
        for it in asked:
            if it.score is None:
                yield Undecidable(missing="value scores", item_id=it.id)
            elif it.score is EMPTY or value(it.score) is None:
                name = FRAMEWORKS[framework].name
                yield Fault(
                    item_id=it.id,
                    fact=f"has no {name} score",
                    limit=f"{scored} of {len(asked)} waiting items have one",
                    fix="Score it, or move it to where it needs none.",
                )
