"""Whether a move may be made now, and where it leads: the neighbours are compared before anything is sent.

A plan is strict: the item must stand between the neighbours that it had, and the gap that it goes to must still be one.
An undo puts back what still has a neighbour that we gave it, and finds its way by what is left beside its old place.
"""

from backlint.writeback.changes import RankChange
from backlint.writeback.plan import Step
from backlint.writer import Order

Gap = tuple[str | None, str | None]
"""What is to be directly above, and what directly below."""


def hindrance(step: Step, change: RankChange, order: Order) -> str | None:
    """Why the item must not be moved now; `None` where nothing speaks against it."""
    around = order.around(step.item)
    if around is None:
        return "it has no place in the order any more"
    as_it_was = [now == then for now, then in zip(around, change.before.ids, strict=True)]
    if not any(as_it_was):
        return "it was moved since"
    if not (_is_undo(step) or all(as_it_was)):
        return "what stands beside it changed since the plan was made"
    if gap(step, change, order) is None:
        return "where it should go, the order changed since"
    return None


def gap(step: Step, change: RankChange, order: Order) -> Gap | None:
    """Where the item goes, by the order now; `None` where that place is not there any more."""
    above, below = change.after.ids
    rest, here = order.without(step.item), [each for each in order.list_of(step.item) if each != step.item]
    found: Gap
    if above is None:
        found = (None, here[0] if here else None)
    elif around := rest.around(above):
        found = (above, around[1])
    elif below is not None and (around := rest.around(below)):
        found = (around[0], below)
    elif below is None and here:
        found = (here[-1], None)
    else:
        return None
    return found if found == change.after.ids or _is_undo(step) else None


def _is_undo(step: Step) -> bool:
    return step.seen is None
