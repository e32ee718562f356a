"""The rule duplicate-item."""

from collections.abc import Iterator

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import EMPTY, Backlog, Item, LinkKind
from backlint.rule import BacklogRule, SeverityByBand, Verdict
from backlint.text.similar import similar

BODY = "When a guest pays by card and the bank is slow, the receipt is sent twice. Support hears of it every week."


class DuplicateItem(BacklogRule):
    """An item says what another one says already.

    Votes, comments and decisions then gather in two places, and one of the two will be planned again when the other is
    done. Close one as a duplicate and link it; or, if they differ, say in the titles how. The item that is older is
    named as the one to keep.

    What is found is the same report filed twice, not every pair that means the same: of duplicates that people linked
    by hand one in ten is worded so alike. Titles that differ in a number, a name, an opposite or one word of the same
    frame are taken for a series, and left alone; so is a title that only adds something to another's.
    """

    confidence = Confidence.MEDIUM
    is_timeless = True
    flags = (
        example(
            item(1, title="The receipt is sent twice when the bank is slow", body=BODY, links=(), parent=EMPTY),
            item(2, title="The receipt is sent twice when the bank is slow.", body=BODY, links=(), parent=EMPTY),
        ),
    )
    passes = (
        example(item(1, title="Release 3.1", body="Publish."), item(2, title="Release 3.2", body="Publish.")),
        example(item(1, title="Import guests", body="From CSV."), item(2, title="Export guests", body="From CSV.")),
        example(item(1, title="Sort the list", body=BODY), item(2, title="Sort the list in the archive", body=BODY)),
    )
    undecided = (
        example(item(1, title="Import guests", body=None), item(2, title="Import guests", body=None)),
        example(
            item(1, title="The receipt is sent twice when the bank is slow", body=BODY),
            item(2, title="The receipt is sent twice when the bank is slow", body=BODY),
            note="Somebody may have linked them already.",
        ),
    )

    severity: SeverityByBand = Field(default=Severity.WARNING, description="How much it matters.")
    alike: float = Field(default=0.75, gt=0, le=1, description="How alike two texts must be: 1 is the same words.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Open items that nobody linked to each other and that are worded alike."""
        items = sorted((it for it in backlog.open if it.body is not None), key=_age)
        if len(items) < len(backlog.open):
            yield Undecidable(missing="the item's text")
        older = {it.id: it.id for it in items}
        by_id = {it.id: it for it in items}
        alike: dict[str, float] = {}
        for pair in similar([(it.title, it.body or "") for it in items], self.alike):
            one, two = items[pair.first], items[pair.second]
            if (one.links is None and two.links is None) or (one.parent is None and two.parent is None):
                yield Undecidable(missing="links and parents", item_id=two.id)
            elif not _are_linked(one, two):
                first, second = sorted((one, two), key=_age)
                kept, dropped = sorted(
                    (_root(older, first.id), _root(older, second.id)), key=lambda it: _age(by_id[it])
                )
                older[dropped] = kept
                alike[second.id] = max(pair.cosine, alike.get(second.id, 0.0))
                alike.setdefault(first.id, pair.cosine)
        for id_, cosine in alike.items():
            keeper = by_id[_root(older, id_)]
            if keeper.id != id_:
                yield _fault(by_id[id_], keeper, cosine)


def _fault(copy: Item, kept: Item, cosine: float) -> Fault:
    return Fault(
        item_id=copy.id,
        fact=f"says what {kept.key} says",
        fix=f"Close it as a duplicate of {kept.key}, or say in the titles how they differ.",
        part=kept.id,
        evidence={"quotes": [copy.title], "kept": kept.key, "kept_title": kept.title, "alike": round(cosine, 2)},
    )


def _age(item: Item) -> tuple[float, str]:
    return item.created.timestamp(), item.id


def _root(older: dict[str, str], id_: str) -> str:
    """The oldest of all that are alike."""
    while older[id_] != id_:
        older[id_] = older[older[id_]]
        id_ = older[id_]
    return id_


def _are_linked(one: Item, two: Item) -> bool:
    """Whether somebody has said already how they stand to each other: by a link, or as parent and child."""
    linked = {link.target for link in one.links or () if link.kind is not LinkKind.MENTIONED_BY}
    linked_back = {link.target for link in two.links or () if link.kind is not LinkKind.MENTIONED_BY}
    return two.id in linked or one.id in linked_back or one.parent == two.id or two.parent == one.id
