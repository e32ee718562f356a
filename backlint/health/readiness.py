"""Whether the top can be planned: how much of it is ready, and how long the ready work would last."""

from collections.abc import Iterable, Mapping, Sequence

from backlint.finding import Finding, Subject
from backlint.health.actions import who
from backlint.health.demands import Demands
from backlint.health.figures import NextItem, Runway
from backlint.health.score import by_subject
from backlint.model import Backlog, Band, Estimate, Item

USUAL = Demands()


def lacks(item: Item, findings: Iterable[Finding], demands: Demands = USUAL) -> tuple[Finding, ...]:
    """What keeps an item from being planned."""
    return tuple(it for it in findings if demands.hold(it, item.kind))


def near(
    backlog: Backlog, findings: Sequence[Finding], demands: Demands = USUAL
) -> Mapping[Band, tuple[NextItem, ...]]:
    """The waiting items of the bands `next` and `soon`, in their order."""
    about = by_subject(findings)
    banded = [(item, backlog.band(item)) for item in backlog.plannable]
    return {
        band: tuple(_coming(item, about.get(item.id, ()), backlog, demands) for item, its in banded if its is band)
        for band in (Band.NEXT, Band.SOON)
    }


def runway(backlog: Backlog, coming: Mapping[Band, Sequence[NextItem]]) -> Runway:
    """The ready work of the bands `next` and `soon`: beyond them nothing is asked of an item, so nothing is known."""
    both = [it for items in coming.values() for it in items]
    ready = [it.subject.id for it in both if not it.lacks]
    work = None if backlog.work is None else sum(backlog.work[each] for each in ready)
    sprints = work / backlog.pace.per_sprint if work is not None and backlog.pace else None
    return Runway(
        items=len(ready),
        work=work,
        sprints=None if sprints is None else round(sprints, 1),
        looked_at=len(both),
    )


def _coming(item: Item, findings: Iterable[Finding], backlog: Backlog, demands: Demands) -> NextItem:
    return NextItem(
        subject=Subject(id=item.id, key=item.key, title=item.title, url=item.url, rank=item.rank),
        size=str(item.estimate) if isinstance(item.estimate, Estimate) else None,
        who=who(item, backlog.people),
        lacks=lacks(item, findings, demands),
    )
