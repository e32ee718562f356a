"""The rule missing-description."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item
from backlint.rule import ItemRule, SeverityByBand, Verdict


class MissingDescription(ItemRule):
    """An item has a title and nothing else.

    Whoever picks it up must find its author first, and often the author no longer remembers. Write two or three
    sentences: what is wanted, for whom, and why now.
    """

    flags = (example(""),)
    passes = (example("People want to log in with the account that they already have."),)
    undecided = (example(body=None),)

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.ERROR, Band.SOON: Severity.WARNING, Band.LATER: Severity.INFO},
        description="How much it matters, by band.",
    )

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Nothing was written below the title."""
        if item.body is None:
            yield Undecidable(missing="the item's text")
        elif backlog.text(item).is_empty:
            yield Fault(
                fact="has no description", fix="Say in two or three sentences what is wanted, for whom, and why."
            )
