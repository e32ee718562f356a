"""The rule unfilled-template."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item
from backlint.rule import ItemRule, SeverityByBand, Verdict
from backlint.text.leftovers import leftovers


class UnfilledTemplate(ItemRule):
    """A template's own words stand where the item's should.

    Readers learn to skip a text of which half is instructions, and miss the half that matters. Fill in the sections,
    or take them out; a section that does not apply may say "N/A". Comments that readers do not see are no fault, and
    neither is the `_No response_` of a form.
    """

    confidence = Confidence.MEDIUM
    is_timeless = True
    flags = (
        example("## Goal\nSort the list.\n\n## Proposal\n\n## Next steps"),
        example("Sort the list.\n\n### Possible fixes\n\n(If you can, link to the line of code that is responsible)"),
        example("Sort the list.\n\n## Acceptance criteria\n- [ ] ..."),
        example("Sort the list.\n\n## Definition of Ready\n- [ ] Weighted\n- [ ] Designed"),
    )
    passes = (
        example("## Goal\n<!-- Describe the goal. -->\nSort the list.\n\n## Proposal\nN/A"),
        example("### Version\n\n_No response_\n\n### What happened?\n\nThe list is not sorted."),
        example("Sort the list.\n\n## Definition of Ready\n- [x] Weighted\n- [x] Designed\n- [ ] Tested"),
    )
    undecided = (example(body=None),)

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.WARNING, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Something in the text waits to be replaced, removed or filled."""
        if item.body is None:
            yield Undecidable(missing="the item's text")
            return
        found = list(leftovers(backlog.text(item)))
        if found:
            sorts = list(dict.fromkeys(leftover.sort for leftover in found))
            yield Fault(
                fact=f"still has {' and '.join(sorts[:2])} of its template",
                fix="Fill in what is left of the template, or take it out.",
                evidence={"quotes": [leftover.quote for leftover in found[:3]], "count": len(found)},
            )
