"""The rule done-but-open."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from backlint.example import ago, example, happened, item
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Happening, Item, Kind, Link, LinkKind, Stage
from backlint.model.history import closed_at
from backlint.rule import EVERY_KIND, WAITING, ItemRule, SeverityByBand, Verdict

_MERGED = Link(kind=LinkKind.PULL_REQUEST, target="https://x.example/pull/7", key="#7", stage=Stage.DONE)
_OPEN = Link(kind=LinkKind.PULL_REQUEST, target="https://x.example/pull/8", key="#8", stage=Stage.DOING)
_BELOW = tuple(item(n, parent="example:1", stage=Stage.DONE, closed=ago(20)) for n in (2, 3))


class DoneButOpen(ItemRule):
    """An item is open, and all that was to be done for it is done.

    Its pull requests are merged, or everything below it is finished, and for a week nobody has touched it. It takes a
    place in the order, is planned once more by whoever does not know, and makes the team look slower than it is. Close
    it, or say what is left.
    """

    flags = (
        example(item(1, created=ago(90), links=(_MERGED,), events=())),
        example(item(1, kind=Kind.EPIC, created=ago(90), links=(), events=()), *_BELOW),
    )
    passes = (
        example(item(1, created=ago(90), links=(_MERGED, _OPEN), events=())),
        example(item(1, created=ago(90), links=(_MERGED,), events=(happened(Happening.COMMENTED, 2),))),
        example(item(1, kind=Kind.EPIC, links=(), events=()), *_BELOW, item(4, parent="example:1")),
        example(item(1, links=(), events=())),
    )
    undecided = (
        example(links=None),
        example(item(1, links=(_MERGED,), events=None)),
    )

    confidence: ClassVar[Confidence] = Confidence.MEDIUM

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    kinds: frozenset[Kind] = Field(default=EVERY_KIND, description="The kinds of item it looks at.")
    stages: frozenset[Stage] = Field(default=WAITING | {Stage.DOING}, description="The stages it looks at.")
    days: int = Field(default=7, ge=0, description="How long everything must have been done and the item quiet.")
    at_least_children: int = Field(default=2, ge=1, description="Fewer finished items below say too little.")

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Merged pull requests and none open, or finished items below it and none open."""
        finished, merged = self._finished_below(item, backlog), _merged(item)
        if finished is None and merged is None:
            if item.links is None and not backlog.children(item):
                yield Undecidable(missing="the item's links")
            return
        quiet = backlog.quiet_for(item)
        below = [closed_at(child) for child in backlog.children(item)] if finished else []
        if quiet is None or None in below:
            yield Undecidable(missing="the item's history" if quiet is None else "when the items below it were closed")
            return
        since_below = min([quiet, *(backlog.now - at for at in below if at)]).days
        for evidence, since in ((finished, since_below), (merged, quiet.days)):
            if evidence is None or since < self.days:
                continue
            yield Fault(
                fact=f"is open, but {evidence}, and nothing has happened for {since} days",
                limit=f"{self.days} days",
                fix="Close it, or say what is left to do.",
                evidence={"days": since, "sign": evidence},
            )
            return

    def _finished_below(self, item: Item, backlog: Backlog) -> str | None:
        children = backlog.children(item)
        done = sum(child.stage is Stage.DONE for child in children)
        if done < self.at_least_children or any(child.is_open for child in children):
            return None
        return f"all {len(children)} items below it are closed"


def _merged(item: Item) -> str | None:
    requests = item.linked(LinkKind.PULL_REQUEST)
    merged = [link.key for link in requests if link.stage is Stage.DONE]
    if not merged or any(link.stage is None or link.stage.is_open for link in requests):
        return None
    return f"{', '.join(merged)} {'is' if len(merged) == 1 else 'are'} merged"
