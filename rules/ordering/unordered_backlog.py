"""The rule unordered-backlog."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pydantic import Field

from backlint.example import ago, example, item
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Item
from backlint.order.agreement import kendall_tau
from backlint.rule import BacklogRule, SeverityByBand, Verdict

SHUFFLED = (7, 2, 19, 11, 4, 16, 1, 13, 9, 20, 5, 14, 3, 18, 8, 12, 6, 17, 10, 15)


class UnorderedBacklog(BacklogRule):
    """Nobody ever put the backlog in order.

    A backlog is a list of what comes first, not a heap: where the order is the order in which items happened to be
    written down, mostly ties, or known for a few of them only, the team takes what it likes or what it saw last.
    Put the twenty most important items at the top, in order; the rest can wait.
    """

    confidence = Confidence.MEDIUM
    is_timeless = True

    flags = (
        example(*(item(n, created=ago(100 - n)) for n in range(1, 31)), note="The oldest first, all the way down."),
        example(*(item(n, created=ago(n)) for n in range(1, 31)), note="The newest first."),
        example(*(item(n, rank=1 + n // 10, created=ago(SHUFFLED[n])) for n in range(20)), note="Mostly ties."),
        example(
            *(item(n, rank=rank, created=ago(SHUFFLED[n])) for n, rank in enumerate((1, 2, 3, 4, 5, *[None] * 15))),
            note="An order for the first five, none for the others.",
        ),
    )
    passes = (
        example(*(item(n, created=ago(SHUFFLED[n - 1])) for n in range(1, 21))),
        example(*(item(n, created=ago(n)) for n in range(1, 5)), note="Too few to tell."),
    )
    undecided = (example(*(item(n, rank=None) for n in range(1, 31))),)

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    fewest: int = Field(default=20, ge=2, description="How many waiting items a backlog has before this is asked.")
    most_tied: float = Field(default=0.5, ge=0, le=1, description="The share of items that may share their place.")
    most_unranked: float = Field(default=0.5, ge=0, le=1, description="The share of items that may have no place.")
    chronological: float = Field(
        default=0.9, gt=0, le=1, description="Kendall's tau between rank and age from which the order is only the age."
    )

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Look for ties, for items without a place, and for the order of creation."""
        waiting = [it for it in backlog.open if it.stage.is_waiting and not it.kind.contains_items]
        ranked = [it for it in waiting if it.rank is not None]
        if len(waiting) < self.fewest:
            return
        if not ranked:
            yield Undecidable(missing="the order of the backlog")
            return
        yield from self._unranked(len(waiting) - len(ranked), len(waiting))
        if len(ranked) >= self.fewest:
            yield from self._tied(ranked)
            yield from self._chronological(ranked)

    def _unranked(self, without: int, waiting: int) -> Iterator[Fault]:
        if without > self.most_unranked * waiting:
            yield Fault(
                part="unranked",
                fact=f"{without} of {waiting} waiting items have no place in the order",
                limit=f"at most {self.most_unranked:.0%}",
                fix="Put them in the order, or close those that will not be done.",
                evidence={"without": without, "waiting": waiting},
            )

    def _tied(self, ranked: Sequence[Item]) -> Iterator[Fault]:
        at = Counter(it.rank for it in ranked)
        tied = sum(count for count in at.values() if count > 1)
        if tied > self.most_tied * len(ranked):
            yield Fault(
                part="tied",
                fact=f"{tied} of {len(ranked)} waiting items share their place with another",
                limit=f"at most {self.most_tied:.0%}",
                fix="Put the twenty most important ones in order, one by one.",
                evidence={"tied": tied, "ranked": len(ranked)},
            )

    def _chronological(self, ranked: Sequence[Item]) -> Iterator[Fault]:
        tau = kendall_tau((it.rank or 0, it.created.timestamp()) for it in ranked)
        if tau is not None and abs(tau) >= self.chronological:
            first = "oldest" if tau > 0 else "newest"
            yield Fault(
                part="chronological",
                fact=f"the {len(ranked)} waiting items stand in the order they were written down, the {first} first",
                limit=f"Kendall's tau between place and age is {tau:.2f}; {self.chronological:g} and more is no order",
                fix="Move the twenty most important ones to the top, in order.",
                evidence={"tau": round(tau, 3), "ranked": len(ranked)},
            )
