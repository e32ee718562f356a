"""The rule priority-inversion."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item, Priority
from backlint.order.inversions import Inversion, inversions
from backlint.rule import BacklogRule, SeverityByBand, Verdict

HIGHEST = Priority(level=1, name="Highest")
MEDIUM = Priority(level=3, name="Medium")
LOW = Priority(level=4, name="Low")


class PriorityInversion(BacklogRule):
    """An item stands on the wrong side of items whose priority is clearly different.

    Either the place or the priority is wrong, and until somebody says which, the team plans by one and everybody else
    expects the other. Only the fewest items that must move are named, not every pair that disagrees: move the item,
    or change its priority. Equal priorities are never an inversion, and neither are neighbouring ones: in one public
    Jira of 3,031 issues 19 % of all dependencies join neighbouring priorities the wrong way round, but only 2 % join
    priorities two apart.
    """

    is_timeless = True
    flags = (
        example(item(1, priority=LOW), item(2, priority=MEDIUM), item(3, priority=HIGHEST), item(4, priority=MEDIUM)),
        example(*(item(n, priority=LOW if n == 1 else HIGHEST) for n in range(1, 6)), note="One move, not four."),
    )
    passes = (
        example(item(1, priority=MEDIUM), item(2, priority=MEDIUM), item(3, priority=LOW), item(4, priority=MEDIUM)),
        example(item(1, priority=LOW), item(2), item(3, priority=LOW), note="What has no priority is not compared."),
    )
    undecided = (
        example(item(1), item(2)),
        example(item(1, rank=None, priority=LOW), item(2, rank=None, priority=HIGHEST)),
    )

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    neighbours: int = Field(default=1, ge=0, description="How many levels two priorities may differ without order.")
    within: Band = Field(
        default=Band.SOON, description="Only moves out of or into the bands down to this one: further down, who cares."
    )

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Compare the rank with the priority."""
        told = [(it, it.priority) for it in backlog.plannable if isinstance(it.priority, Priority)]
        if not backlog.plannable:
            if backlog.open:
                yield Undecidable(missing="the order of the backlog")
        elif not told and any(it.priority is None for it in backlog.plannable):
            yield Undecidable(missing="priorities")
        items = [it for it, _ in told]
        for found in inversions([priority.level for _, priority in told], self.neighbours):
            if any(self._is_near(backlog, it) for it in (items[found.index], items[found.beside])):
                yield _fault(found, items)

    def _is_near(self, backlog: Backlog, it: Item) -> bool:
        band = backlog.band(it)
        return band is not None and band.depth <= self.within.depth


def _fault(found: Inversion, items: Sequence[Item]) -> Fault:
    moved, beside = items[found.index], items[found.beside]
    where, what, change = ("below", "lower", "lower") if found.is_up else ("above", "higher", "raise")
    counted = "an item" if found.passes == 1 else f"{found.passes} items"
    return Fault(
        item_id=moved.id,
        fact=f"is {_named(moved)} and stands {where} {counted} of clearly {what} priority",
        limit=f"{beside.key} is {_named(beside)} and stands at rank {beside.rank}",
        fix=f"Move it {'above' if found.is_up else 'below'} {beside.key}, or {change} its priority.",
        evidence={
            "rank": moved.rank,
            "priority": _named(moved),
            "passes": found.passes,
            "beside": beside.key,
            "beside_rank": beside.rank,
            "beside_priority": _named(beside),
        },
    )


def _named(it: Item) -> str:
    return it.priority.name if isinstance(it.priority, Priority) else ""
