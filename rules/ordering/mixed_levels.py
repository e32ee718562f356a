"""The rule mixed-levels."""

from collections.abc import Collection, Iterator

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item, Kind
from backlint.rule import BacklogRule, SeverityByBand, Verdict

EPIC = item(2, kind=Kind.EPIC)


class MixedLevels(BacklogRule):
    """Epics are ranked among the stories that they contain.

    The same work stands in the list twice, once in large and once in pieces, and the place of the epic says nothing
    that the places of its stories do not say better. Order the pieces here and the epics on the roadmap. Counted only
    for epics with stories of theirs both above and below them, one of these near the top: a tracker that gives every
    epic some place at either end does no harm.
    """

    is_timeless = True
    flags = (example(item(1, parent="example:2"), EPIC, item(3, parent="example:2")),)
    passes = (
        example(
            item(1, parent="example:9"), item(3), item(9, kind=Kind.EPIC), note="It stands below all that it contains."
        ),
        example(item(1, parent="example:2"), item(2, kind=Kind.EPIC, rank=None), item(3, parent="example:2")),
    )
    undecided = (example(item(1), EPIC, item(3)), example(item(1, rank=None, parent="example:2"), EPIC))

    severity: SeverityByBand = Field(default=Severity.INFO, description="How much it matters.")
    within: Band = Field(default=Band.SOON, description="How far down it looks.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Look for epics that have children of theirs above and below them."""
        epics = [it for it in backlog.open if it.kind.contains_items]
        if epics and not backlog.plannable:
            yield Undecidable(missing="the order of the backlog")
        elif epics and all(it.parent is None for it in backlog.open):
            yield Undecidable(missing="parents")
        near = {it.id for it in backlog.through(self.within)}
        keys = [epic.key for epic in epics if _is_among(epic, backlog.children(epic), near)]
        if keys:
            stand = "an epic stands among its" if len(keys) == 1 else f"{len(keys)} epics stand among their"
            yield Fault(
                fact=f"{stand} own stories in the order: {', '.join(keys[:3])}",
                limit="an order is one of things that are planned; an epic is planned through its stories",
                fix="Order the stories here and the epics on the roadmap.",
                evidence={"epics": keys},
            )


def _is_among(epic: Item, children: Collection[Item], near: Collection[str]) -> bool:
    places = [child.rank for child in children if child.stage.is_waiting and child.rank is not None]
    is_near = any(child.id in near for child in children)
    return epic.rank is not None and is_near and bool(places) and min(places) < epic.rank < max(places)
