"""The rule untracked-work."""

from collections.abc import Iterator
from datetime import timedelta

from pydantic import Field

from backlint.example import ago, example, happened, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Happening, Item, Kind, Stage
from backlint.model.history import spells
from backlint.rule import PLANNED_KINDS, BacklogRule, SeverityByBand, Verdict

AT_ONCE = timedelta(hours=1)


def _finished(number: int, waited_days: float) -> Item:
    begun = happened(Happening.STAGED, 10, stage=Stage.DOING)
    done = happened(Happening.STAGED, 5, stage=Stage.DONE)
    return item(number, rank=None, stage=Stage.DONE, created=ago(10 + waited_days), closed=ago(5), events=(begun, done))


class UntrackedWork(BacklogRule):
    """Work is begun or finished without ever having stood in the backlog.

    An item that is written down in the hour in which its work begins was decided elsewhere: nobody weighed it against
    what was waiting. Now and then that is right, and for bugs and operations it is the rule, so that they are not
    counted; where it is a third of what gets done, the backlog is not the list of all the work. Ask who asks for it,
    and bring that into the backlog. (What was merged without any item stands in no tracker, and can't be seen here.)
    """

    flags = (example(*(_finished(n, 0.01) for n in range(1, 8)), *(_finished(n, 20) for n in range(8, 13))),)
    passes = (example(*(_finished(n, 20) for n in range(1, 13))), example(*(_finished(n, 0.01) for n in range(1, 4))))
    undecided = (
        example(*(item(n, rank=None, stage=Stage.DONE, closed=ago(5), events=None) for n in range(1, 13))),
        example(*(item(n, rank=None, stage=Stage.DONE, events=None) for n in range(1, 13))),
    )

    severity: SeverityByBand = Field(default=Severity.INFO, description="How much it matters.")
    kinds: frozenset[Kind] = Field(
        default=PLANNED_KINDS - {Kind.BUG, Kind.OPERATION}, description="The kinds of item that should be planned."
    )
    weeks: int = Field(default=12, ge=1, description="Over how many of the last weeks finished items are looked at.")
    at_most: float = Field(default=0.33, ge=0, le=1, description="Which share may be begun when it is written down.")
    at_least_items: int = Field(
        default=10, ge=1, description="With fewer finished items there is no share to speak of."
    )

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Compare when items were created with when work on them began."""
        if backlog.history.lacks_dates:
            yield Undecidable(missing="when items were closed")
            return
        done = [item for item in backlog.history.done_within(timedelta(weeks=self.weeks)) if item.kind in self.kinds]
        if len(done) < self.at_least_items:
            return
        if any(item.events is None for item in done):
            yield Undecidable(missing="the items' histories")
            return
        at_once = [item for item in done if _began_at_once(item)]
        if len(at_once) > self.at_most * len(done):
            yield Fault(
                fact=f"{len(at_once)} of {len(done)} finished items were begun as soon as they were written down",
                limit=f"{self.at_most:.0%} of what was finished in {self.weeks} weeks",
                fix="Ask where that work comes from, and let it stand in the backlog before it is begun.",
                evidence={"at_once": [item.key for item in at_once[:20]], "done": len(done)},
            )


def _began_at_once(item: Item) -> bool:
    left = [spell.start for spell in spells(item) if not spell.stage.is_waiting]
    return bool(left) and left[0] - item.created < AT_ONCE
