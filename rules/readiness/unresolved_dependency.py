"""The rule unresolved-dependency."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import EMPTY, Backlog, Band, Item, Link, LinkKind, Stage
from backlint.ready import waits_for
from backlint.rule import ItemRule, SeverityByBand, Verdict


def _foreign(stage: Stage | None) -> tuple[Link, ...]:
    return (Link(kind=LinkKind.BLOCKED_BY, target="other:7", key="PAY-7", stage=stage),)


class UnresolvedDependency(ItemRule):
    """An item about to be planned waits for something that this order does not bring first.

    The team would take it up and then wait: for another team, for an epic, for something that is in nobody's order, or
    for whatever made somebody raise the flag. Settle when the other thing comes, or plan something else. A blocker that
    stands higher in the same order, or is being worked on, is no obstacle; one that stands lower is told by
    blocked-above-blocker.
    """

    flags = (
        example(links=_foreign(Stage.BACKLOG), parent=EMPTY),
        example(flagged=True, links=(), parent=EMPTY),
    )
    passes = (
        example(links=_foreign(Stage.DONE), parent=EMPTY),
        example(
            item(1, links=()),
            item(
                2,
                parent=EMPTY,
                links=(Link(kind=LinkKind.BLOCKED_BY, target="example:1", key="SHOP-1"),),
                flagged=False,
            ),
        ),
    )
    undecided = (example(links=None), example(links=_foreign(None), parent=EMPTY))

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.WARNING, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Look at what it waits for outside the order, and at the flag."""
        obstacles = [each for each in waits_for(item, backlog) if not each.is_below]
        if item.links is None and not obstacles:
            yield Undecidable(missing="what blocks it")
        elif any(each.is_open is None for each in obstacles):
            yield Undecidable(missing="whether what blocks it is done")
        open_ones = [each.key for each in obstacles if each.is_open]
        if open_ones:
            more = f" and {len(open_ones) - 1} more" if len(open_ones) > 1 else ""
            yield Fault(
                fact=f"waits for {open_ones[0]}{more}, which nothing here brings first",
                limit="what is planned next waits for nothing that is not planned before it",
                fix=f"Settle when {open_ones[0]} will be done, or plan something else.",
                evidence={"waits_for": open_ones},
            )
        if item.flagged:
            yield Fault(
                part="flag",
                fact="is flagged as impeded",
                fix="Find out what the flag is about, and remove it or move the item down.",
            )
