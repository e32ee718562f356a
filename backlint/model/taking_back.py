"""Take back what happened to an item: from its fields as they are, and the events since, to its fields as they were.

What an event does not tell well enough makes its field `None`: not known.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from backlint.model.item import Estimate, Event, Item, Person, Priority, Sprint
from backlint.model.words import EMPTY, Happening, Kind, Stage, Unit

K = TypeVar("K")
V = TypeVar("V")

LONGEST_VALUE = 500
"""Of a value before and after, connectors keep so much: a history with every version of a text is mostly texts."""

TITLES = frozenset({"summary", "title"})
BODIES = frozenset({"description", "body"})
NO_TEXTS = frozenset({"environment", "attachment"})
COMPONENTS = frozenset({"component", "components"})
KINDS = frozenset({"issuetype", "type"})

Fields = dict[str, Any]
"""What is different: fields of `Item`, as `replace` takes them."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the words in a history mean, learnt from the whole backlog; a word with two meanings has none."""

    stages: Mapping[str, Stage]
    kinds: Mapping[str, Kind]
    priorities: Mapping[str, Priority]
    people: Mapping[str, Person]
    sprints: Mapping[str, str]

    @classmethod
    def of(cls, items: Sequence[Item], sprints: Iterable[Sprint]) -> "Vocabulary":
        """Learn it."""
        staged = (event for item in items for event in item.events or () if event.what is Happening.STAGED)
        everybody = {person for item in items for person in _people(item)}
        return cls(
            stages=_unambiguous((event.after, event.stage) for event in staged)
            | _unambiguous((item.status, item.stage) for item in items),
            kinds=_unambiguous((item.kind_name, item.kind) for item in items),
            priorities=_unambiguous(
                (it.priority.name, it.priority) for it in items if isinstance(it.priority, Priority)
            ),
            people=_unambiguous((person.name, person) for person in everybody),
            sprints=_unambiguous((sprint.name, sprint.id) for sprint in sprints),
        )


def taken_back(item: Item, later: Sequence[Event], words: Vocabulary) -> Fields:
    """The fields as they were before these events, oldest first, without those that they did not change."""
    by_what: dict[Happening, list[Event]] = defaultdict(list)
    for event in later:
        by_what[event.what].append(event)
    before: Fields = {}
    for what, events in by_what.items():
        if what in WAYS:
            before |= {
                field: value for field, value in WAYS[what](item, events, words).items() if _is_told(item, field)
            }
    return before


def _is_told(item: Item, field: str) -> bool:
    """A tracker that does not say what a field holds does not say what it held."""
    return getattr(item, field) is not None or field == "status"


def _written(item: Item, events: Sequence[Event], _: Vocabulary) -> Fields:
    before: Fields = {}
    for event in reversed(events):
        field = (event.field or "").casefold()
        if field in TITLES:
            before["title"] = event.before or item.title
        elif field in BODIES:
            before["body"] = _text(event)
        elif field not in NO_TEXTS:
            before["criteria"] = _text(event) or (EMPTY if _speaks(event) and not event.before else None)
            before |= {} if field else {"body": None}
    return before


def _text(event: Event) -> str | None:
    """The text before; `None` where only its beginning was kept."""
    text = event.before or ""
    return text if _speaks(event) and len(text) < LONGEST_VALUE else None


def _staged(item: Item, events: Sequence[Event], words: Vocabulary) -> Fields:
    """Where the last change before these led; else where the first of these came from. What is new waits."""
    earlier = [it for it in item.events or () if it.what is Happening.STAGED and it.stage and it.at < events[0].at]
    if earlier:
        last = earlier[-1]
        return {"stage": last.stage, "status": last.after}
    name = events[0].before
    return {"stage": words.stages.get(name or "", Stage.BACKLOG), "status": name}


def _prioritised(_: Item, events: Sequence[Event], words: Vocabulary) -> Fields:
    """A priority is told by its name; a class of MoSCoW by a field that may be called anything."""
    ours = [event for event in events if "priority" in (event.field or "priority").casefold()]
    before: Fields = {"priority": _value(ours[0], words.priorities.get)} if ours else {}
    return (
        before if all("priority" in (event.field or "").casefold() for event in events) else {**before, "moscow": None}
    )


def _estimated(item: Item, events: Sequence[Event], _: Vocabulary) -> Fields:
    unit = item.estimate.unit if isinstance(item.estimate, Estimate) else Unit.POINTS
    if unit is Unit.HOURS:
        return {"estimate": None}  # trackers tell them in seconds or as "2d 4h", each in its own way
    points = [event for event in events if not (event.field or "").casefold().startswith("time")]
    return {"estimate": _value(points[0], _points)} if points else {}


def _points(text: str) -> Estimate | None:
    try:
        return Estimate(value=float(text))
    except ValueError:
        return None


def _labelled(item: Item, events: Sequence[Event], _: Vocabulary) -> Fields:
    parts = [event for event in events if (event.field or "").casefold() in COMPONENTS]
    labels = [event for event in events if event not in parts]
    before: Fields = {}
    if parts and item.components is not None:
        before["components"] = _without(item.components, parts)
    if labels and item.labels is not None:
        before["labels"] = _without(item.labels, labels)
    return before


def _without(now: Collection[str], events: Sequence[Event]) -> frozenset[str] | None:
    """The words before. An event tells of one word that came or went, or of the whole list before and after."""
    words = set(now)
    for event in reversed(events):
        if not _speaks(event):
            return None
        is_one = event.before is None or event.after is None
        for came in [event.after] if is_one else (event.after or "").split():
            words.discard(came or "")
        words.update(went for went in ([event.before] if is_one else (event.before or "").split()) if went)
    return frozenset(words)


def _assigned(item: Item, events: Sequence[Event], words: Vocabulary) -> Fields:
    names: list[str | None] = [person.name for person in item.assignees or ()]
    for event in reversed(events):
        if not _speaks(event):
            return {"assignees": None}
        names = [name for name in names if name != event.after] + [event.before] * bool(event.before)
    people = [words.people.get(name or "") for name in dict.fromkeys(names)]
    return {"assignees": tuple(person for person in people if person) if all(people) else None}


def _sprinted(_: Item, events: Sequence[Event], words: Vocabulary) -> Fields:
    names = [name.strip() for name in (events[0].before or "").split(",") if name.strip()]
    known = [words.sprints[name] for name in names if name in words.sprints]
    return {"sprints": tuple(known) if _speaks(events[0]) and len(known) == len(names) else None}


def _dated(_: Item, events: Sequence[Event], __: Vocabulary) -> Fields:
    return {"due": _value(events[0], _day)}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _other(_: Item, events: Sequence[Event], words: Vocabulary) -> Fields:
    first = next((event for event in events if (event.field or "").casefold() in KINDS), None)
    return {"kind": words.kinds.get(first.before or "", Kind.UNKNOWN), "kind_name": first.before} if first else {}


def _unknown(*fields: str) -> Callable[[Item, Sequence[Event], Vocabulary], Fields]:
    return lambda _, __, ___: dict.fromkeys(fields)


WAYS: Mapping[Happening, Callable[[Item, Sequence[Event], Vocabulary], Fields]] = {
    Happening.WROTE: _written,
    Happening.STAGED: _staged,
    Happening.PRIORITISED: _prioritised,
    Happening.ESTIMATED: _estimated,
    Happening.LABELLED: _labelled,
    Happening.ASSIGNED: _assigned,
    Happening.SPRINTED: _sprinted,
    Happening.DATED: _dated,
    Happening.SCORED: _unknown("score"),
    Happening.THEMED: _unknown("parent", "themes"),
    Happening.LINKED: _unknown("links"),
    Happening.OTHER: _other,
}


def _speaks(event: Event) -> bool:
    """Whether the event tells of values at all."""
    return event.before is not None or event.after is not None


def _value(event: Event, read: Callable[[str], V | None]) -> V | Any:
    """The value before, `EMPTY` where there was none, `None` where it is not told or not understood."""
    if not _speaks(event):
        return None
    return read(event.before) if event.before else EMPTY


def _people(item: Item) -> Iterable[Person]:
    yield from item.assignees or ()
    if item.author:
        yield item.author
    yield from (event.actor for event in item.events or () if event.actor)


def _unambiguous(pairs: Iterable[tuple[K | None, V | None]]) -> dict[K, V]:
    seen: dict[K, set[V]] = defaultdict(set)
    for word, meaning in pairs:
        if word is not None and meaning is not None:
            seen[word].add(meaning)
    return {word: next(iter(meanings)) for word, meanings in seen.items() if len(meanings) == 1}
