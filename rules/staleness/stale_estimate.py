"""The rule stale-estimate."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from backlint.example import ago, example, happened
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import EMPTY, Backlog, Band, Estimate, Event, Happening, Item
from backlint.rule import ItemRule, SeverityByBand, Verdict

_THREE = Estimate(value=3)
_SIZED = happened(Happening.ESTIMATED, 50)
_BEFORE = "People see their orders."
_AFTER = "People see their orders, filter them by date, and export what they see to a file."


NO_TEXT = {"attachment", "environment"}
"""Fields that trackers count as writing, and that say nothing about how large the work is."""


class StaleEstimate(ItemRule):
    """The text was rewritten after the estimate was given.

    The estimate answers a question that is no longer the one that is asked, and the sprint is filled by it. Small
    corrections do not count: a fifth of the words must have come or gone, where the tracker keeps both versions. Read
    the new text together, and estimate again.
    """

    flags = (
        example(
            created=ago(90),
            estimate=_THREE,
            events=(_SIZED, happened(Happening.WROTE, 20, before=_BEFORE, after=_AFTER)),
        ),
        example(created=ago(90), estimate=_THREE, events=(_SIZED, happened(Happening.WROTE, 20))),
    )
    passes = (
        example(created=ago(90), estimate=_THREE, events=(happened(Happening.WROTE, 60), _SIZED)),
        example(
            created=ago(90),
            estimate=_THREE,
            events=(_SIZED, happened(Happening.WROTE, 20, before=_AFTER, after=_AFTER.replace("People", "Buyers"))),
            note="One word was changed.",
        ),
        example(
            created=ago(90), estimate=_THREE, events=(_SIZED, happened(Happening.WROTE, 50)), note="In one sitting."
        ),
    )
    undecided = (
        example(estimate=_THREE, events=None),
        example(estimate=_THREE, events=()),
        example(estimate=None),
    )

    confidence: ClassVar[Confidence] = Confidence.MEDIUM

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.WARNING, Band.SOON: Severity.INFO},
        description="How much it matters, by band.",
    )
    rewritten: float = Field(
        default=0.2, gt=0, le=1, description="The share of words that must have come or gone to call a text rewritten."
    )

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """A person rewrote the text on a later day than that of the last estimate."""
        if item.estimate is EMPTY:
            return
        if item.estimate is None or item.events is None:
            yield Undecidable(missing="estimates" if item.estimate is None else "the item's history")
            return
        given = max((event.at for event in item.events if event.what is Happening.ESTIMATED), default=None)
        if given is None:
            yield Undecidable(missing="when the estimate was given")
            return
        written = (event for event in backlog.activity.events(item) if _is_text(event))
        later = [event for event in written if event.at.date() > given.date() and self._is_rewriting(event)]
        if later:
            last = max(event.at for event in later)
            is_seen = any(event.before is not None for event in later)
            yield Fault(
                fact=f"was rewritten on {last:%Y-%m-%d}, after it was estimated on {given:%Y-%m-%d}",
                fix=f"Read it together, and say whether it is still {item.estimate}.",
                evidence={"estimated": given.isoformat(), "rewritten": last.isoformat(), "edits": len(later)},
                confidence=None if is_seen else Confidence.LOW,
            )

    def _is_rewriting(self, event: Event) -> bool:
        if event.before is None or event.after is None:
            return True
        before, after = set(event.before.casefold().split()), set(event.after.casefold().split())
        return len(before ^ after) >= self.rewritten * max(len(before | after), 1)


def _is_text(event: Event) -> bool:
    return event.what is Happening.WROTE and (event.field or "").casefold() not in NO_TEXT
