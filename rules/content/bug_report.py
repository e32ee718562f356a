"""The rule bug-report."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from backlint.example import example
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item, Kind
from backlint.rule import ItemRule, SeverityByBand, Verdict
from backlint.text import Text, Topic
from backlint.text.failures import CLEAR, failure_score, has_expected, has_steps

Part = Literal["steps", "expected", "actual", "environment"]

FACTS: dict[Part, tuple[str, str]] = {
    "steps": ("does not say how to make it happen", "List the steps that lead to the failure, or the code to run."),
    "expected": ("does not say what should happen instead", 'Say what you expected: "It should ...".'),
    "actual": ("does not say what happens", "Say what you saw, with the exact message."),
    "environment": ("does not say where it happens", "Name the version, and the browser or system."),
}
CALLED_A_BUG = 2
"""How much the tracker's word counts against the text's; a bug whose text asks for something new is left alone."""


class BugReport(ItemRule):
    """A report of a failure lacks what a person needs who must mend it.

    Whoever mends it cannot see it happen, or cannot tell when it is mended: of some 3,000 real reports half had steps
    and a third said what was expected (Chaparro et al., FSE 2017). Add numbered steps and one sentence about what
    should happen. Code to run and commands count as steps, a log does not; "private" and "hard to reproduce" are no
    steps. Items that the tracker gives no kind are looked at where the text tells of a failure.
    """

    is_timeless = True
    flags = (
        example("The list crashes. It should stay open.", title="Crash in the list", kind=Kind.BUG),
        example("## Steps to reproduce\n1. Open the list\n2. Press delete", title="Crash in the list", kind=Kind.BUG),
        example("## Steps to reproduce\nprivate\n\n## Expected behaviour\nIt stays open.", kind=Kind.BUG),
    )
    passes = (
        example(
            "Steps to reproduce:\n1. Open the list\n2. Press delete\n\nExpected: it stays open.\nActual: it closes.",
            title="The list closes",
            kind=Kind.BUG,
        ),
        example("```\n$ shop list --all\nTraceback (most recent call last):\n```\nIt should list all.", kind=Kind.BUG),
        example("We would like to sort the list.", title="Add sorting", kind=Kind.BUG, note="Not a bug by its text."),
    )
    undecided = (example(body=None, kind=Kind.BUG),)

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.WARNING, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )
    kinds: frozenset[Kind] = Field(
        default=frozenset({Kind.BUG, Kind.UNKNOWN}), description="The kinds of item it looks at."
    )
    demands: tuple[Part, ...] = Field(default=("steps", "expected"), description="What a report must hold.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """A demanded part is neither under a heading nor in the text."""
        if item.body is None:
            yield Undecidable(missing="the item's text")
            return
        text = backlog.text(item)
        prior = CALLED_A_BUG if item.kind is Kind.BUG else 0
        if failure_score(item.title, text) + prior < CLEAR:
            return
        for part in self.demands:
            if not _has(part, text):
                fact, fix = FACTS[part]
                yield Fault(
                    fact=fact,
                    fix=fix,
                    part=part,
                    confidence=Confidence.HIGH if item.kind is Kind.BUG else Confidence.LOW,
                    evidence={"quotes": [text.opening or item.title]},
                )


def _has(part: Part, text: Text) -> bool:
    match part:
        case "steps":
            return has_steps(text)
        case "expected":
            return has_expected(text)
        case "actual":
            return text.has(Topic.ACTUAL) or bool(text.said)
        case "environment":
            return text.has(Topic.ENVIRONMENT)
