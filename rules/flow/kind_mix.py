"""The rule kind-mix."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from backlint.example import Example, example, item
from backlint.finding import Fault, Severity, Undecidable
from backlint.model import Backlog, Kind
from backlint.rule import PLANNED_KINDS, BacklogRule, SeverityByBand, Verdict

Share = Annotated[float, Field(ge=0, le=1)]


class Bounds(BaseModel):
    """Between which shares of the waiting items a kind may lie; 0.2 is a fifth."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at_least: Share = 0
    at_most: Share = 1

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_least > self.at_most:
            message = "at_least is above at_most"
            raise ValueError(message)
        return self


def _mix(first: Kind, count: int, second: Kind) -> Example:
    """Twenty items, so many of them of the first kind."""
    return example(*(item(n, kind=first if n <= count else second) for n in range(1, 21)))


class KindMix(BacklogRule):
    """A kind of work takes a larger or smaller part of the backlog than the team wants.

    A backlog that is bugs for the most part is a repair list, and one without any debt or research is not the whole of
    the work. Which mix is right is for the team to say; unless it says so, only one thing is held against it: more than
    half of what waits is bugs. Look at what the kind displaces, and set the bounds that you mean.
    """

    flags = (_mix(Kind.BUG, 15, Kind.STORY),)
    passes = (
        _mix(Kind.BUG, 5, Kind.STORY),
        example(item(1, kind=Kind.BUG), note="One item is no mix."),
    )
    undecided = (_mix(Kind.UNKNOWN, 10, Kind.BUG),)

    severity: SeverityByBand = Field(default=Severity.INFO, description="How much it matters.")
    bounds: Mapping[Kind, Bounds] = Field(
        default={Kind.BUG: Bounds(at_most=0.5)},
        description="For each kind the least and the greatest share of the waiting items.",
    )
    at_least_items: int = Field(default=20, ge=1, description="With fewer waiting items there is no mix to speak of.")
    known: Share = Field(default=0.8, description="The share of items whose kind must be known.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Count the waiting items by kind."""
        kinds = [item.kind for item in backlog.open if item.stage.is_waiting and item.kind in PLANNED_KINDS]
        counts = Counter(kinds)
        if len(kinds) < self.at_least_items:
            return
        if len(kinds) - counts[Kind.UNKNOWN] < self.known * len(kinds):
            yield Undecidable(missing="the kinds of the items")
            return
        for kind, bounds in self.bounds.items():
            share = counts[kind] / len(kinds)
            if not bounds.at_least <= share <= bounds.at_most:
                is_more = share > bounds.at_most
                yield Fault(
                    fact=f"{share:.0%} of the waiting items are of the kind {kind}",
                    limit=f"{bounds.at_most:.0%} at most" if is_more else f"{bounds.at_least:.0%} at least",
                    fix=f"Look at what {kind} items displace, and decide how many of them you will plan."
                    if is_more
                    else f"Ask which {kind} work is done without standing in the backlog, and write it down.",
                    part=kind,
                    evidence={"share": round(share, 3), "count": counts[kind], "of": len(kinds)},
                )
