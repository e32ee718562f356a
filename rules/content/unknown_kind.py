"""The rule unknown-kind."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item, Kind
from backlint.rule import ItemRule, SeverityByBand, Verdict


class UnknownKind(ItemRule):
    """Nobody can tell what kind of work an item is.

    Each kind owes something else: a story its criteria, a bug its steps, a spike its question. Give the item a kind in
    the tracker. Where the tracker has a kind that backlint does not know, map it once in the configuration. A tracker
    that gives no item a kind is not held against its items.
    """

    flags = (
        example(title="Card payments", kind=Kind.UNKNOWN, kind_name="Wish"),
        example(item(1, kind=Kind.UNKNOWN), item(2, kind=Kind.BUG), note="The tracker has kinds; this item has none."),
    )
    passes = (example(kind=Kind.BUG),)
    undecided = (example(kind=Kind.UNKNOWN),)

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.WARNING, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )
    kinds: frozenset[Kind] = Field(default=frozenset({Kind.UNKNOWN}), description="The kinds of item it looks at.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """The kind is one that nobody mapped, or none in a project whose other items have one."""
        if item.kind_name:
            yield Fault(
                fact=f'is of the kind "{item.kind_name}", which backlint does not know',
                fix=f'Map "{item.kind_name}" to one of backlint\'s kinds in the configuration.',
                evidence={"kind_name": item.kind_name, "quotes": [item.title]},
            )
        elif item.project in backlog.once(_projects_with_kinds):
            yield Fault(
                fact="has no kind", fix="Give it a kind: story, bug, task, spike ...", evidence={"quotes": [item.title]}
            )
        else:
            yield Undecidable(missing="what kind of work each item is")


def _projects_with_kinds(backlog: Backlog) -> frozenset[str]:
    """The projects whose tracker says of some item what kind it is."""
    return frozenset(item.project for item in backlog if item.kind not in {Kind.UNKNOWN, Kind.SUBTASK})
