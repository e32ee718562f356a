"""Bands: how near an item is to being planned, and so how much may be asked of it."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from backlint.model.item import Estimate, Item
from backlint.model.words import Band

Count = Annotated[int, Field(ge=0)]
Sprints = Annotated[float, Field(ge=0)]


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
    def by_items(self) -> tuple[float, float, float]:
        """The cuts, counted in items."""
        return _cumulated(self.next_items, self.soon_items, self.later_items)

    def by_velocity(self, velocity: float) -> tuple[float, float, float]:
        """The cuts, counted in the unit of the velocity."""
        widths = (self.next_sprints, self.soon_sprints, self.later_sprints)
        return _cumulated(*(width * velocity for width in widths))


def _cumulated(near: float, middle: float, far: float) -> tuple[float, float, float]:
    return near, near + middle, near + middle + far


def cut(ranked: Sequence[Item], widths: BandWidths, velocity: float | None) -> Mapping[str, Band]:
    """Give each ranked item its band, by id.

    With a velocity, the work above an item decides (an item without an estimate counts as the median of those that
    have one); without, its place does.
    """
    if velocity:
        typical = _median([item.estimate.value for item in ranked if isinstance(item.estimate, Estimate)])
        sizes = [item.estimate.value if isinstance(item.estimate, Estimate) else typical for item in ranked]
        cuts = widths.by_velocity(velocity)
    else:
        sizes = [1.0] * len(ranked)
        cuts = widths.by_items
    bands: dict[str, Band] = {}
    above = 0.0
    for item, size in zip(ranked, sizes, strict=True):
        bands[item.id] = next((band for band, end in zip(Band, cuts, strict=False) if above < end), Band.ICEBOX)
        above += size
    return bands


def _median(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else 1.0
