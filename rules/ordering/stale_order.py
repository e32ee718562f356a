"""The rule stale-order."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from pydantic import Field

from backlint.example import ago, example, happened, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Event, Happening, Item
from backlint.rule import BacklogRule, SeverityByBand, Verdict

MOVED_LONG_AGO = (happened(Happening.RANKED, 80),)


class StaleOrder(BacklogRule):
    """Nobody has changed the order for weeks, while items came in and priorities moved.

    An order is an answer to "what next", and it grows old as soon as something is learnt. New items went to the end or
    wherever the tracker puts them, priorities were changed and nothing moved. Go through the top twenty once, and put
    in what has come since. A quiet backlog in which nothing happens is not asked.
    """

    flags = (
        example(
            item(1, created=ago(300), events=MOVED_LONG_AGO),
            *(item(n, created=ago(20), events=()) for n in range(2, 10)),
            note="Eight items came in, and nobody moved anything.",
        ),
        example(
            item(1, created=ago(300), events=MOVED_LONG_AGO),
            *(item(n, created=ago(200), events=(happened(Happening.PRIORITISED, 30 + n),)) for n in range(2, 10)),
            note="Eight priorities moved, the order did not.",
        ),
    )
    passes = (
        example(
            item(1, events=(happened(Happening.RANKED, 8),)),
            *(item(n, created=ago(20), events=()) for n in range(2, 10)),
        ),
        example(item(1, created=ago(300), events=MOVED_LONG_AGO), note="Nothing has come in since."),
    )
    undecided = (
        example(item(1), item(2)),
        example(item(1, events=()), note="A tracker that never tells of a move may just not record it."),
    )

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    weeks: int = Field(default=6, ge=1, description="How many weeks an order may stand.")
    changes: int = Field(default=5, ge=1, description="How many new items and changed priorities make it out of date.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Find the last move, and count what happened since."""
        moves = [move.at for it in backlog for move in it.events or () if _is_a_persons_move(move, backlog)]
        if not backlog.plannable or not moves:
            yield Undecidable(missing="when the order was changed" if backlog.plannable else "the order of the backlog")
            return
        last = max(moves)
        if backlog.now - last < timedelta(weeks=self.weeks):
            return
        came = [it for it in backlog.plannable if it.created > last]
        changed = [it for it in backlog.plannable if it not in came and _was_prioritised(it, last, backlog)]
        if len(came) + len(changed) >= self.changes:
            weeks = (backlog.now - last) // timedelta(weeks=1)
            yield Fault(
                fact=f"nobody has changed the order for {weeks} weeks; since then {_since(len(came), len(changed))}",
                limit=f"{self.weeks} weeks, and {self.changes} changes",
                fix="Go through the top twenty, and put in what has come since.",
                evidence={
                    "last_move": last.date().isoformat(),
                    "came": [it.key for it in came],
                    "priority_changed": [it.key for it in changed],
                },
            )


def _is_a_persons_move(event: Event, backlog: Backlog) -> bool:
    """Ten items dragged in a minute are a bulk edit elsewhere; here they are what is asked for."""
    return event.what is Happening.RANKED and not event.is_ours and not backlog.people.is_bot(event.actor)


def _was_prioritised(it: Item, since: datetime, backlog: Backlog) -> bool:
    return any(event.what is Happening.PRIORITISED and event.at > since for event in backlog.activity.events(it))


def _since(came: int, changed: int) -> str:
    told = [
        f"{count} {one if count == 1 else many}"
        for count, one, many in (
            (came, "item came in", "items came in"),
            (changed, "priority was changed", "priorities were changed"),
        )
        if count
    ]
    return " and ".join(told)
