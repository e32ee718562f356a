"""Human activity: the last time that a person did something about an item.

Bots, our own notes, bulk edits, rank-only changes and workflow migrations are no activity: a tracker's `updated`
counts all of them, which is why tools that trust it never see anything grow stale.
"""

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from backlint.model.item import Event, Item, Person
from backlint.model.people import People
from backlint.model.words import Happening

BULK_SECONDS = 60.0
BULK_ITEMS = 10
"""So many items changed by one actor within so many seconds are a bulk edit: nobody refines ten items in a minute."""

SAME_ITEMS = 5
"""Fewer are enough where the change is the same on each, the words of a comment included."""

_BY_MACHINES = {"workflow", "project", "key", "projectimport", "remoteissuelink"}
"""Fields that move with an administrator's migration, or because a page somewhere names the item."""

_WORDS = {Happening.COMMENTED, Happening.CREATED}

Deed = tuple[str, int | None]
"""Who acted, and what was done (a hash); `None`: whatever was done."""

Spans = tuple[tuple[float, float], ...]


class Turn(StrEnum):
    """Who is waited for."""

    TEAM = "team"
    OUTSIDER = "outsider"


@dataclass(frozen=True, slots=True)
class LastWord:
    """What was done last, by whom, and who is waited for since then; `text` is a comment's, where it was read."""

    person: Person
    at: datetime
    turn: Turn
    what: Happening
    text: str | None = None


@dataclass(frozen=True, slots=True)
class BulkEdits:
    """When one actor changed many items at once: spans of time (in POSIX seconds, apart and in order) for each deed."""

    spans: Mapping[Deed, Spans] = field(default_factory=dict[Deed, Spans])

    def cover(self, event: Event) -> bool:
        """Whether the event was part of a bulk edit."""
        at = event.at.timestamp()
        return any(_lies_in(at, self.spans[deed]) for deed in _deeds(event) if deed in self.spans)


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


@dataclass(frozen=True, slots=True)
class Activity:
    """What people did, told from all that merely happened."""

    people: People = field(default_factory=People)
    bulk: BulkEdits = field(default_factory=BulkEdits)

    def is_human(self, event: Event) -> bool:
        """Whether a person did this, and about this one item."""
        return self.is_by_hand(event) and event.what is not Happening.RANKED

    def is_by_hand(self, event: Event) -> bool:
        """Whether a person did this and meant this item: a change of rank is by hand, but says nothing of the item."""
        if event.is_ours or self.people.is_bot(event.actor):
            return False
        is_by_machine = event.field is not None and event.field.casefold() in _BY_MACHINES
        return not is_by_machine and not self.bulk.cover(event)

    def events(self, item: Item) -> Iterator[Event]:
        """What people did about the item."""
        return (event for event in item.events or () if self.is_human(event))

    def last(self, item: Item) -> datetime | None:
        """The last time a person did something about the item; `None` where its history was not read."""
        if item.events is None:
            return None
        return max((event.at for event in self.events(item)), default=item.created)

    def last_word(self, item: Item) -> LastWord | None:
        """Whose turn it is: the team's when an outsider spoke last and nobody on the team has done anything since.

        Whatever the team does is an answer; of an outsider only words count. `None` where the history was not read,
        or where it is unknown whether the one who spoke last is on the team.
        """
        if item.events is None:
            return None
        acts = list(self.events(item))
        if not self.people.is_bot(item.author):
            acts.append(Event(at=item.created, what=Happening.CREATED, actor=item.author))
        for act in sorted(acts, key=lambda act: act.at, reverse=True):
            on_team = self.people.on_team(act.actor)
            if on_team or act.what in _WORDS:
                return _word(act, on_team)
        return None


def _word(act: Event, on_team: bool | None) -> LastWord | None:
    if act.actor is None or on_team is None:
        return None
    return LastWord(act.actor, act.at, Turn.OUTSIDER if on_team else Turn.TEAM, act.what, act.text)
