"""The rule dependency-cycle."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import EMPTY, Backlog, Link, LinkKind, Stage
from backlint.order.dependencies import rings
from backlint.rule import BacklogRule, SeverityByBand, Verdict


def _waits_for(number: int) -> tuple[Link, ...]:
    return (Link(kind=LinkKind.BLOCKED_BY, target=f"example:{number}", key=f"SHOP-{number}"),)


class DependencyCycle(BacklogRule):
    """Open items block each other in a ring.

    None of them can be started, in whatever order they stand. One of the links is wrong, or one of the items is really
    two: remove the link that no longer holds, or split off the part that the others wait for. The ring named is a
    shortest one; where several share items, mending it shows the next.
    """

    is_timeless = True
    flags = (
        example(item(1, links=_waits_for(2), parent=EMPTY), item(2, links=_waits_for(1), parent=EMPTY)),
        example(*(item(n, links=_waits_for(n % 3 + 1), parent=EMPTY) for n in (1, 2, 3))),
    )
    passes = (
        example(item(1, links=_waits_for(2), parent=EMPTY), item(2, links=(), parent=EMPTY)),
        example(
            item(1, links=_waits_for(2), parent=EMPTY), item(2, links=_waits_for(1), parent=EMPTY, stage=Stage.DONE)
        ),
        example(
            item(1, links=_waits_for(2), parent="example:2"),
            item(2, links=_waits_for(1), parent=EMPTY),
            note="A parent waits for its parts; that is no ring.",
        ),
    )
    undecided = (example(item(1), item(2)),)

    severity: SeverityByBand = Field(default=Severity.ERROR, description="How much it matters.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Follow the blockers of open items round to where they began."""
        if backlog.open and all(it.links is None for it in backlog.open):
            yield Undecidable(missing="links between items")
        waits_for = {it.id: [blocker.id for blocker in backlog.open_blockers(it)] for it in backlog.open}
        for ring in rings(waits_for):
            items = [backlog.by_id[each] for each in ring]
            first = min(items, key=lambda it: (it.created, it.id))
            at = items.index(first)
            keys = [it.key for it in (*items[at:], *items[:at])]
            if any(it.parent is None for it in items):
                yield Undecidable(missing="parents", item_id=first.id)
                continue
            yield Fault(
                item_id=first.id,
                fact=_round(keys),
                limit="none of them can be started before the others are done",
                fix="Remove the link that no longer holds, or split off the part that the others wait for.",
                evidence={"ring": keys},
            )


def _round(keys: Sequence[str]) -> str:
    """Told of the first: "waits for B, B for C, and C for A"."""
    *rest, last = (f"{one} for {other}" for one, other in pairwise([*keys[1:], keys[0]]))
    return ", ".join([f"waits for {keys[1]}", *rest, f"and {last}"])
