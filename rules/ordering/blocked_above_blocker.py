"""The rule blocked-above-blocker."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import EMPTY, Backlog, Band, Item, Link, LinkKind, Stage
from backlint.rule import ItemRule, SeverityByBand, Verdict

WAITS_FOR_2 = (Link(kind=LinkKind.BLOCKED_BY, target="example:2", key="SHOP-2"),)


class BlockedAboveBlocker(ItemRule):
    """An item stands above the open item that blocks it.

    Planned in this order, the team takes up work that it cannot finish. Move the blocker up or the blocked item down,
    or remove the link if it is no longer true. A parent is never a blocker, and neither is an epic: both are done
    when what they contain is done. A blocker that somebody is working on is no question of order any more. Items that
    wait for each other in a ring are left to dependency-cycle: no order is right for them.
    """

    is_timeless = True
    flags = (example(item(1, links=WAITS_FOR_2, parent=EMPTY), item(2)),)
    passes = (
        example(item(3, links=WAITS_FOR_2, parent=EMPTY), item(2)),
        example(item(1, links=WAITS_FOR_2, parent=EMPTY), item(2, stage=Stage.DONE)),
        example(item(1, links=WAITS_FOR_2, parent="example:2"), item(2)),
    )
    undecided = (
        example(item(1, links=None)),
        example(item(1, links=WAITS_FOR_2, parent=EMPTY), item(2, rank=None)),
    )

    severity: SeverityByBand = Field(
        default={
            Band.NEXT: Severity.ERROR,
            Band.SOON: Severity.WARNING,
            Band.LATER: Severity.INFO,
        },
        description="How much it matters, by band.",
    )

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Compare the item's place with those of its blockers."""
        blockers = [it for it in backlog.open_blockers(item) if it.stage.is_waiting and not it.kind.contains_items]
        if item.links is None and not blockers:
            yield Undecidable(missing="what blocks it")
            return
        for blocker in blockers:
            if item.rank is None or blocker.rank is None:
                yield Undecidable(missing="the order of the backlog")
            elif blocker.rank > item.rank and not _wait_for_each_other(item, blocker, backlog):
                if item.parent is None and blocker.parent is None:
                    yield Undecidable(missing="parents")
                else:
                    yield _fault(item, blocker)


def _wait_for_each_other(item: Item, blocker: Item, backlog: Backlog) -> bool:
    seen = {blocker.id}
    todo = [blocker]
    while todo:
        for further in backlog.open_blockers(todo.pop()):
            if further.id == item.id:
                return True
            if further.id not in seen:
                seen.add(further.id)
                todo.append(further)
    return False


def _fault(item: Item, blocker: Item) -> Fault:
    return Fault(
        part=blocker.id,
        fact=f"stands above {blocker.key}, which blocks it",
        limit=f"a blocker stands above what it blocks; {blocker.key} is at rank {blocker.rank}, this at {item.rank}",
        fix=f"Move {blocker.key} above it, or remove the link if it is no longer true.",
        evidence={"rank": item.rank, "blocker": blocker.key, "blocker_rank": blocker.rank, "status": blocker.status},
    )
