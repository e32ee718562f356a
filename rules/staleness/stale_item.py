"""The rule stale-item."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from backlint.example import ago, example, happened
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Happening, Item, Kind, Person
from backlint.model.activity import Turn
from backlint.rule import ItemRule, SeverityByBand, Verdict

Days = Annotated[int, Field(ge=1)]

MEASURED = {Band.NEXT: 90, Band.SOON: 180, Band.LATER: 365, Band.ICEBOX: 365}
"""After 90, 180 and 365 days of silence 29, 22 and 8 % of 3,031 real items were still done within a year."""

_ROBOT = Person(id="example:bot", name="tidy[bot]", is_bot=True)


class StaleItem(ItemRule):
    """Nobody has touched an item for longer than its place in the backlog allows.

    A team that plans from what was true half a year ago works in the wrong direction. Only what people did counts:
    bots, our own notes, bulk edits, changes of rank and workflow migrations do not. The nearer an item is to being
    planned, the fresher it must be; one that no tracker puts in an order is held to the loosest limit. Read it again,
    and then say that it still holds, rewrite it, or close it.
    """

    flags = (
        example(created=ago(400), events=(happened(Happening.COMMENTED, 120),)),
        example(
            created=ago(400),
            events=(happened(Happening.LABELLED, 1, actor=_ROBOT),),
            note="A bot's label is no activity.",
        ),
        example(created=ago(400), events=(happened(Happening.RANKED, 1),), note="Nor is a change of rank."),
    )
    passes = (
        example(created=ago(400), events=(happened(Happening.COMMENTED, 20),)),
        example(created=ago(20), events=()),
    )
    undecided = (example(created=ago(400), events=None),)

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
    days: Mapping[Band, Days] = Field(default=MEASURED, description="How long an item may be quiet, by band.")
    patience: Mapping[Kind, Annotated[float, Field(gt=0)]] = Field(
        default_factory=dict[Kind, float],
        description="How many times as long a kind of item may be quiet; 1 for a kind that is not named.",
    )

    def check(self, item: Item, backlog: Backlog) -> Iterator[Verdict]:
        """The last time a person did something is too long ago."""
        band = backlog.band(item)
        days = self.days.get(band) if band else max(self.days.values(), default=None)
        if days is None:
            return
        limit = round(days * self.patience.get(item.kind, 1))
        quiet = backlog.quiet_for(item)
        if quiet is None:
            yield Undecidable(missing="the item's history")
        elif quiet.days > limit:
            yield Fault(
                fact=f"was last touched by a person {quiet.days} days ago",
                limit=f"{limit} days in the band {band}" if band else f"{limit} days",
                fix=self._fix(item, backlog),
                evidence={"quiet_days": quiet.days, "limit_days": limit},
            )

    @staticmethod
    def _fix(item: Item, backlog: Backlog) -> str:
        last = backlog.activity.last_word(item)
        if last and last.turn is Turn.TEAM:
            return f"Answer {last.person.name}, who had the last word; then keep it, rewrite it, or close it."
        return "Read it again: say that it still holds, rewrite it, or close it."
