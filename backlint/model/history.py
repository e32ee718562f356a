"""What a team's own past says: how long its work takes, how fast items come and go, and what is never done.

A limit is the team's own where there is enough of its past, else a measured default; each says which it is.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate
from math import ceil
from operator import itemgetter

from backlint.model.item import Item
from backlint.model.words import Happening, Kind, Stage

YEAR = timedelta(days=365)

ENOUGH_FINISHED = 20
"""So many finished items give a percentile that one odd item does not move much."""
ENOUGH_OLD = 30
DATED_SHARE = 0.95
"""Where fewer closed items say when they were closed, counting them by the week would mislead."""

IN_PROGRESS_DAYS = 14.0
HARDLY_EVER = 0.05
UNLIKELY_DAYS = 730.0
"""Of 3,031 real items, 5 % of those that were open at two years of age were delivered within the year after."""

YOUNGEST_UNLIKELY, OLDEST_UNLIKELY = 365, 3650
"""Between a year and ten: in a bad half-year nothing is done, and that says little about the items."""

_CONTAINERS = {Kind.EPIC, Kind.INITIATIVE}


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold, and where it comes from. `n` is how many of the team's own cases it rests on; 0: none."""

    value: float
    origin: str
    n: int = 0

    @property
    def is_own(self) -> bool:
        """Whether it comes from the team's own past, and not from other teams'."""
        return self.n > 0


@dataclass(frozen=True, slots=True)
class Spell:
    """A time during which an item stood in one stage; `end` is `None` while it still does."""

    stage: Stage
    start: datetime
    end: datetime | None


def spells(item: Item) -> tuple[Spell, ...]:
    """The stages that an item went through, oldest first, from the first change on; () where none is known.

    Two changes within one stage (from "in work" to "in review") make one spell.
    """
    changes = sorted(
        ((event.at, event.stage) for event in item.events or () if event.what is Happening.STAGED and event.stage),
        key=lambda change: change[0],
    )
    found: list[Spell] = []
    for at, stage in changes:
        if found and found[-1].stage is stage:
            continue
        if found:
            found[-1] = Spell(found[-1].stage, found[-1].start, at)
        found.append(Spell(stage, at, None))
    return tuple(found)


def time_in_progress(item: Item, now: datetime) -> timedelta | None:
    """How long the item was worked on in all; `None` where no start of work is known."""
    worked = [spell for spell in spells(item) if spell.stage is Stage.DOING]
    if not worked:
        return None
    return sum((max((spell.end or now) - spell.start, timedelta()) for spell in worked), timedelta())


def closed_at(item: Item) -> datetime | None:
    """When a closed item was closed; `None` for an open one, and where neither a field nor the history says."""
    if item.is_open:
        return None
    if item.closed:
        return item.closed
    last = spells(item)[-1:]
    return last[0].start if last and not last[0].stage.is_open else None


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least this share of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(ceil(share * len(ordered)), 1) - 1]


class History:
    """The past of one backlog, as seen at `now`. Epics count nowhere: they are finished through their items."""

    def __init__(self, items: Sequence[Item], now: datetime) -> None:
        self.now = now
        self.items = tuple(item for item in items if item.kind not in _CONTAINERS)

    @cached_property
    def closings(self) -> tuple[tuple[datetime, Item], ...]:
        """When which item was closed, oldest first, as far as that is known."""
        dated = ((closed_at(item), item) for item in self.items)
        return tuple(sorted(((at, item) for at, item in dated if at), key=lambda closing: (closing[0], closing[1].id)))

    @cached_property
    def is_dated(self) -> bool:
        """Whether closed items are among those that were read, and say when they were closed."""
        closed = sum(not item.is_open for item in self.items)
        return bool(closed) and len(self.closings) >= DATED_SHARE * closed

    @property
    def lacks_dates(self) -> bool:
        """Whether closed items were read that do not say when they were closed: then nothing follows from counting."""
        return not self.is_dated and any(not item.is_open for item in self.items)

    def closed_within(self, span: timedelta) -> Iterator[Item]:
        """The items that were closed, done or dropped, in the last so many days."""
        return (item for at, item in self.closings if self.now - span < at <= self.now)

    def done_within(self, span: timedelta) -> Iterator[Item]:
        """The items that were done in the last so many days."""
        return (item for item in self.closed_within(span) if item.stage is Stage.DONE)

    def came_within(self, span: timedelta) -> Iterator[Item]:
        """The items that were created in the last so many days."""
        return (item for item in self.items if self.now - span < item.created <= self.now)

    @cached_property
    def in_progress(self) -> Limit:
        """How many days 85 % of the finished items were in progress at most."""
        worked = [time_in_progress(item, self.now) for item in self.done_within(YEAR)]
        days = [time / timedelta(days=1) for time in worked if time]
        if len(days) < ENOUGH_FINISHED:
            return Limit(IN_PROGRESS_DAYS, "a usual limit, as this team has finished too few items to take its own")
        origin = f"85 % of the {len(days)} items that this team finished in the last year took less"
        return Limit(percentile(days, 0.85), origin, len(days))

    @cached_property
    def unlikely_age(self) -> Limit | None:
        """The age in days past which items are hardly ever done; `None` where the team's past shows no such age.

        Asked of the last year only: of the items that were so old (and up to a year older) a year ago and still open,
        how many were done since? The answer is then as young as the team, and needs no closings from before.
        """
        for days in range(YOUNGEST_UNLIKELY, OLDEST_UNLIKELY, 30):
            old, done = self._old_a_year_ago(days)
            if old >= ENOUGH_OLD and done <= HARDLY_EVER * old:
                origin = f"of this team's {old} items that were as old a year ago, {done} were done since"
                return Limit(days, origin, old)
        if self._old_a_year_ago(int(UNLIKELY_DAYS))[0] >= ENOUGH_OLD:
            return None
        return Limit(UNLIKELY_DAYS, "of 3,031 items of other teams, 5 % of those as old were done within a year")

    def _old_a_year_ago(self, days: int) -> tuple[int, int]:
        """How many items were open and of that age a year ago, and how many of them were done since."""
        least = timedelta(days=days)
        ages, done = self._ages_a_year_ago
        first, past = bisect_left(ages, least), bisect_left(ages, least + YEAR)
        return past - first, done[past] - done[first]

    @cached_property
    def _ages_a_year_ago(self) -> tuple[Sequence[timedelta], Sequence[int]]:
        """The ages that open items had a year ago, in order, and how many of the younger ones were done since."""
        aged = sorted(((age, item.stage is Stage.DONE) for age, item in self._open_a_year_ago()), key=itemgetter(0))
        return [age for age, _ in aged], [0, *accumulate(is_done for _, is_done in aged)]

    def _open_a_year_ago(self) -> tuple[tuple[timedelta, Item], ...]:
        """Each item that was open a year ago with its age then; none where the last year's closings are not all known.

        That they are is seen by two things: the team finishes work, and the first known closing is as long ago.
        """
        then = self.now - YEAR
        reaches_back = bool(self.closings) and self.closings[0][0] < then + timedelta(days=30)
        finishes = sum(1 for _ in self.done_within(YEAR)) >= ENOUGH_FINISHED
        if not (self.is_dated and reaches_back and finishes):
            return ()
        closed = {item.id: at for at, item in self.closings}
        old = (item for item in self.items if item.created <= then)
        was_open = (item for item in old if item.is_open or then < closed.get(item.id, then))
        return tuple((then - item.created, item) for item in was_open)
