"""The rule missing-description."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item
from backlint.rule import ItemRule, SeverityByBand, Verdict


class MissingDescription(ItemRule):
    """An item has a title, and nothing else that somebody wrote for it.

    Whoever picks it up must find its author first, and often the author no longer remembers. Write two or three
    sentences: what is wanted, for whom, and why now. A template that nobody filled in is no description; which lines
    are a project's template is learned from its items.
    """

    is_timeless = True
    flags = (
        example(""),
        example("<!-- Describe the problem. -->\n"),
        example("## Problem\n\n_No response_\n\n## Solution\n\nTBD"),
        example(
            "Is this a bug? Make sure to use the Bug template above and be as detailed in your report as possible."
        ),
    )
    passes = (
        example("People want to log in with the account that they already have."),
        example("![the broken page](https://tracker.example/1.png)"),
        example("## Problem\n\nLogging in takes a minute.\n\n## Solution\n\nTBD"),
    )
    undecided = (example(body=None),)

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.ERROR, Band.SOON: Severity.WARNING, Band.LATER: Severity.INFO},
        description="How much it matters, by band.",
    )

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Nothing was written below the title, or nothing but a template."""
        if item.body is None:
            yield Undecidable(missing="the item's text")
            return
        text = backlog.text(item)
        if text.is_empty:
            yield Fault(
                fact="has no description",
                fix="Say in two or three sentences what is wanted, for whom, and why.",
                evidence={"quotes": [item.title]},
            )
        elif not backlog.is_described(item):
            yield Fault(
                fact="has a template that nobody filled in for its description",
                fix="Replace the template's words by what is wanted, for whom, and why.",
                confidence=Confidence.MEDIUM,
                evidence={"quotes": [text.opening]},
            )
