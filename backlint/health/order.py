"""The order against the value: what a picture of the two shows."""

from collections.abc import Iterable

from backlint.finding import Finding
from backlint.health.figures import Order, Placed
from backlint.model import Backlog, Item, Score
from backlint.order.agreement import kendall_tau
from backlint.value import FRAMEWORKS, framework_in_use, value

ENOUGH = 8
"""With fewer scored items there is nothing to be seen."""

MOST = 200
"""So many from the top: with more, a picture shows a cloud."""


def order(backlog: Backlog, findings: Iterable[Finding]) -> Order | None:
    """Where the items with a value score stand; `None` where too few have one of the framework in use."""
    framework = framework_in_use(backlog.plannable)
    if framework is None:
        return None
    faulted = {it.subject.id for it in findings if it.subject and it.family == "ordering"}
    scored = [(item, item.score) for item in backlog.plannable if isinstance(item.score, Score)]
    worths = [(item, value(score)) for item, score in scored if score.framework is framework]
    placed = tuple(_placed(item, worth, faulted) for item, worth in worths if worth is not None)[:MOST]
    if len(placed) < ENOUGH:
        return None
    tau = kendall_tau((-each.place, each.value) for each in placed)
    return Order(by=FRAMEWORKS[framework].name, items=placed, agreement=None if tau is None else round(tau, 2))


def _placed(item: Item, worth: float, faulted: set[str]) -> Placed:
    return Placed(
        key=item.key, title=item.title, place=item.rank or 0, value=round(worth, 2), is_at_fault=item.id in faulted
    )
