"""The whole ordered backlog at one moment: what rules see, and all that they see."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import TypeVar

from backlint.model.activity import Activity
from backlint.model.bands import BandWidths, cut, work
from backlint.model.history import History
from backlint.model.item import Item, Sprint, Theme
from backlint.model.pace import Pace
from backlint.model.people import People
from backlint.model.ties import Ties
from backlint.model.words import EMPTY, Band, Kind, SprintState, Unit
from backlint.text import Criteria, Text, learn, read

T = TypeVar("T")

READINGS_KEPT = 1024
NO_TEMPLATE = frozenset[str]()
HARDLY_EVER = 0.1
ENOUGH_TO_TELL = 20
PLANNED_THROUGH_OTHERS = frozenset({Kind.EPIC, Kind.INITIATIVE, Kind.SUBTASK})


class Backlog:
    """Items in their order, indexed, with the moment of the look: time is `now`, and never the clock.

    `pace` is how fast the team works; `velocity`, its points a sprint, is the same said shorter. `None`: not known.
    """

    def __init__(
        self,
        items: Iterable[Item],
        *,
        now: datetime,
        name: str = "",
        sprints: Iterable[Sprint] = (),
        themes: Iterable[Theme] = (),
        velocity: float | None = None,
        pace: Pace | None = None,
        widths: BandWidths | None = None,
        people: People | None = None,
    ) -> None:
        self.now = now
        self.name = name
        self.items = tuple(sorted(items, key=_by_rank))
        self.sprints: Mapping[str, Sprint] = {sprint.id: sprint for sprint in sprints}
        self.themes: Mapping[str, Theme] = {theme.id: theme for theme in themes}
        self.pace = pace or (Pace(per_sprint=velocity) if velocity else None)
        self.widths = widths or BandWidths()
        self.people = people or People()
        self._read = lru_cache(maxsize=READINGS_KEPT)(read)
        self._described: dict[str, bool] = {}
        self._stated: dict[str, bool | None] = {}
        self._band_of: dict[str, Band | None] = {}
        self._last_read: tuple[Item | None, Text | None] = None, None
        self._last_touch: tuple[Item | None, datetime | None] = None, None
        self._computed: dict[Callable[[Backlog], object], object] = {}

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def velocity(self) -> float | None:
        """What the team finishes in a sprint, in the unit of its estimates; `None` where it does not estimate."""
        return self.pace.per_sprint if self.pace and self.pace.unit is not Unit.ITEMS else None

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """Every item by its id."""
        return {item.id: item for item in self.items}

    @cached_property
    def open(self) -> tuple[Item, ...]:
        """What still has to be done, in the backlog's order; items without a rank last."""
        return tuple(item for item in self.items if item.is_open)

    @cached_property
    def ranked(self) -> tuple[Item, ...]:
        """The waiting items that the tracker puts in order: what planning draws from."""
        return tuple(item for item in self.open if item.rank is not None and item.stage.is_waiting)

    @cached_property
    def plannable(self) -> tuple[Item, ...]:
        """The ranked items that a sprint is filled with: no epics, which are planned through what they contain."""
        return tuple(item for item in self.ranked if item.kind not in PLANNED_THROUGH_OTHERS)

    @cached_property
    def work(self) -> Mapping[str, float] | None:
        """How large each plannable item is in what the pace counts, by id; `None` where the tracker does not say."""
        sizes = work(self.plannable, self.pace)
        return None if sizes is None else {item.id: size for item, size in zip(self.plannable, sizes, strict=True)}

    @cached_property
    def is_estimated(self) -> bool:
        """Whether the team estimates at all: where the field is there and hardly ever filled, it does not."""
        asked = [item for item in self.items if item.kind not in PLANNED_THROUGH_OTHERS and item.estimate is not None]
        given = sum(item.estimate is not EMPTY for item in asked)
        return given >= HARDLY_EVER * len(asked) if len(asked) >= ENOUGH_TO_TELL else bool(asked)

    @cached_property
    def _bands(self) -> Mapping[str, Band]:
        return cut(self.plannable, self.widths, self.pace)

    @cached_property
    def _coming_sprints(self) -> frozenset[str]:
        """The running sprints, and the one that starts next."""
        running = {it.id for it in self.sprints.values() if it.state is SprintState.ACTIVE}
        planned = [it for it in self.sprints.values() if it.state is SprintState.FUTURE and it.start]
        return frozenset(running | {it.id for it in sorted(planned, key=lambda it: (it.start, it.id))[:1]})

    def band(self, item: Item) -> Band | None:
        """How near the item is to being planned; `None` where the tracker gives it no place.

        What is being worked on, or stands in the running or the coming sprint, is `next` by definition. An epic is as
        near as the nearest of its children, a subtask as near as its parent. Where there are sprints and the tracker
        does not say whether the item is in one, its place is not known.
        """
        if self.by_id.get(item.id) is not item:
            return self._place(item)
        if item.id not in self._band_of:
            self._band_of[item.id] = self._place(item)
        return self._band_of[item.id]

    def _place(self, item: Item) -> Band | None:
        if not item.is_open:
            return None
        if not item.stage.is_waiting or not self._coming_sprints.isdisjoint(item.sprints or ()):
            return Band.NEXT
        if item.sprints is None and self._coming_sprints:
            return None
        if item.kind.contains_items:
            nearest = [self._bands[child.id] for child in self.children(item) if child.id in self._bands]
            return min(nearest, key=lambda band: band.depth, default=None)
        parent = self.parent(item) if item.kind is Kind.SUBTASK else None
        return self.band(parent) if parent and parent.kind is not Kind.SUBTASK else self._bands.get(item.id)

    def through(self, last: Band) -> Iterator[Item]:
        """The waiting items down to the end of a band, in order."""
        for item in self.ranked:
            band = self.band(item)
            if band is not None and band.depth <= last.depth:
                yield item

    def text(self, item: Item) -> Text:
        """What the item's body says, read once; lines of its project's template are known as such."""
        seen, text = self._last_read
        if seen is not item or text is None:
            text = self._read(item.body or "", self._templates.get(item.project, NO_TEMPLATE))
            self._last_read = item, text
        return text

    def is_described(self, item: Item) -> bool | None:
        """Whether its text says anything of its own; `None` where it was not read. Kept, as rules that compare ask."""
        if item.body is None:
            return None
        if self.by_id.get(item.id) is not item:
            return bool(self.text(item).said)
        if item.id not in self._described:
            self._described[item.id] = bool(self.text(item).said)
        return self._described[item.id]

    def has_criteria(self, item: Item) -> bool | None:
        """Whether anything tells when it is done; `None` where its text was not read. Kept, as `is_described` is."""
        if self.by_id.get(item.id) is not item:
            return _are_stated(self.criteria(item))
        if item.id not in self._stated:
            self._stated[item.id] = _are_stated(self.criteria(item))
        return self._stated[item.id]

    def criteria(self, item: Item) -> Criteria | None:
        """What tells when the item is done, from its own field or else its text; `None` where neither was read."""
        if isinstance(item.criteria, str):
            written = self._read(item.criteria, NO_TEMPLATE)
            if written.said:
                return Criteria("", written.criteria.statements or written.said)
        if item.body is None:
            return None
        return self.text(item).criteria

    @cached_property
    def _templates(self) -> Mapping[str, frozenset[str]]:
        bodies: dict[str, list[str]] = defaultdict(list)
        for item in self.items:
            if item.body:
                bodies[item.project].append(item.body)
        return {project: learn(written) for project, written in bodies.items()}

    def once(self, compute: Callable[["Backlog"], T]) -> T:
        """What a rule must know of the whole backlog before it looks at one item, computed once for each function."""
        if compute not in self._computed:
            self._computed[compute] = compute(self)
        return self._computed[compute]  # type: ignore[return-value]  # kept under the function that made it

    @cached_property
    def _ties(self) -> Ties:
        return Ties(self.by_id)

    def children(self, item: Item) -> tuple[Item, ...]:
        """The items that this one contains directly."""
        return self._ties.children.get(item.id, ())

    @cached_property
    def knows_parents(self) -> bool:
        """Whether the tracker says what contains what: an item without children then has none."""
        return any(item.parent is not None for item in self.items)

    def parent(self, item: Item) -> Item | None:
        """The item of this backlog that contains this one."""
        return self._ties.parent(item)

    def ancestors(self, item: Item) -> tuple[Item, ...]:
        """The items that contain this one, the nearest first; each once, even where a tracker holds a ring."""
        return self._ties.ancestors(item)

    def blockers(self, item: Item) -> tuple[Item, ...]:
        """The items of this backlog that this one waits for, whichever end holds the link; a parent is never one."""
        return self._ties.blockers.get(item.id, ())

    def open_blockers(self, item: Item) -> tuple[Item, ...]:
        """Those that still have to be done."""
        return tuple(blocker for blocker in self.blockers(item) if blocker.is_open)

    def blocks(self, item: Item) -> tuple[Item, ...]:
        """The items of this backlog that wait for this one."""
        return self._ties.blocks.get(item.id, ())

    @cached_property
    def activity(self) -> Activity:
        """What people did, told from all that merely happened."""
        return Activity.of(self.items, self.people)

    @cached_property
    def history(self) -> History:
        """What the team's own past says."""
        return History(self.items, self.now)

    def last_human_activity(self, item: Item) -> datetime | None:
        """The last time a person did something about the item; `None` where its history was not read."""
        seen, last = self._last_touch
        if seen is not item:
            last = self.activity.last(item)
            self._last_touch = item, last
        return last

    def quiet_for(self, item: Item) -> timedelta | None:
        """How long nobody did anything about the item; never negative, whatever the tracker's clock says."""
        last = self.last_human_activity(item)
        return None if last is None else max(self.now - last, timedelta())


def _are_stated(criteria: Criteria | None) -> bool | None:
    return None if criteria is None else bool(criteria.statements)


def _by_rank(item: Item) -> tuple[bool, int, datetime, str]:
    return item.rank is None, item.rank or 0, item.created, item.id
