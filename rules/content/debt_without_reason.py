"""The rule debt-without-reason."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item, Kind
from backlint.rule import ItemRule, SeverityByBand, Verdict
from backlint.text.wording import gives_a_reason


class DebtWithoutReason(ItemRule):
    """Technical debt is to be paid back, and nobody says what it costs.

    Without its cost, debt loses against every feature, or wins against one that matters more. Say what it slows down,
    what it puts at risk, or what it makes impossible. Ward Cunningham's debt has interest: name it.
    """

    confidence = Confidence.LOW
    is_timeless = True
    flags = (
        example("Split it into two classes.", title="Refactor the basket", kind=Kind.DEBT),
        example("", title="Clean up the basket", kind=Kind.DEBT),
    )
    passes = (
        example(
            "Every change to it takes a day, because all of it is in one class.", title="Refactor it", kind=Kind.DEBT
        ),
        example("Version 2 is deprecated and gets no security fixes.", title="Update the library", kind=Kind.DEBT),
    )
    undecided = (example(title="Refactor the basket", body=None, kind=Kind.DEBT),)

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.INFO, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )
    kinds: frozenset[Kind] = Field(default=frozenset({Kind.DEBT}), description="The kinds of item it looks at.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Neither the title nor the text says why."""
        if item.body is None:
            yield Undecidable(missing="the item's text")
            return
        text = backlog.text(item)
        if not gives_a_reason(" ".join([item.title, *(line.text for line in text.said)])):
            yield Fault(
                fact="pays back debt without saying what it costs",
                fix="Say what it slows down, puts at risk, or makes impossible.",
                evidence={"quotes": [text.opening or item.title]},
            )
