"""The rule spike-without-timebox."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from backlint.example import example
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item, Kind
from backlint.rule import ItemRule, SeverityByBand, Verdict
from backlint.text.spikes import asks, is_spike, timebox


class SpikeWithoutTimebox(ItemRule):
    """A spike sets no limit to its time, or does not say what it is to find out.

    Research grows until somebody stops it. Write how much time it is worth and which question it answers; when the time
    is over, decide with what is known. The rule waits to be asked for: of 662 spikes in real trackers 2.9 % name a
    limit, so it would flag nearly all of them. Timeboxed spikes are an Extreme Programming practice.
    """

    is_default: ClassVar[bool] = False
    is_timeless: ClassVar[bool] = True
    confidence = Confidence.MEDIUM
    flags = (
        example("Find out whether the new library draws our charts.", title="Spike: charts", kind=Kind.SPIKE),
        example("Two days at most. The library is new.", title="Spike: charts", kind=Kind.SPIKE),
    )
    passes = (
        example("Time box: 2 days. Does the new library draw our charts?", title="Spike: charts", kind=Kind.SPIKE),
        example("Draw the charts.", title="Charts"),
    )
    undecided = (example(title="Spike: charts", body=None, kind=Kind.SPIKE),)

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.INFO, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )
    kinds: frozenset[Kind] = Field(
        default=frozenset({Kind.SPIKE, Kind.STORY, Kind.TASK, Kind.UNKNOWN}),
        description="The kinds of item it looks at.",
    )

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """No limit of time, or no question."""
        if item.kind is not Kind.SPIKE and not is_spike(item.title):
            return
        if item.body is None:
            yield Undecidable(missing="the item's text")
            return
        text = backlog.text(item)
        quotes = [text.opening or item.title]
        if not timebox(item.title, text):
            yield Fault(
                fact="is a spike that sets no limit to its time",
                fix='Write how much time the answer is worth: "Time box: 2 days".',
                part="timebox",
                evidence={"quotes": quotes},
            )
        if not asks(text):
            yield Fault(
                fact="is a spike that does not say what it is to find out",
                fix="Write the question that it answers, and who needs the answer.",
                part="question",
                confidence=Confidence.LOW,
                evidence={"quotes": quotes},
            )
