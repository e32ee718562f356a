"""The rule open-question."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item
from backlint.rule import ItemRule, SeverityByBand, Verdict
from backlint.text.questions import open_questions


class OpenQuestion(ItemRule):
    """A question stands in an item that is about to be planned, and nobody has answered it.

    The sprint then waits for the answer. Ask whoever knows, and write the answer below the question. Questions are
    found under a heading such as "Open questions", as "Q:" without an "A:", and after "TBD:".
    """

    confidence = Confidence.MEDIUM
    is_timeless = True
    flags = (
        example("Sort the list.\n\n## Open questions\n- Which order do guests see?"),
        example("Sort the list.\n\nTBD: what happens to items without a name?"),
        example("Q: Is it the same for guests?\nA: (x) Not answered"),
    )
    passes = (
        example("Sort the list.\n\n## Open questions\n- Which order do guests see?\n  - By name."),
        example("Q: Is it the same for guests?\nA: Yes."),
        example("Sort the list.\n\n## Open questions\nNone"),
        example("Why is the list not sorted? Nobody finds anything."),
    )
    undecided = (example(body=None),)

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.WARNING, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """At least one question has no answer."""
        if item.body is None:
            yield Undecidable(missing="the item's text")
            return
        found = list(open_questions(backlog.text(item)))
        if found:
            yield Fault(
                fact="has an open question" if len(found) == 1 else f"has {len(found)} open questions",
                fix="Ask whoever knows, and write the answer below the question.",
                evidence={"quotes": found[:3], "count": len(found)},
            )
