"""The rule untestable-criteria."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item
from backlint.rule import ItemRule, SeverityByBand, Verdict
from backlint.text import Line
from backlint.text.lines import WORDS
from backlint.text.wording import is_task, open_word


class UntestableCriteria(ItemRule):
    """An item's acceptance criteria do not let anyone tell whether it is done.

    "The page loads fast" is true for its author and false for its reader; "write tests" is a task, and says nothing of
    what will then be seen. Say what a person will see, with a number where the word is one of degree. What rests on a
    list of words is right more often than not, and no more (Femmer et al. 2017: 59 %): so this is only information.
    """

    confidence = Confidence.LOW
    is_timeless = True
    flags = (
        example("## Acceptance criteria\n- The page loads fast\n- It is easy to use"),
        example("## Acceptance criteria\n- [ ] Write tests\n- [ ] Update the storybook component"),
    )
    passes = (
        example("## Acceptance criteria\n- The page loads within 2 seconds\n- A guest finds the basket in one click"),
        example("## Acceptance criteria\n- [ ] Write tests\n- [ ] A wrong password shows an error"),
        example("People want to log in.", note="No criteria at all: that is missing-acceptance-criteria."),
    )
    undecided = (example(body=None),)

    severity: SeverityByBand = Field(default={Band.NEXT: Severity.INFO}, description="How much it matters, by band.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Every criterion is a task, or rests on a word that people read differently."""
        criteria = backlog.criteria(item)
        if criteria is None:
            yield Undecidable(missing="the item's text")
            return
        stated = [line for line in criteria.statements if line.mark in WORDS]
        if not stated or len(stated) < len(criteria.statements):
            return
        words: list[str | None] = []
        for line in stated:
            words.append(open_word(line.text))
            if words[-1] is None and not is_task(line.text):
                return
        if all(words):
            yield _fault(f'has criteria that rest on words such as "{words[0]}"', stated, "open words")
        else:
            yield _fault("lists tasks for its criteria, and nothing that can be seen", stated, "tasks")


def _fault(fact: str, stated: list[Line], part: str) -> Fault:
    return Fault(
        fact=fact,
        fix="Say what a person will see when it is done, with a number where a word is one of degree.",
        part=part,
        evidence={"quotes": [line.raw for line in stated[:3]]},
    )
