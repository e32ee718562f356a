"""The rule vague-title."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item
from backlint.rule import ItemRule, SeverityByBand, Verdict
from backlint.text import Mark, Text
from backlint.text.wording import names_nothing, words_added


class VagueTitle(ItemRule):
    """The title does not say what is to be done, or the description adds nothing to it.

    A backlog is read by its titles: "Fix bug" can be neither ordered nor found again. Name the thing and what shall be
    different about it. A description that says the title over again leaves the same questions open as none.
    """

    confidence = Confidence.MEDIUM
    is_timeless = True
    flags = (
        example(title="Fix bug", body="The list is sorted by date and should be sorted by name, for guests too."),
        example(title="Misc improvements", body=""),
        example(title="Migrate repositories to the new server", body="Migrate the repositories from the old server."),
    )
    passes = (
        example(title="Sort the list by name", body=""),
        example(
            title="Migrate repositories to the new server",
            body="The old one is switched off on 1 March. Three teams still push to it: payments, search and mobile.",
        ),
        example(title="Show the total", body="![design](https://tracker.example/1.png)"),
    )
    undecided = (example(title="Sort the list by name", body=None),)

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.INFO, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )
    fewest_words: int = Field(
        default=18, ge=1, description="A description of more words is not held against its title."
    )
    fewest_new: int = Field(default=5, ge=0, description="So few words that are not in the title add nothing to it.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """The title names nothing, or the text repeats it."""
        if names_nothing(item.title):
            yield Fault(
                fact=f'is called "{item.title.strip()}", which does not say what is to be done',
                fix="Name the thing, and what shall be different about it.",
                part="title",
                evidence={"quotes": [item.title]},
            )
        if item.body is None:
            yield Undecidable(missing="the item's text")
            return
        text = backlog.text(item)
        said = " ".join([line.text for line in text.said])
        words = said.count(" ") + 1
        if words > self.fewest_words or not text.said or _shows(text):
            return
        added = words_added(item.title, said)
        if added <= self.fewest_new:
            yield Fault(
                fact="has a description that says little more than its title",
                limit=f"new words: {added}; {self.fewest_new} or fewer count as none",
                fix="Say what is wanted, for whom, and how one can tell that it is done.",
                part="restated",
                evidence={"quotes": [text.said[0].raw], "words": words, "new_words": added},
            )


def _shows(text: Text) -> bool:
    """Whether the text shows something that words need not say: code, an image, a link, a table, or criteria."""
    shown = any(line.mark in {Mark.CODE, Mark.ROW} or "](" in line.raw or "://" in line.raw for line in text.said)
    return shown or bool(text.criteria.statements)
