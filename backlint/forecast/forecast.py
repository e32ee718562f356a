"""When the work at a place in the order will be done, as a range: the team's own past sprints, drawn at random.

Monte Carlo over throughput: no estimate of the future is asked of anybody, only that the coming sprints be like some
of the past ones. The draws come from a fixed seed, so that the same backlog always gets the same answer.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from random import Random

from backlint.model import Backlog, Item, Pace
from backlint.model.bands import work

RUNS = 500
SEED = 20_01
FURTHEST = 130
"""Sprints that are looked ahead: five years of fortnights. What is not done by then has no date."""


@dataclass(frozen=True, slots=True)
class Span:
    """When something will be done: with even chances by `likely`, with a chance of 85 in 100 by `safe`.

    `None` stands for later than anybody can say.
    """

    likely: date | None
    safe: date | None


class Forecast:
    """The forecast of one backlog. It says nothing (`None`) where pace, order or sizes are not told."""

    def __init__(self, backlog: Backlog) -> None:
        self.backlog = backlog

    @cached_property
    def _ahead(self) -> Mapping[str, float] | None:
        """The work that is done when an item is, by id: what has begun, what stands above it, and itself."""
        backlog = self.backlog
        begun = work(
            [it for it in backlog.open if not it.stage.is_waiting and not it.kind.contains_items], backlog.pace
        )
        sizes = backlog.work
        if not backlog.pace or begun is None or sizes is None:
            return None
        total = accumulate((sizes[it.id] for it in backlog.plannable), initial=sum(begun))
        next(total)
        return {it.id: done for it, done in zip(backlog.plannable, total, strict=True)}

    @cached_property
    def _runs(self) -> list[list[float]]:
        """For each run, what is finished after one sprint, after two, and so on."""
        pace = self.backlog.pace
        return [] if pace is None else _drawn(pace)

    def of(self, item: Item) -> Span | None:
        """When a waiting item will be done, if the order stays and nothing comes in above it."""
        ahead = self._ahead.get(item.id) if self._ahead else None
        return None if ahead is None else self.when(ahead)

    def when(self, amount: float) -> Span | None:
        """When so much work will be done, in what the pace counts."""
        pace = self.backlog.pace
        if pace is None:
            return None
        needed = sorted(bisect_left(finished, amount) + 1 for finished in self._runs)
        return Span(self._date(pace, needed[len(needed) // 2]), self._date(pace, needed[len(needed) * 85 // 100]))

    def _date(self, pace: Pace, sprints: int) -> date | None:
        return None if sprints > FURTHEST else (self.backlog.now + sprints * pace.sprint).date()


def _drawn(pace: Pace) -> list[list[float]]:
    samples = pace.samples or (pace.per_sprint,)
    draw = Random(SEED)  # noqa: S311 - a forecast is no secret
    return [list(accumulate(draw.choices(samples, k=FURTHEST))) for _ in range(RUNS)]
