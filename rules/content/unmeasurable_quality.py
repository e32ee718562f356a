"""The rule unmeasurable-quality."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item, Kind
from backlint.rule import ItemRule, SeverityByBand, Verdict
from backlint.text.wording import quality_named


class UnmeasurableQuality(ItemRule):
    """An item asks for more speed, safety or ease, and gives no number.

    "Faster" is never done. Say how it is today, how it shall be, and how it is measured: "The list opens within 2 s for
    10,000 items; today 9 s". ISO/IEC 25010 names the qualities; Gilb's Planguage is the longer form of such a sentence.
    """

    confidence = Confidence.MEDIUM
    is_timeless = True
    flags = (
        example("The list should be faster.", title="Improve the performance of the list", kind=Kind.QUALITY),
        example("Guests complain.", title="Improve scalability", kind=Kind.QUALITY),
    )
    passes = (
        example(
            "The list opens within 2 s; today 9 s.", title="Improve the performance of the list", kind=Kind.QUALITY
        ),
        example("Show the list.", title="List of guests"),
    )
    undecided = (example(title="Improve the performance of the list", body=None, kind=Kind.QUALITY),)

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.INFO, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )
    kinds: frozenset[Kind] = Field(default=frozenset({Kind.QUALITY}), description="The kinds of item it looks at.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Neither the title nor the text nor the criteria hold a number."""
        criteria = backlog.criteria(item)
        if criteria is None or item.body is None:
            yield Undecidable(missing="the item's text")
            return
        text = backlog.text(item)
        told = [item.title, *(line.text for line in text.said), *(line.text for line in criteria.statements)]
        if any(char.isdigit() for words in told for char in words):
            return
        quality = quality_named(" ".join(told))
        about = f'"{quality}"' if quality else "a quality"
        yield Fault(
            fact=f"asks for {about} and gives no number",
            fix="Say how it is today, how it shall be, and how it is measured.",
            evidence={"quotes": [item.title]},
        )
