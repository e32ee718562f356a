"""The rule removal-candidate."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from backlint.example import ago, example, happened, item
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Happening, Item, Kind, Link, LinkKind, Stage, Theme
from backlint.rule import EVERY_KIND, ItemRule, SeverityByBand, Verdict

_RELEASED = (Theme(id="v1", key="v1", title="Version 1", is_open=False),)
_NAMED = (Link(kind=LinkKind.MENTIONED_BY, target="https://x.example/pull/7", key="#7", stage=Stage.DONE),)
_TWICE = (Link(kind=LinkKind.DUPLICATES, target="example:2", key="SHOP-2"),)


class RemovalCandidate(ItemRule):
    """There is evidence that a waiting item is not needed any more.

    A backlog is kept short by throwing away, and the tracker often knows what nobody has noticed: the epic above the
    item was dropped, the item says itself that it repeats another, or it has been quiet for months and its release is
    out, or a merged change names it. The finding gives the evidence, and a person decides; nothing is closed by itself.
    (An open item under a parent that is done is told by open-under-done.)
    """

    flags = (
        example(item(1, parent="example:2"), item(2, kind=Kind.EPIC, stage=Stage.DROPPED)),
        example(item(1, links=_TWICE), item(2)),
        example(item(1, created=ago(400), events=(), themes=("v1",)), themes=_RELEASED),
        example(item(1, created=ago(400), events=(), links=_NAMED)),
    )
    passes = (
        example(item(1, parent="example:2"), item(2, kind=Kind.EPIC)),
        example(
            item(1, created=ago(400), events=(happened(Happening.COMMENTED, 9),), themes=("v1",)), themes=_RELEASED
        ),
        example(item(1, links=_TWICE), item(2, stage=Stage.DROPPED), note="The other was closed in its favour."),
        example(item(1, links=(), events=())),
    )
    undecided = (example(item(1)),)

    confidence: ClassVar[Confidence] = Confidence.MEDIUM

    severity: SeverityByBand = Field(default=Severity.INFO, description="How much it matters.")
    kinds: frozenset[Kind] = Field(
        default=EVERY_KIND - {Kind.EPIC, Kind.INITIATIVE}, description="The kinds of item it looks at."
    )
    quiet_days: int = Field(
        default=180, ge=0, description="How long an item must be quiet before a release or a mention counts against it."
    )

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """Gather the evidence; strong alone, weak only against an item that nobody touches."""
        if item.parent is None and item.themes is None and item.links is None:
            yield Undecidable(missing="parents, releases and links")
            return
        evidence = [*_strong(item, backlog)]
        weak = [*_weak(item, backlog)]
        quiet = backlog.quiet_for(item) if weak else None
        if weak and quiet is None and not evidence:
            yield Undecidable(missing="the item's history")
        if quiet is not None and quiet.days > self.quiet_days:
            evidence += [*weak, f"nobody has touched it for {quiet.days} days"]
        if evidence:
            yield Fault(
                fact="may not be needed any more: " + ", ".join(evidence),
                fix="Close it if that is so; else say in a comment why it is still wanted.",
                evidence={"signs": evidence},
            )


def _strong(item: Item, backlog: Backlog) -> Iterator[str]:
    parent = backlog.by_id.get(item.parent) if isinstance(item.parent, str) else None
    if parent and parent.stage is Stage.DROPPED:
        yield f"{parent.key}, to which it belongs, was dropped"
    for link in item.linked(LinkKind.DUPLICATES):
        other = backlog.by_id.get(link.target)
        if other is None or _is_survivor(other, item):
            stage = other.stage if other else link.stage
            yield f"it repeats {link.key}" + (", which is done" if stage is Stage.DONE else "")


def _is_survivor(other: Item, item: Item) -> bool:
    """Whether the other one stays: a dropped one does not, and of two that name each other the older does."""
    names_back = any(link.target == item.id for link in other.linked(LinkKind.DUPLICATES))
    is_older = (other.created, other.id) < (item.created, item.id)
    return other.stage is not Stage.DROPPED and (is_older or not names_back)


def _weak(item: Item, backlog: Backlog) -> Iterator[str]:
    themes = [backlog.themes.get(theme) for theme in item.themes or ()]
    if themes and all(theme and not theme.is_open for theme in themes):
        yield "what it was planned for is out: " + ", ".join(theme.title for theme in themes if theme)
    merged = [link.key for link in item.linked(LinkKind.MENTIONED_BY) if link.stage is Stage.DONE]
    if merged:
        yield f"a finished change names it: {', '.join(merged)}"
