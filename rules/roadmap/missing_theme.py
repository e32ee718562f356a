"""The rule missing-theme."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from backlint.example import example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import EMPTY, Backlog, Band, Item, Kind
from backlint.rule import BacklogRule, SeverityByBand, Verdict


class MissingTheme(BacklogRule):
    """An item near the top serves no goal that anybody named.

    If nobody can say which goal it serves, nobody can say why it comes before the others. Put it under an epic, a
    milestone or a roadmap theme, or ask whether it belongs here at all. An epic is such a goal; so is what an item's
    parent serves. Bugs and operational work are not asked: they serve what is already there. Where a backlog names
    goals for hardly any item, that is said once, of the backlog.
    """

    is_timeless = True
    flags = (
        example(item(1, parent=EMPTY, themes=())),
        example(*(item(n, parent=EMPTY, themes=()) for n in range(1, 31)), note="Said once, not thirty times."),
    )
    passes = (
        example(item(1, parent=EMPTY, themes=("example:theme",))),
        example(item(1, parent="example:2", themes=()), item(2, kind=Kind.EPIC, parent=EMPTY, themes=())),
        example(item(1, parent=EMPTY, themes=(), kind=Kind.BUG)),
    )
    undecided = (example(item(1, parent=None, themes=())), example(item(1, parent=EMPTY, themes=None)))

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.WARNING, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )
    kinds: frozenset[Kind] = Field(
        default=frozenset({Kind.STORY, Kind.TASK, Kind.DEBT, Kind.SPIKE, Kind.QUALITY}),
        description="The kinds of item it looks at.",
    )
    hardly_any: float = Field(
        default=0.1, ge=0, le=1, description="The share of items with a theme under which the backlog itself is told."
    )
    many: int = Field(default=20, ge=1, description="How many items there must be for that.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Look for a theme, in the item and upwards."""
        asked = [it for it in backlog.plannable if it.kind in self.kinds]
        serving = {it.id: serves_a_theme(it, backlog) for it in asked}
        without = [it for it in asked if serving[it.id] is False]
        known = [it for it in asked if serving[it.id] is not None]
        for it in asked:
            if serving[it.id] is None and self.severity_in(backlog.band(it)):
                yield Undecidable(missing="themes and parents", item_id=it.id)
        if len(known) >= self.many and len(without) > (1 - self.hardly_any) * len(known):
            yield _about_all(len(without), len(known))
        else:
            yield from _about_each(without)


def serves_a_theme(it: Item, backlog: Backlog) -> bool | None:
    """Whether the item, or what contains it, serves a theme; `None` where the tracker does not say all of it."""
    line = (it, *backlog.ancestors(it))
    topmost = line[-1]
    if any(each.themes or (each is not it and each.kind.contains_items) for each in line):
        return True
    if isinstance(topmost.parent, str):
        return True
    return None if topmost.parent is None or any(each.themes is None for each in line) else False


def _about_all(without: int, known: int) -> Fault:
    return Fault(
        part="all",
        fact=f"{without} of {known} waiting items serve no theme",
        limit="the roadmap's themes, epics and milestones",
        fix="Name the two or three goals of this quarter, and put the next items under them.",
        evidence={"without": without, "of": known},
    )


def _about_each(without: Sequence[Item]) -> Iterator[Fault]:
    for it in without:
        yield Fault(
            item_id=it.id,
            fact="serves no theme",
            limit="what is near the top is part of an epic, a milestone or a theme",
            fix="Put it under the goal that it serves, or ask whether it belongs here.",
        )
