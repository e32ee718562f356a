"""What a planning says in sentences, for every format."""

from collections.abc import Iterator

from backlint.model import Estimate, Item
from backlint.planning.planning import Planning


def because(planning: Planning) -> Iterator[str]:
    """Why the team can plan or cannot, a sentence each; names of sprints are the tracker's own."""
    if planning.next:
        ready = sum(each.is_ready for each in planning.next)
        yield f"Of the next {len(planning.next)}, {ready} {'is' if ready == 1 else 'are'} ready."
    else:
        yield "Nothing is near enough to be planned."
    if planning.runway is not None:
        yield f"Ready work for {planning.runway:g} sprints; there should be {planning.wanted:g}."
    for each in planning.commitments:
        if each.is_too_much:
            yield f"{each.sprint.name} holds {each.held:g}, and the team finishes {each.velocity:g} in a sprint."
    if planning.missing:
        yield f"Not known: {', '.join(planning.missing)}."


def size(item: Item) -> str:
    """`5 points`; nothing where the tracker does not say."""
    if isinstance(item.estimate, Estimate):
        return str(item.estimate)
    return "" if item.estimate is None else "no estimate"
