"""The rule stale-blocker."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from pydantic import Field

from backlint.example import ago, example, happened, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import EMPTY, Backlog, Band, Happening, Item, Link, LinkKind, Stage
from backlint.rule import WAITING, ItemRule, SeverityByBand, Verdict

_WAITS = (Link(kind=LinkKind.BLOCKED_BY, target="example:2", key="SHOP-2"),)


class _End(NamedTuple):
    key: str
    id: str
    stage: Stage | None


class StaleBlocker(ItemRule):
    """An item waits for something that is over, or that nobody works on.

    Three waits are in vain: for an item that was dropped, for one that was done while the waiting item is still marked
    as blocked, and for an open one that nobody has touched for months, while the waiting item is still wanted. A parent
    is never a blocker. Ask for what is needed, do without it, or take the mark away and go on.
    """

    flags = (
        example(item(1, parent=EMPTY, links=_WAITS, events=()), item(2, stage=Stage.DROPPED)),
        example(item(1, parent=EMPTY, links=_WAITS, events=(), flagged=True), item(2, stage=Stage.DONE)),
        example(item(1, parent=EMPTY, links=_WAITS, events=()), item(2, rank=40, created=ago(400), events=())),
    )
    passes = (
        example(
            item(1, parent=EMPTY, links=_WAITS, events=()),
            item(2, stage=Stage.DONE),
            note="It can start; the link is a memory.",
        ),
        example(
            item(1, parent=EMPTY, links=_WAITS, events=()),
            item(2, created=ago(400), events=(happened(Happening.COMMENTED, 5),)),
        ),
        example(
            item(1, rank=90, created=ago(400), parent=EMPTY, links=_WAITS, events=()),
            *(item(n, rank=n, created=ago(400), events=()) for n in range(2, 60)),
            note="Both have been forgotten: nobody waits.",
        ),
        example(item(1, links=())),
    )
    undecided = (
        example(item(1, links=None)),
        example(item(1, parent=EMPTY, links=_WAITS)),
        example(item(1, parent=EMPTY, links=_WAITS), item(2, created=ago(400), events=None)),
        example(item(1, links=_WAITS), item(2), note="Its parent, perhaps: that is no blocker."),
    )

    unplaced: ClassVar[Band | None] = Band.LATER

    severity: SeverityByBand = Field(
        default={
            Band.NEXT: Severity.WARNING,
            Band.SOON: Severity.WARNING,
            Band.LATER: Severity.INFO,
            Band.ICEBOX: Severity.INFO,
        },
        description="How much it matters, by band.",
    )
    stages: frozenset[Stage] = Field(default=WAITING | {Stage.DOING}, description="The stages it looks at.")
    days: int = Field(default=180, ge=1, description="How long an open blocker may be quiet.")
    marks: frozenset[str] = Field(
        default=frozenset({"blocked", "on hold", "impeded", "waiting"}),
        description="Labels and statuses that say that an item is blocked, beside the tracker's own flag.",
    )

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Look at the other end of each "is blocked by"."""
        if item.links is None:
            yield Undecidable(missing="the item's links")
            return
        ends = _ends(item, backlog)
        if ends and not backlog.knows_parents:
            yield Undecidable(missing="parents")
            return
        for end in ends:
            yield from _gone(end)
        if ends and all(end.stage is Stage.DONE for end in ends) and self._is_marked(item):
            yield Fault(
                fact="is marked as blocked, but all that it waited for is done",
                fix="Take the mark away: it can start.",
                part="done",
                evidence={"blockers": [end.key for end in ends]},
            )
        blockers = backlog.blockers(item)
        if blockers and self._is_wanted(item, backlog):
            for blocker in blockers:
                yield from self._quiet(blocker, backlog)

    def _is_wanted(self, item: Item, backlog: Backlog) -> bool:
        """Whether anybody waits: an item that is as quiet as what it waits for, far down, is told by stale-item."""
        quiet = backlog.quiet_for(item)
        return quiet is None or quiet.days <= self.days or backlog.band(item) in {Band.NEXT, Band.SOON}

    def _quiet(self, blocker: Item, backlog: Backlog) -> Iterator[Verdict]:
        quiet = backlog.quiet_for(blocker)
        if not blocker.is_open or blocker.kind.contains_items:
            return
        if quiet is None:
            yield Undecidable(missing="the histories of blockers")
        elif quiet.days > self.days:
            yield Fault(
                fact=f"waits for {blocker.key}, which nobody has touched for {quiet.days} days",
                limit=f"{self.days} days",
                fix=f"Ask who will do {blocker.key}, or do without it.",
                part=blocker.id,
                evidence={"blocker": blocker.key, "quiet_days": quiet.days, "limit_days": self.days},
            )

    def _is_marked(self, item: Item) -> bool:
        words = {label.casefold() for label in item.labels or ()} | {(item.status or "").casefold()}
        return bool(item.flagged) or not words.isdisjoint(self.marks)


def _ends(item: Item, backlog: Backlog) -> tuple[_End, ...]:
    """What the item waits for, in this backlog and, by what its links say, outside of it."""
    here = tuple(_End(blocker.key, blocker.id, blocker.stage) for blocker in backlog.blockers(item))
    links = (link for link in item.linked(LinkKind.BLOCKED_BY) if link.target not in backlog.by_id)
    return here + tuple(_End(link.key, link.target, link.stage) for link in links)


def _gone(end: _End) -> Iterator[Verdict]:
    if end.stage is None:
        yield Undecidable(missing="what became of blockers elsewhere")
    elif end.stage is Stage.DROPPED:
        yield Fault(
            fact=f"waits for {end.key}, which was dropped",
            fix=f"Ask whether it still makes sense without {end.key}; then take the link away, or close it.",
            part=end.id,
            evidence={"blocker": end.key},
        )
