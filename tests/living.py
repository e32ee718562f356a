"""A tracker that lives while it is read: items change, appear and vanish between any two of its pages."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import ClassVar

from pydantic import ConfigDict

from backlint.connector import Batch, Connector, Observation
from backlint.errors import TrackerError
from backlint.example import item
from backlint.model import Item
from backlint.transport import Gate

PAGE = 3


@dataclass
class Tracker:
    """Every change gets the next number; a page holds what changed after a number, in the order of the changes."""

    items: dict[str, Item] = field(default_factory=dict[str, Item])
    changed: dict[str, int] = field(default_factory=dict[str, int])
    changes: int = 0
    born: int = 0
    asked: list[int] = field(default_factory=list[int])
    between_pages: Callable[[], None] = lambda: None
    warning: str | None = None
    broken: Exception | None = None
    broken_after: int = 10**9

    def create(self, count: int = 1) -> None:
        for _ in range(count):
            self.born += 1
            self._put(replace(item(self.born), rank=None))

    def change(self, id_: str) -> None:
        self._put(replace(self.items[id_], title=f"Change {self.changes}"))

    def delete(self, id_: str) -> None:
        del self.items[id_], self.changed[id_]

    def page(self, after: int) -> tuple[Item, ...]:
        """Raises what it was told to raise, once it has answered often enough."""
        if self.broken and len(self.asked) >= self.broken_after:
            raise self.broken
        self.asked.append(after)
        return tuple(self.items[id_] for id_ in self._since(after)[:PAGE])

    def ranking(self) -> tuple[str, ...]:
        return tuple(sorted(self.items, reverse=True))

    def _since(self, after: int) -> list[str]:
        return sorted((id_ for id_, at in self.changed.items() if at > after), key=self.changed.__getitem__)

    def _put(self, new: Item) -> None:
        self.changes += 1
        self.items[new.id] = new
        self.changed[new.id] = self.changes


class Living(Connector):
    """Reads a living tracker as a connector should: from a cursor that never overtakes what was read."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    wants: ClassVar[str] = "living"

    tracker: Tracker
    place: str = "living:site/one"
    counts: bool = True

    @property
    def source(self) -> str:
        return self.place

    async def pull(self, gate: Gate, cursor: str | None) -> AsyncIterator[Batch]:
        await gate.clock.sleep(0)
        after = int(cursor or 0)
        while page := self.tracker.page(after):
            after = self.tracker.changed[page[-1].id]
            yield Batch(items=page, cursor=str(after), total=len(self.tracker.items))
            self.tracker.between_pages()
        warnings = (self.tracker.warning,) if self.tracker.warning else ()
        yield Batch(ranking=self.tracker.ranking(), warnings=warnings)

    async def census(self, gate: Gate) -> frozenset[str] | None:
        await gate.clock.sleep(0)
        return frozenset(self.tracker.items) if self.counts else None

    async def examine(self, gate: Gate) -> AsyncIterator[Observation]:
        await gate.clock.sleep(0)
        yield Observation(about=self.source, found="it lives")


def live(tracker: Tracker, random: Random) -> None:
    """A few things that people do to a tracker."""
    for _ in range(random.randrange(4)):
        what = random.random()
        if what < 0.3 or not tracker.items:
            tracker.create()
        elif what < 0.5:
            tracker.delete(random.choice(sorted(tracker.items)))
        else:
            tracker.change(random.choice(sorted(tracker.items)))


def out_of_order(seconds: float = 0) -> TrackerError:
    return TrackerError(f"The tracker did not answer within {seconds:.0f} s.", retryable=True)
