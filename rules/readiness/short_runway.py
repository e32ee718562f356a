"""The rule short-runway."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import EMPTY, Backlog, Estimate, Item, Pace
from backlint.ready import DefinitionOfReady, readiness
from backlint.rule import BacklogRule, SeverityByBand, Verdict


def _ready(number: int) -> Item:
    body = f"Price list {number} shows the tax.\n\n## Acceptance criteria\n- Each price of list {number} shows its tax."
    return item(number, body=body, estimate=Estimate(value=5), links=(), parent=EMPTY)


class ShortRunway(BacklogRule):
    """The ready work at the top would not fill the coming sprints, or would fill far too many.

    With less than two sprints of ready work, one surprise leaves the team without anything to take up, and refinement
    is done in a hurry the day before planning. With more than six, work was refined that will be out of date before its
    turn comes. Ready work is counted at the team's pace; items that are not ready are left out wherever they stand.
    """

    is_timeless = True
    flags = (
        example(*(_ready(n) for n in range(1, 3)), item(3, body="", estimate=EMPTY), velocity=20),
        example(*(_ready(n) for n in range(1, 41)), velocity=20, note="Ten sprints of refined work."),
    )
    passes = (example(*(_ready(n) for n in range(1, 13)), velocity=20),)
    undecided = (example(*(_ready(n) for n in range(1, 13))), example(item(1), velocity=20))

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    least: float = Field(default=2, ge=0, description="Sprints of ready work that there should be.")
    most: float = Field(default=6, gt=0, description="Sprints of ready work beyond which it grows old.")
    ready: DefinitionOfReady = Field(default=DefinitionOfReady(), description="What makes an item ready, by kind.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Add up what surely is ready, and what may be as far as the tracker shows."""
        pace, sizes = backlog.pace, backlog.work
        if not backlog.plannable:
            if backlog.open:
                yield Undecidable(missing="the order of the backlog")
            return
        if pace is None or sizes is None:
            yield Undecidable(missing="the team's velocity" if pace is None else "estimates")
            return
        told = [(sizes[it.id], readiness(it, backlog, self.ready)) for it in backlog.plannable]
        surely = sum(size for size, known in told if known.is_ready) / pace.per_sprint
        perhaps = sum(size for size, known in told if not known.is_unready) / pace.per_sprint
        items = sum(not known.is_unready for _, known in told)
        if perhaps < self.least:
            yield _short(perhaps, items, self.least, pace)
        elif surely > self.most:
            last = [it.rank for it, (_, known) in zip(backlog.plannable, told, strict=True) if known.is_ready][-1]
            yield _long(surely, last, self.most, pace)


def _short(sprints: float, items: int, least: float, pace: Pace) -> Fault:
    counted = "1 item is" if items == 1 else f"{items} items are"
    return Fault(
        part="short",
        fact=f"{counted} ready, which is {sprints:.1f} sprints of work",
        limit=f"{least:g} sprints, at {pace}, {pace.origin}",
        fix="Refine from the top: `backlint ready` says what each item lacks.",
        evidence={"sprints": round(sprints, 2), "items": items, "velocity": pace.per_sprint},
    )


def _long(sprints: float, last: int | None, most: float, pace: Pace) -> Fault:
    return Fault(
        part="long",
        confidence=Confidence.LOW,
        fact=f"{sprints:.0f} sprints of work are ready, down to rank {last}",
        limit=f"{most:g} sprints, at {pace}, {pace.origin}",
        fix="Refine less, and later: what is refined now will have changed before its turn comes.",
        evidence={"sprints": round(sprints, 2), "velocity": pace.per_sprint},
    )
