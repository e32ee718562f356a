"""The rule popular-but-buried."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Band
from backlint.model.history import percentile
from backlint.rule import BacklogRule, SeverityByBand, Verdict


class PopularButBuried(BacklogRule):
    """An item has far more votes than what stands above it, and stands far down.

    Votes are no order, and a product owner may well say no; but whoever voted waits for an answer. Move it up, or say
    in the item why it comes later. Named are the few with most votes: more than nine in ten of all items that have any,
    and twice as many as any item of the bands next and soon.
    """

    flags = (
        example(
            *(item(n, votes=n % 3) for n in range(1, 60)), item(60, votes=48), note="48 votes, and at the very end."
        ),
    )
    passes = (
        example(item(1, votes=60), *(item(n, votes=n % 3) for n in range(2, 60)), item(60, votes=48)),
        example(*(item(n, votes=n % 3) for n in range(1, 60)), item(60, votes=3)),
    )
    undecided = (example(*(item(n) for n in range(1, 60))),)

    severity: SeverityByBand = Field(default=Severity.INFO, description="How much it matters.")
    fewest: int = Field(default=5, ge=1, description="How many votes an item must have at least.")
    times: float = Field(default=2, ge=1, description="How many times the votes of what stands near the top.")
    most: int = Field(default=5, ge=1, description="How many items are named at most: those with most votes.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Compare the votes far down with those near the top."""
        told = [(it, it.votes) for it in backlog.plannable if it.votes is not None]
        if not told:
            if backlog.open:
                yield Undecidable(missing="votes" if backlog.plannable else "the order of the backlog")
            return
        voted = [votes for _, votes in told if votes > 0]
        near = [votes for it, votes in told if backlog.band(it) in {Band.NEXT, Band.SOON}]
        least = max(self.fewest, self.times * max(near, default=0), percentile(voted, 0.9) if voted else 0)
        far = [(it, votes) for it, votes in told if backlog.band(it) in {Band.LATER, Band.ICEBOX} and votes >= least]
        for it, votes in sorted(far, key=lambda each: (-each[1], each[0].rank or 0))[: self.most]:
            yield Fault(
                item_id=it.id,
                fact=f"has {votes} votes and stands at rank {it.rank}",
                limit=f"nothing in the bands next and soon has more than {max(near, default=0)}",
                fix="Move it up, or say in the item why it comes later.",
                evidence={"votes": votes, "rank": it.rank, "most_votes_near_the_top": max(near, default=0)},
            )
