"""The rule missing-acceptance-criteria."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item, Kind
from backlint.rule import ItemRule, SeverityByBand, Verdict
from backlint.text import Text, Topic
from backlint.text.failures import CLEAR, failure_score
from backlint.text.lines import ITEM

WITH_CRITERIA = frozenset({Kind.STORY, Kind.TASK, Kind.DEBT, Kind.QUALITY, Kind.OPERATION, Kind.UNKNOWN, Kind.BUG})
CALLED_A_BUG = 1
"""How much the tracker's word counts against the text's: a bug that tells no failure is a request misnamed."""


class MissingAcceptanceCriteria(ItemRule):
    """An item about to be planned does not say when it is done.

    The team then finds out in review what it should have settled in refinement. Write a short list under a heading
    such as "Acceptance criteria", or describe the behaviour with Given, When and Then. A heading with nothing below
    it, `TBD`, the template's own sample and a Definition of Ready are no criteria.

    Of 173 features and tasks drawn at random from real trackers, 15 % had criteria: so the rule speaks only about
    what is near the top. A report of a failure owes steps and the expected behaviour instead; see `bug-report`.
    """

    is_timeless = True
    flags = (
        example("People want to log in with the account that they already have."),
        example("## Acceptance criteria\n\n- [ ] ...\n\n## Notes\nAsk Robin."),
        example(
            "- Show the total\n- Round it to cents\n- Add the currency",
            note="Wishes, but nothing tells when it is done.",
        ),
        example("## Definition of Ready\n- [ ] Acceptance criteria\n- [ ] Estimate"),
    )
    passes = (
        example("## Acceptance criteria\n- [ ] A wrong password shows an error."),
        example("**:white\\_check\\_mark: Acceptance criteria**\n\n1. The list is sorted by name."),
        example("Given a full basket\nWhen I pay\nThen I see the receipt."),
        example("COS: - The label is shown - It cannot be removed"),
        example("## Akzeptanzkriterien\n- Ein falsches Passwort zeigt eine Meldung."),
        example("Log in.", criteria="- A wrong password shows an error."),
        example("The list crashes with an error.", kind=Kind.BUG, title="Crash in the list"),
    )
    undecided = (example(body=None),)

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.WARNING, Band.SOON: Severity.INFO},
        description="How much it matters, by band.",
    )
    kinds: frozenset[Kind] = Field(default=WITH_CRITERIA, description="The kinds of item it looks at.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Nothing tells when the item is done; a list of wishes is said apart from none at all."""
        if backlog.has_criteria(item):
            return
        criteria = backlog.criteria(item)
        if criteria is None:
            yield Undecidable(missing="the item's text")
            return
        text = backlog.text(item)
        if self._reports_a_failure(item, text):
            return
        wishes = _wishes(text)
        if criteria.heading:
            fact, quotes = f'has nothing below "{criteria.heading}"', [criteria.quote]
        elif wishes:
            fact, quotes = f"lists {len(wishes)} things to do, and not how to tell that they are done", wishes[:3]
        else:
            fact, quotes = "has no acceptance criteria", [text.opening or item.title]
        yield Fault(
            fact=fact,
            fix='Add a list under "Acceptance criteria": what will be seen to work when it is done.',
            part="wishes only" if wishes and not criteria.heading else "",
            confidence=Confidence.MEDIUM if wishes else None,
            evidence={"quotes": quotes},
        )

    def _reports_a_failure(self, item: Item, text: Text) -> bool:
        if item.kind not in {Kind.BUG, Kind.UNKNOWN}:
            return False
        prior = CALLED_A_BUG if item.kind is Kind.BUG else 0
        return failure_score(item.title, text) + prior >= CLEAR


def _wishes(text: Text) -> list[str]:
    """List items outside the sections that tell of something else; two or more are a list of wishes."""
    others = text.about(Topic.STEPS, Topic.ACTUAL, Topic.ENVIRONMENT, Topic.READY, Topic.QUESTIONS)
    other = {line for section in others for line in section.lines}
    listed = [line.text for line in text.said if line.mark is ITEM and line not in other]
    return listed if len(listed) > 1 else []
