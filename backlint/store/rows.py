"""An item as a row, and back, exactly: a value, `EMPTY` and `None` stay three different things.

An emptiable field is NULL in both of the last two cases; the column `empties` names those that nobody filled. What no
database keeps (NUL in PostgreSQL, half a surrogate pair anywhere) is taken out of texts on the way in.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from json import dumps, loads
from typing import NamedTuple, TypeVar

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from backlint.model import EMPTY, Empty, Estimate, Event, Item, Kind, Link, Moscow, Person, Priority, Score, Stage, Unit
from backlint.transport import Json

T = TypeVar("T")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LARGEST = 2**63 - 1
"""The largest whole number that both databases keep; a larger one is kept as this."""

EMPTIABLE = ("criteria", "priority", "estimate", "score", "moscow", "parent", "due")

PEOPLE = TypeAdapter(tuple[Person, ...])
LINKS = TypeAdapter(tuple[Link, ...])
SCORE = TypeAdapter(Score)
EVENTS = TypeAdapter(tuple[Event, ...])
ITEM = TypeAdapter(Item)


class Stored(NamedTuple):
    """The columns of an item, in their order in the table; source, digest and tombstone are added by the store."""

    id: str
    key: str
    url: str
    title: str
    project: str
    body: str | None
    criteria: str | None
    kind: str
    kind_name: str | None
    stage: str
    status: str | None
    rank: int | None
    priority_level: int | None
    priority_name: str | None
    estimate: float | None
    estimate_unit: str | None
    score: str | None
    moscow: str | None
    labels: str | None
    components: str | None
    assignees: str | None
    author: str | None
    parent: str | None
    themes: str | None
    links: str | None
    sprints: str | None
    due: str | None
    votes: int | None
    flagged: bool | None
    confidential: bool
    created: int
    updated: int
    closed: int | None
    empties: str


class Row(NamedTuple):
    """An item ready to be written: its columns, its history, and the digest of both."""

    columns: Stored
    events: str | None
    digest: str


def to_row(item: Item) -> Row:
    """The row of an item; its texts are cleaned only where they must be."""
    try:
        columns, events = _columns(item), _told(item.events, EVENTS)
        return Row(columns, events, _digest(columns, events))
    except (PydanticSerializationError, UnicodeEncodeError, _NotStorableError):
        cleaned = ITEM.validate_python(_clean_all(ITEM.dump_python(item)))
        columns, events = _columns(cleaned), _told(cleaned.events, EVENTS)
        return Row(columns, events, _digest(columns, events))


def to_item(row: Stored, rank: int | None, events: str | None) -> Item:
    """The item of a row. `events` is `None` where the history was not read, by the tracker or by the caller."""
    empty: dict[str, Empty] = dict.fromkeys(row.empties.split(), EMPTY) if row.empties else {}
    return Item(
        id=row.id,
        key=row.key,
        url=row.url,
        title=row.title,
        project=row.project,
        body=row.body,
        criteria=row.criteria if row.criteria is not None else empty.get("criteria"),
        kind=Kind(row.kind),
        kind_name=row.kind_name,
        stage=Stage(row.stage),
        status=row.status,
        rank=rank,
        priority=_priority(row.priority_level, row.priority_name) or empty.get("priority"),
        estimate=_estimate(row.estimate, row.estimate_unit) or empty.get("estimate"),
        score=SCORE.validate_json(row.score) if row.score else empty.get("score"),
        moscow=Moscow(row.moscow) if row.moscow else empty.get("moscow"),
        labels=_words(row.labels),
        components=_words(row.components),
        assignees=_people(row.assignees),
        author=_person(row.author),
        parent=row.parent if row.parent is not None else empty.get("parent"),
        themes=_ids(row.themes),
        links=LINKS.validate_json(row.links) if row.links else None,
        sprints=_ids(row.sprints),
        due=date.fromisoformat(row.due) if row.due else empty.get("due"),
        votes=row.votes,
        flagged=row.flagged,
        confidential=row.confidential,
        created=moment(row.created),
        updated=moment(row.updated),
        closed=None if row.closed is None else moment(row.closed),
        events=EVENTS.validate_json(events) if events else None,
    )


def microseconds(at: datetime) -> int:
    """A moment as the store keeps it, exactly."""
    return (at - EPOCH) // MICROSECOND


def moment(kept: int) -> datetime:
    """A moment out of the store."""
    return EPOCH + timedelta(microseconds=kept)


def clean(text: str) -> str:
    """The text without NUL, and with U+FFFD for each half of a surrogate pair."""
    return text.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def clean_json(adapter: TypeAdapter[T], value: T) -> str:
    """The shortest JSON of a value, its texts cleaned where they must be."""
    try:
        told = adapter.dump_json(value, exclude_defaults=True).decode()
    except PydanticSerializationError:
        told = "\\u0000"
    if "\\u0000" not in told:
        return told
    cleaned = adapter.validate_python(_clean_all(adapter.dump_python(value)))
    return adapter.dump_json(cleaned, exclude_defaults=True).decode()


class _NotStorableError(Exception):
    """There is a NUL somewhere in the texts."""


def _columns(item: Item) -> Stored:
    priority = _said(item.priority)
    estimate = _said(item.estimate)
    due = _said(item.due)
    return Stored(
        id=item.id,
        key=item.key,
        url=item.url,
        title=item.title,
        project=item.project,
        body=item.body,
        criteria=_said(item.criteria),
        kind=item.kind.value,
        kind_name=item.kind_name,
        stage=item.stage.value,
        status=item.status,
        rank=_bounded(item.rank),
        priority_level=_bounded(priority.level) if priority else None,
        priority_name=priority.name if priority else None,
        estimate=estimate.value if estimate else None,
        estimate_unit=estimate.unit.value if estimate else None,
        score=_told(_said(item.score), SCORE),
        moscow=_said(item.moscow),
        labels=None if item.labels is None else compact(sorted(item.labels)),
        components=None if item.components is None else compact(sorted(item.components)),
        assignees=_told(item.assignees, PEOPLE),
        author=_told((item.author,) if item.author else None, PEOPLE),
        parent=_said(item.parent),
        themes=None if item.themes is None else compact(item.themes),
        links=_told(item.links, LINKS),
        sprints=None if item.sprints is None else compact(item.sprints),
        due=due.isoformat() if due else None,
        votes=_bounded(item.votes),
        flagged=item.flagged,
        confidential=item.confidential,
        created=microseconds(item.created),
        updated=microseconds(item.updated),
        closed=None if item.closed is None else microseconds(item.closed),
        empties=" ".join(name for name in EMPTIABLE if getattr(item, name) is EMPTY),
    )


def _digest(columns: Stored, events: str | None) -> str:
    """The same for the same content, over processes and machines. Raises where a text cannot be kept as it is."""
    values = (*columns, events)
    unsaid = " ".join(str(place) for place, value in enumerate(values) if value is None)
    content = "\0".join("" if value is None else str(value) for value in (*values, unsaid)).encode()
    if content.count(0) != len(values) or b"\\u0000" in content:
        raise _NotStorableError
    return blake2b(content, digest_size=16).hexdigest()


def _said(value: T | Empty | None) -> T | None:
    return None if isinstance(value, Empty) else value


def _told(value: T | None, adapter: TypeAdapter[T]) -> str | None:
    return None if value is None else adapter.dump_json(value, exclude_defaults=True).decode()


def compact(value: Json) -> str:
    """The shortest JSON."""
    return dumps(value, ensure_ascii=False, separators=(",", ":"))


def _bounded(number: int | None) -> int | None:
    return None if number is None else max(-LARGEST, min(number, LARGEST))


def _clean_all(value: Json) -> Json:
    """Clean every text in a dumped item, however deep."""
    if isinstance(value, str):
        return clean(value) if type(value) is str else value
    if isinstance(value, dict):
        return {_clean_all(key): _clean_all(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return type(value)(_clean_all(inner) for inner in _listed(value))
    return value


def _listed(value: Iterable[Json]) -> Iterable[Json]:
    return value


# Few different values fill most rows: each is read once, and shared by the items that have it.
_KEPT = 8192


@lru_cache(_KEPT)
def _priority(level: int | None, name: str | None) -> Priority | None:
    return None if level is None else Priority(level=level, name=name or "")


@lru_cache(_KEPT)
def _estimate(value: float | None, unit: str | None) -> Estimate | None:
    return None if value is None else Estimate(value=value, unit=Unit(unit))


@lru_cache(_KEPT)
def _words(text: str | None) -> frozenset[str] | None:
    return None if text is None else frozenset(loads(text))


@lru_cache(_KEPT)
def _ids(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(loads(text))


@lru_cache(_KEPT)
def _people(text: str | None) -> tuple[Person, ...] | None:
    return None if text is None else PEOPLE.validate_json(text)


def _person(text: str | None) -> Person | None:
    people = _people(text)
    return people[0] if people else None
