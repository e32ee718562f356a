"""Bulk edits: one actor, many items, seconds apart. They say nothing about any one of the items."""

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time

from backlint.model.item import Event, Item
from backlint.model.words import Happening

BULK_SECONDS = 60.0
BULK_ITEMS = 10
"""So many items changed by one actor within so many seconds are a bulk edit: nobody refines ten items in a minute."""

SAME_ITEMS = 5
"""Fewer are enough where the change is the same on each, the words of a comment included."""

Deed = tuple[str, int | None]
"""Who acted, and what was done (a hash); `None`: whatever was done."""

Spans = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class BulkEdits:
    """When one actor changed many items at once: spans of time (in POSIX seconds, apart and in order) for each deed."""

    spans: Mapping[Deed, Spans] = field(default_factory=dict[Deed, Spans])

    def cover(self, event: Event) -> bool:
        """Whether the event was part of a bulk edit."""
        spans = [self.spans[deed] for deed in _deeds(event) if deed in self.spans] if self.spans else ()
        if not spans:
            return False
        at = event.at.timestamp()
        return any(_lies_in(at, each) for each in spans)


def _lies_in(at: float, spans: Spans) -> bool:
    place = bisect_right(spans, (at, float("inf"))) - 1
    return place >= 0 and at <= spans[place][1]


def _deeds(event: Event) -> Iterator[Deed]:
    """What the event may be one of many of. A creation is none; a comment only of the same words.

    Nor is an event of which the tracker does not say who or at what time of day: an export that holds dates only
    would look like one long bulk edit.
    """
    if event.actor is None or event.at.time() == time.min:
        return
    actor = event.actor.id
    if event.what is Happening.COMMENTED:
        if event.text:
            yield actor, hash(event.text)
    elif event.what is not Happening.CREATED:
        yield actor, None
        yield actor, hash((event.what, event.field, event.after or event.before))


def bulk_edits(items: Iterable[Item]) -> BulkEdits:
    """Find the moments at which one actor changed many items at once, in one pass over the items.

    Only times and item numbers are kept of each event, so that a stream of a million events fits.
    """
    times: dict[Deed, array[float]] = defaultdict(lambda: array("d"))
    numbers: dict[Deed, array[int]] = defaultdict(lambda: array("q"))
    for number, item in enumerate(items):
        for event in item.events or ():
            for deed in _deeds(event):
                times[deed].append(event.at.timestamp())
                numbers[deed].append(number)
    found = {deed: _crowded(times[deed], numbers[deed], _many(deed)) for deed in times}
    return BulkEdits({deed: tuple(spans) for deed, spans in found.items() if spans})


def _many(deed: Deed) -> int:
    return BULK_ITEMS if deed[1] is None else SAME_ITEMS


def _crowded(times: "array[float]", numbers: "array[int]", many: int) -> list[tuple[float, float]]:
    """Slide a window over the times, and give the spans in which it held so many items."""
    if len(times) < many:
        return []
    acts = sorted(zip(times, numbers, strict=True))
    inside: Counter[int] = Counter()
    spans: list[tuple[float, float]] = []
    first = 0
    for at, number in acts:
        inside[number] += 1
        while at - acts[first][0] > BULK_SECONDS:
            _take_out(inside, acts[first][1])
            first += 1
        if len(inside) >= many:
            is_more_of_it = spans and acts[first][0] <= spans[-1][1]
            start = spans.pop()[0] if is_more_of_it else acts[first][0]
            spans.append((start, at))
    return spans


def _take_out(inside: Counter[int], number: int) -> None:
    inside[number] -= 1
    if not inside[number]:
        del inside[number]
