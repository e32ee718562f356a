"""The rule unowned-backlog."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from pydantic import Field

from backlint.example import example, happened, item
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Happening, Item, Person
from backlint.rule import BacklogRule, SeverityByBand, Verdict

ORDERING = {Happening.RANKED, Happening.PRIORITISED}


def _moved_by(*names: str) -> tuple[Item, ...]:
    people = [Person(id=name, name=name) for name in names]
    return tuple(item(n, events=(happened(Happening.RANKED, n, actor=person),)) for n, person in enumerate(people, 1))


class UnownedBacklog(BacklogRule):
    """Nobody answers for the order of the backlog, or others than its owner keep changing it.

    One person orders, everybody may ask: where many hands move items, the order is whoever moved last. Where the team
    has named its owners, at most half of the changes of rank and priority may be by others; where it has not, one
    person must make at least a third of them. Agree on who orders, and let wishes be said in comments.
    """

    flags = (example(*_moved_by("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Ada", "Bo", "Cy", "Di", "Ed")),)
    passes = (
        example(*_moved_by("Ada", "Ada", "Ada", "Ada", "Ada", "Ada", "Bo", "Cy", "Ada", "Bo")),
        example(*_moved_by("Ada", "Bo", "Cy"), note="Three changes say nothing."),
    )
    undecided = (example(item(1, events=None)),)

    confidence: ClassVar[Confidence] = Confidence.MEDIUM

    severity: SeverityByBand = Field(default=Severity.INFO, description="How much it matters.")
    days: int = Field(default=90, ge=1, description="How far back changes are counted.")
    at_least_changes: int = Field(default=10, ge=1, description="With fewer changes nothing is said.")
    by_others: float = Field(default=0.5, ge=0, le=1, description="Which share of the changes others may make.")
    by_one: float = Field(
        default=0.33, ge=0, le=1, description="Which share one person must make where no owner is named."
    )

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Count who changed ranks and priorities."""
        if any(item.events is None for item in backlog.open):
            yield Undecidable(missing="the items' histories")
            return
        changes = Counter(self._changers(backlog))
        total = changes.total()
        if total < self.at_least_changes:
            return
        if backlog.people.owners:
            others = sum(count for person, count in changes.items() if not backlog.people.is_owner(person))
            if others > self.by_others * total:
                yield self._fault(
                    f"{others} of {total} changes of the order were made by others than its owners", total
                )
        elif max(changes.values()) < self.by_one * total:
            share = f"nobody made even {self.by_one:.0%} of the changes"
            told = f"{len(changes)} people changed the order {total} times, and {share}"
            yield self._fault(told, total)

    def _changers(self, backlog: Backlog) -> Iterator[Person]:
        since = backlog.now - timedelta(days=self.days)
        for event in (event for each in backlog.open for event in each.events or ()):
            is_recent = since < event.at <= backlog.now
            if event.what in ORDERING and is_recent and event.actor and backlog.activity.is_by_hand(event):
                yield event.actor

    def _fault(self, fact: str, total: int) -> Fault:
        return Fault(
            fact=f"In {self.days} days {fact}",
            fix="Agree on one person who orders the backlog; everybody else asks for a move in a comment.",
            evidence={"changes": total, "days": self.days},
        )
