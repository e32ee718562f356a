"""The rule endless-epic."""

from collections.abc import Iterator
from datetime import timedelta

from pydantic import Field

from backlint.example import ago, example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Item, Kind, Stage
from backlint.model.history import closed_at
from backlint.rule import WAITING, ItemRule, SeverityByBand, Verdict

_EPIC = item(1, kind=Kind.EPIC, created=ago(600))
_DONE = tuple(item(n, parent="example:1", stage=Stage.DONE, created=ago(500), closed=ago(60)) for n in (2, 3))
_NEW = tuple(item(n, parent="example:1", created=ago(50)) for n in range(4, 8))


class EndlessEpic(ItemRule):
    """An epic is old, and grows at least as fast as it is done.

    Such an epic has become a folder: nobody can say when its goal is reached, so nobody can decide that it is enough.
    Say what its first useful end is, close it there, and open another one for the rest.
    """

    flags = (example(_EPIC, *_DONE, *_NEW),)
    passes = (
        example(_EPIC, *_DONE, *_NEW[:1]),
        example(item(1, kind=Kind.EPIC, created=ago(100)), *_NEW, note="It is young."),
    )
    undecided = (example(_EPIC, item(2, parent="example:1", stage=Stage.DONE), *_NEW), example(_EPIC))

    severity: SeverityByBand = Field(default=Severity.INFO, description="How much it matters.")
    kinds: frozenset[Kind] = Field(
        default=frozenset({Kind.EPIC, Kind.INITIATIVE}), description="The kinds of item it looks at."
    )
    stages: frozenset[Stage] = Field(default=WAITING | {Stage.DOING}, description="The stages it looks at.")
    days: int = Field(default=365, ge=1, description="An epic younger than that is left alone.")
    window_days: int = Field(default=180, ge=1, description="Over how many of the last days growth is counted.")
    at_least_new: int = Field(default=3, ge=1, description="With fewer new items it does not grow.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Compare what was added to it lately with what was closed."""
        age = (backlog.now - item.created).days
        if age <= self.days:
            return
        children = backlog.children(item)
        if not children and not backlog.knows_parents:
            yield Undecidable(missing="parents")
            return
        since = backlog.now - timedelta(days=self.window_days)
        added = sum(child.created > since for child in children)
        closings = [closed_at(child) for child in children if not child.is_open]
        closed = sum(at is not None and at > since for at in closings)
        if added < self.at_least_new or added < closed:
            return
        if None in closings:
            yield Undecidable(missing="when items were closed")
        else:
            yield Fault(
                fact=f"is {age} days old and still grows: {added} items were added lately, and {closed} closed",
                limit=f"{self.days} days; more closed than added in {self.window_days}",
                fix="Say what its first useful end is, close it there, and open another epic for the rest.",
                evidence={"age_days": age, "added": added, "closed": closed},
            )
