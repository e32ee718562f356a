"""The rule estimate-outlier."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import ClassVar

from pydantic import Field

from backlint.example import ago, example, happened, item
from backlint.finding import Confidence, Fault, Severity, Undecidable
from backlint.model import Backlog, Band, Estimate, Happening, Item, Stage
from backlint.model.history import time_in_progress
from backlint.rule import PLANNED_KINDS, WAITING, BacklogRule, SeverityByBand, Verdict

DAY = timedelta(days=1)
SHORT_WORD = 3
"""Words up to this length (articles, prepositions) say nothing about what an item is."""


def _took(number: int, title: str, points: float, days: float) -> Item:
    work = (
        happened(Happening.STAGED, 20 + days, stage=Stage.DOING),
        happened(Happening.STAGED, 20, stage=Stage.DONE),
    )
    return item(
        number,
        title=title,
        rank=None,
        estimate=Estimate(value=points),
        stage=Stage.DONE,
        created=ago(200),
        closed=ago(20),
        events=work,
    )


_PAST = (
    *(_took(100 + n, f"Import orders from supplier {n}", 8, 20) for n in range(4)),
    *(_took(200 + n, f"Correct the wording of page {n}", 2, 2) for n in range(8)),
)


class EstimateOutlier(BacklogRule):
    """An estimate is far from what items like it really took.

    Items are alike when their titles share half of their words. What they took is their time in progress; what the
    estimate promises is what finished items of the same estimate took (the median of both). Where the two are three
    times apart, somebody remembers the last time differently from how it was. Look at the earlier items together before
    planning this one.
    """

    flags = (example(item(1, title="Import orders from supplier Acme", estimate=Estimate(value=2)), *_PAST),)
    passes = (
        example(item(1, title="Import orders from supplier Acme", estimate=Estimate(value=8)), *_PAST),
        example(item(1, title="Something new altogether", estimate=Estimate(value=2)), *_PAST),
    )
    undecided = (
        example(item(1, estimate=Estimate(value=2)), note="No finished item says how long it took."),
        example(item(1), *_PAST),
    )

    confidence: ClassVar[Confidence] = Confidence.LOW

    severity: SeverityByBand = Field(
        default={Band.NEXT: Severity.WARNING, Band.SOON: Severity.INFO}, description="How much it matters, by band."
    )
    alike: float = Field(default=0.5, gt=0, le=1, description="The share of words that two titles must share.")
    times: float = Field(default=3, gt=1, description="How many times apart estimate and experience must be.")
    at_least_alike: int = Field(default=3, ge=1, description="How many finished items must be alike.")
    at_least_equal: int = Field(default=5, ge=1, description="How many finished items must have the same estimate.")

    def check(self, backlog: Backlog) -> Iterator[Verdict]:
        """Compare each waiting item with the finished items that are like it."""
        waiting = [item for item in backlog.open if item.kind in PLANNED_KINDS and item.stage in WAITING]
        sized = [(item, item.estimate) for item in waiting if isinstance(item.estimate, Estimate)]
        past = Past.of(backlog)
        if waiting and all(item.estimate is None for item in waiting):
            yield Undecidable(missing="estimates")
        elif sized and len(past.days) < self.at_least_equal:
            yield Undecidable(missing="how long finished items took")
        else:
            for each, estimate in sized:
                yield from self._compare(each, estimate, past)

    def _compare(self, item: Item, estimate: Estimate, past: "Past") -> Iterator[Verdict]:
        same = past.by_estimate.get(estimate, ())
        alike = past.alike(item, self.alike)
        if len(same) < self.at_least_equal or len(alike) < self.at_least_alike:
            return
        promised, took = median(same), median(past.days[other.id] for other in alike)
        if max(promised, took) >= self.times * max(min(promised, took), 1):
            keys = [other.key for other in alike]
            yield Fault(
                fact=f"is estimated at {estimate}, but {len(alike)} items like it took {took:.0f} days",
                limit=f"{promised:.0f} days, the median of {len(same)} finished items of {estimate}",
                fix=f"Look at {', '.join(keys[:3])} together, and estimate again.",
                item_id=item.id,
                evidence={"alike": keys[:10], "took_days": round(took, 1), "promised_days": round(promised, 1)},
            )


@dataclass(frozen=True)
class Past:
    """What finished items took in days, by id, by estimate, and findable by the words of their titles."""

    days: Mapping[str, float]
    by_estimate: Mapping[Estimate, Sequence[float]]
    by_word: Mapping[str, Sequence[Item]]

    @classmethod
    def of(cls, backlog: Backlog) -> "Past":
        """Index the finished items whose time in progress is known."""
        days: dict[str, float] = {}
        by_estimate: dict[Estimate, list[float]] = defaultdict(list)
        by_word: dict[str, list[Item]] = defaultdict(list)
        for each in backlog:
            took = time_in_progress(each, backlog.now) if each.stage is Stage.DONE else None
            if not took or each.kind not in PLANNED_KINDS:
                continue
            days[each.id] = took / DAY
            if isinstance(each.estimate, Estimate):
                by_estimate[each.estimate].append(took / DAY)
            for word in words(each.title):
                by_word[word].append(each)
        return cls(days, by_estimate, by_word)

    def alike(self, item: Item, share: float) -> list[Item]:
        """The finished items whose titles share that part of all the words of the two."""
        mine = words(item.title)
        shared: dict[Item, int] = defaultdict(int)
        for word in mine:
            for other in self.by_word.get(word, ()):
                shared[other] += 1
        return [
            other for other, count in shared.items() if count >= share * (len(mine) + len(words(other.title)) - count)
        ]


def words(title: str) -> frozenset[str]:
    """The words of a title that say what it is about."""
    return frozenset(word for word in re.findall(r"[^\W\d_]+", title.casefold()) if len(word) > SHORT_WORD)
