"""What the dates of the items tell: how old the open ones are, and what came in and went out week by week."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from backlint.health.figures import AgeGroup, Ages, Week
from backlint.model import Backlog, Band, Item, Stage

WEEKS = 13
"""90 days, in whole weeks."""

AGES: Sequence[tuple[str, int]] = (
    ("<1 wk", 0),
    ("1-4 wk", 7),
    ("1-3 mo", 28),
    ("3-6 mo", 91),
    ("6-12 mo", 182),
    ("1-2 yr", 365),
    (">2 yr", 730),
)
"""The age groups, each with the day it begins."""

ENOUGH_FINISHED = 10
"""With fewer finished items, how long they took says nothing about the next one."""

MOST = 0.85
"""The percentile that teams plan by: "85 % of our items take no longer" (Vacanti, Actionable Agile Metrics)."""


def ages(backlog: Backlog) -> Ages:
    """How old the open items are, by group, against the finished ones."""
    old = [(_days(backlog.now - item.created), item) for item in backlog.open]
    took = sorted(_days(item.closed - item.created) for item in backlog if item.stage is Stage.DONE and item.closed)
    most = took[int(MOST * (len(took) - 1))] if len(took) >= ENOUGH_FINISHED else None
    return Ages(
        groups=_groups(backlog, old),
        median_days=round(median(days for days, _ in old)) if old else None,
        finished=len(took),
        finished_half_days=round(median(took)) if most is not None else None,
        finished_most_days=most,
        older_than_most=sum(days > most for days, _ in old) if most is not None else 0,
    )


def _groups(backlog: Backlog, old: Sequence[tuple[int, Item]]) -> tuple[AgeGroup, ...]:
    starts = [start for _, start in AGES]
    counted: list[Counter[Band | None]] = [Counter() for _ in AGES]
    for days, item in old:
        counted[bisect_right(starts, days) - 1][backlog.band(item)] += 1
    return tuple(
        AgeGroup(
            label=label,
            from_days=start,
            to_days=end,
            bands={band: count[band] for band in Band},
            unranked=count[None],
            total=count.total(),
        )
        for (label, start), end, count in zip(AGES, [*starts[1:], None], counted, strict=True)
    )


def weeks(backlog: Backlog) -> tuple[Week, ...]:
    """The last weeks, oldest first; the last one ends now. What is done at a time nobody knows is left out."""
    told = [item for item in backlog if item.is_open or item.closed]
    came = sorted(item.created for item in told)
    done = sorted(item.closed for item in told if item.closed and item.stage is Stage.DONE)
    dropped = sorted(item.closed for item in told if item.closed and item.stage is Stage.DROPPED)
    ends = [backlog.now - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    return tuple(_week(end, came, done, dropped) for end in ends)


def _week(end: datetime, came: Sequence[datetime], done: Sequence[datetime], dropped: Sequence[datetime]) -> Week:
    start = end - timedelta(weeks=1)
    return Week(
        start=start.date(),
        created=_between(came, start, end),
        done=_between(done, start, end),
        dropped=_between(dropped, start, end),
        open=bisect_right(came, end) - bisect_right(done, end) - bisect_right(dropped, end),
    )


def _between(moments: Sequence[datetime], start: datetime, end: datetime) -> int:
    return bisect_right(moments, end) - bisect_right(moments, start)


def _days(span: timedelta) -> int:
    return max(span.days, 0)
