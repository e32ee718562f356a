"""An item as a row, and back, exactly: a value, `EMPTY` and `None` stay three different things.

An emptiable field is NULL in both of the last two cases; the column `empties` names those that nobody filled.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from json import loads
from typing import NamedTuple, TypeVar

from pydantic import TypeAdapter

from backlint.model import EMPTY, Empty, Estimate, Item, Kind, Link, Moscow, Person, Priority, Score, Stage, Unit
from backlint.store.content import empties
from backlint.store.encoding import bounded, compact, microseconds, moment, to_json, trusting
from backlint.store.history import history, person

T = TypeVar("T")

KINDS = {kind.value: kind for kind in Kind}
STAGES = {stage.value: stage for stage in Stage}

LINKS = TypeAdapter(tuple[Link, ...])
SCORE = TypeAdapter(Score)

_item = trusting(Item)


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


def to_item(row: Stored, rank: int | None, events: str | None) -> Item:
    """The item of a row. `events` is `None` where the history was not read, by the tracker or by the caller."""
    empty = _empties(row.empties)
    return _item(
        (
            row.id,
            row.key,
            row.url,
            row.title,
            row.project,
            row.body,
            empty.get("criteria") if row.criteria is None else row.criteria,
            KINDS[row.kind],
            row.kind_name,
            STAGES[row.stage],
            row.status,
            rank,
            empty.get("priority") if row.priority_level is None else _priority(row.priority_level, row.priority_name),
            empty.get("estimate")
            if row.estimate is None
            else _estimate(row.estimate, row.estimate_unit or Unit.POINTS),
            empty.get("score") if row.score is None else SCORE.validate_json(row.score),
            empty.get("moscow") if row.moscow is None else Moscow(row.moscow),
            _words(row.labels),
            _words(row.components),
            _people(row.assignees),
            None if row.author is None else person(*loads(row.author)),
            empty.get("parent") if row.parent is None else row.parent,
            _ids(row.themes),
            _links(row.links),
            _ids(row.sprints),
            empty.get("due") if row.due is None else date.fromisoformat(row.due),
            row.votes,
            row.flagged,
            row.confidential,
            moment(row.created),
            moment(row.updated),
            None if row.closed is None else moment(row.closed),
            None if events is None else history(events),
        )
    )


def to_columns(item: Item) -> Stored:
    """The row of an item whose texts are clean."""
    priority = _said(item.priority)
    estimate = _said(item.estimate)
    due = _said(item.due)
    moscow = _said(item.moscow)
    score = _said(item.score)
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
        rank=bounded(item.rank),
        priority_level=bounded(priority.level) if priority else None,
        priority_name=priority.name if priority else None,
        estimate=estimate.value if estimate else None,
        estimate_unit=estimate.unit.value if estimate else None,
        score=to_json(SCORE, score) if score else None,
        moscow=moscow.value if moscow else None,
        labels=None if item.labels is None else _words_text(item.labels),
        components=None if item.components is None else _words_text(item.components),
        assignees=None if item.assignees is None else f"[{','.join(map(_person_text, item.assignees))}]",
        author=None if item.author is None else _person_text(item.author),
        parent=_said(item.parent),
        themes=None if item.themes is None else _ids_text(item.themes),
        links=None if item.links is None else to_json(LINKS, item.links) if item.links else "[]",
        sprints=None if item.sprints is None else _ids_text(item.sprints),
        due=due.isoformat() if due else None,
        votes=bounded(item.votes),
        flagged=item.flagged,
        confidential=item.confidential,
        created=microseconds(item.created),
        updated=microseconds(item.updated),
        closed=None if item.closed is None else microseconds(item.closed),
        empties=empties(item),
    )


def _said(value: T | Empty | None) -> T | None:
    return None if isinstance(value, Empty) else value


# Few different values fill most rows: each is written and read once, and shared by the items that have it.
_shared = lru_cache(8192)


@_shared
def _words_text(words: frozenset[str]) -> str:
    return compact(sorted(words))


@_shared
def _ids_text(ids: tuple[str, ...]) -> str:
    return compact(ids)


@_shared
def _person_text(who: Person) -> str:
    return compact((who.id, who.name, who.is_bot, who.on_team))


@_shared
def _empties(names: str) -> Mapping[str, Empty]:
    return dict.fromkeys(names.split(), EMPTY)


@_shared
def _priority(level: int, name: str | None) -> Priority:
    return Priority(level=level, name=name or "")


@_shared
def _estimate(value: float, unit: str) -> Estimate:
    return Estimate(value=value, unit=Unit(unit))


@_shared
def _words(text: str | None) -> frozenset[str] | None:
    return None if text is None else frozenset(loads(text))


@_shared
def _ids(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(loads(text))


@_shared
def _people(text: str | None) -> tuple[Person, ...] | None:
    return None if text is None else tuple(person(*who) for who in loads(text))


def _links(text: str | None) -> tuple[Link, ...] | None:
    if text is None:
        return None
    return () if text == "[]" else LINKS.validate_json(text)
