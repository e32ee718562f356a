"""Bands: how near an item is to being planned, and so how much may be asked of it."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from statistics import median
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from backlint.model.item import Estimate, Item
from backlint.model.pace import Pace
from backlint.model.words import Band, Unit

Count = Annotated[int, Field(ge=0)]
Sprints = Annotated[float, Field(ge=0)]
Cuts = tuple[float, float, float]


class BandWidths(BaseModel):
    """How far each band reaches, in sprints where the team's velocity is known, else in items."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    next_sprints: Sprints = Field(default=1, description="Sprints of work that make the band `next`.")
    soon_sprints: Sprints = Field(default=3, description="Sprints of work after that which make the band `soon`.")
    later_sprints: Sprints = Field(default=8, description="Sprints of work after that which make the band `later`.")
    next_items: Count = Field(default=10, description="Items in `next` where velocity is unknown.")
    soon_items: Count = Field(default=30, description="Items in `soon` where velocity is unknown.")
    later_items: Count = Field(default=80, description="Items in `later` where velocity is unknown.")

    @property
    def by_items(self) -> Cuts:
        """The cuts, counted in items."""
        return _cumulated(self.next_items, self.soon_items, self.later_items)

    def by_velocity(self, velocity: float) -> Cuts:
        """The cuts, counted in the unit of the velocity."""
        return _cumulated(*(width * velocity for width in (self.next_sprints, self.soon_sprints, self.later_sprints)))


def _cumulated(near: float, middle: float, far: float) -> Cuts:
    return near, near + middle, near + middle + far


def cut(ranked: Sequence[Item], widths: BandWidths, pace: Pace | None) -> Mapping[str, Band]:
    """Give each ranked item its band, by id; the work above an item decides.

    Without a pace the work is a number of items. With one that counts points, and no item that says its points, there
    are no bands at all: how far a sprint reaches cannot be seen, and a guess would put demands on the wrong items.
    """
    sizes = work(ranked, pace)
    if sizes is None:
        return {}
    is_sized = pace and pace.per_sprint and any(size_in(item, pace.unit) is not None for item in ranked)
    cuts = widths.by_velocity(pace.per_sprint) if pace and is_sized else widths.by_items
    above = accumulate(sizes, initial=0.0)
    return {item.id: _band(done_before, cuts) for item, done_before in zip(ranked, above, strict=False)}


def work(items: Sequence[Item], pace: Pace | None) -> list[float] | None:
    """How large each item is in what the pace counts; `None` where the tracker does not say.

    An item without an estimate counts as the median of those that have one; each counts as one where the pace counts
    items, or where there is none, or where the estimates are there to be filled and nobody has begun.
    """
    if pace is None or not pace.per_sprint or pace.unit is Unit.ITEMS:
        return [1.0] * len(items)
    told = [size for item in items if (size := size_in(item, pace.unit)) is not None]
    if not told:
        return None if items and all(item.estimate is None for item in items) else [1.0] * len(items)
    typical = median(told)
    return [typical if (size := size_in(item, pace.unit)) is None else size for item in items]


def size_in(item: Item, unit: Unit) -> float | None:
    """The item's estimate, if it is one of that unit; an item is one item."""
    if unit is Unit.ITEMS:
        return 1.0
    estimate = item.estimate
    return estimate.value if isinstance(estimate, Estimate) and estimate.unit is unit else None


def _band(work_above: float, cuts: Cuts) -> Band:
    return next((band for band, end in zip(Band, cuts, strict=False) if work_above < end), Band.ICEBOX)
