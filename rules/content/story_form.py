"""The rule story-form."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item, Kind
from backlint.rule import PLANNED_KINDS, ItemRule, SeverityByBand, Verdict

PARTS = {"role": "who it is for", "want": "what they want", "benefit": "what it is good for"}


class StoryForm(ItemRule):
    """A user story was begun and does not say who, what, or what for.

    The benefit is the part that is missing most (in 42 % of 1,670 real stories), and the one that lets a team find a
    cheaper way to the same end. Finish the sentence: "As a <who> I want <what>, so that <what for>". Job stories
    (situation, motivation, outcome) are read too. Nobody has to write stories: an item without the sentence is left
    alone, unless `required` asks for it. The form is Rachel Davies' and Mike Cohn's.
    """

    is_timeless = True
    flags = (
        example("As a buyer I want to see the total."),
        example(
            "As a developer, I want to ensure that deleted records are not included.", note="To ensure is no benefit."
        ),
        example("**As a**\n<br>**I want to**\n<br>**so that**"),
        example("* **Situation**: *When ...*\n* **Motivation**: *We want to ...*\n* **Outcome**: *So we can ...*"),
        example("As a _role_ I want <goal> so that the shop earns more."),
        example(title="As a user, I want to pay by card", body="See the design."),
    )
    passes = (
        example("As a buyer I want to see the total, so that I know what I will pay."),
        example("In order to plan my week, as a buyer I want to choose the day of delivery."),
        example("Als Käuferin möchte ich die Summe sehen, damit ich weiß, was ich zahle."),
        example("As a workaround we could restart the server."),
        example("The total is not shown."),
    )
    undecided = (example(title="Show the total", body=None),)

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.INFO, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )
    kinds: frozenset[Kind] = Field(default=PLANNED_KINDS - {Kind.BUG}, description="The kinds of item it looks at.")
    required: bool = Field(default=False, description="Whether a story without the sentence is a fault too.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """The sentence was begun and a slot says nothing."""
        text = backlog.text(item)
        story = text.story(item.title)
        if story is None:
            if item.body is None:
                yield Undecidable(missing="the item's text")
            elif self.required and item.kind is Kind.STORY:
                yield Fault(
                    fact="does not tell who wants what, and what for",
                    fix='Write one sentence: "As a <who> I want <what>, so that <what for>".',
                    part="none",
                    evidence={"quotes": [text.opening or item.title]},
                )
        elif story.empty_slots:
            slots = " nor ".join(PARTS[name] for name in story.empty_slots)
            yield Fault(
                fact=f"begins a user story that does not say {slots}",
                fix='Finish the sentence: "As a <who> I want <what>, so that <what for>".',
                part="unfinished",
                evidence={"quotes": [story.quote]},
            )
        elif story.lacks_benefit:
            yield Fault(
                fact="is a user story that does not say what it is good for",
                fix='Add what it is good for: "... so that ...".',
                part="benefit",
                evidence={"quotes": [story.quote]},
            )
