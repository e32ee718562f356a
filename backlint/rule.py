"""What a rule is.

A rule that looks at one item at a time is an `ItemRule`; one that must see them together is a `BacklogRule`. Either
yields a `Fault` for what it finds and an `Undecidable` for what it cannot see; how much a fault matters follows from
its `severity`, which may depend on the band the item stands in.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import ClassVar, TypeAlias

from pydantic import Field

from backlint.example import Example
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Item, Kind, Stage
from backlint.model.waivers import WaiverUse
from backlint.plugin import Plugin

Verdict: TypeAlias = Fault | Undecidable
SeverityByBand: TypeAlias = Severity | Mapping[Band, Severity]

WAITING = frozenset({Stage.BACKLOG, Stage.SELECTED})
EVERY_KIND = frozenset(Kind)
PLANNED_KINDS = EVERY_KIND - {Kind.EPIC, Kind.INITIATIVE, Kind.SUBTASK}


class Rule(Plugin, ABC):
    """What every rule has; write an `ItemRule` or a `BacklogRule`."""

    confidence: ClassVar[Confidence] = Confidence.HIGH
    is_default: ClassVar[bool] = True
    """Whether the rule runs where nothing is selected; the others wait to be asked for."""
    is_timeless: ClassVar[bool] = False
    """Whether what it says of a backlog stays the same while the backlog does: it never asks the time. Such an answer
    is kept, and not worked out again the next night where nothing changed; a test holds it to its word."""
    unplaced: ClassVar[Band | None] = None
    """The band that an item without a place is weighed as, for a rule that can speak about one."""

    flags: ClassVar[tuple[Example, ...]]
    """Backlogs in which the rule finds its fault."""
    passes: ClassVar[tuple[Example, ...]]
    """Backlogs, as near to the flagged ones as can be, in which it finds nothing."""
    undecided: ClassVar[tuple[Example, ...]] = ()
    """Backlogs that do not say what the rule must see."""

    severity: SeverityByBand = Field(
        default=Severity.WARNING,
        description="How much it matters: one word, or one for each band it speaks in.",
    )

    def severity_in(self, band: Band | None) -> Severity | None:
        """How much a fault matters in that band; `None` where the band does not owe what the rule asks.

        An item without a band is weighed only by a rule that speaks in every band alike, or that says as what.
        """
        if isinstance(self.severity, Severity):
            return self.severity
        weighed_as = band or self.unplaced
        return self.severity.get(weighed_as) if weighed_as else None

    @property
    def heaviest(self) -> Severity:
        """How much a fault of the backlog as a whole matters."""
        if isinstance(self.severity, Severity):
            return self.severity
        return max(self.severity.values(), key=lambda severity: severity.weight)

    @property
    def needs_band(self) -> bool:
        """Whether the rule can say nothing about an item whose place is unknown."""
        return self.unplaced is None and not isinstance(self.severity, Severity)


class ItemRule(Rule):
    """A rule that decides item by item."""

    kinds: frozenset[Kind] = Field(default=PLANNED_KINDS, description="The kinds of item it looks at.")
    stages: frozenset[Stage] = Field(default=WAITING, description="The stages it looks at.")

    @abstractmethod
    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Yield what is at fault in the item. The backlog is there for what stands around it."""

    def looks_at(self, item: Item) -> bool:
        """Whether the item is of a kind and in a stage that the rule is about."""
        return item.kind in self.kinds and item.stage in self.stages


class BacklogRule(Rule):
    """A rule that must see the items together. A fault names its item, or none when the backlog itself is at fault."""

    @abstractmethod
    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Yield what is at fault."""


class WaiverRule(Rule):
    """A rule about a waiver on an open item. It is asked last, when it is known what the waiver hid."""

    @abstractmethod
    def check(self, item: Item, use: WaiverUse, backlog: Backlog) -> Iterator[Verdict]:
        """Yield what is at fault with the waiver."""
