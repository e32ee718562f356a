"""A backlog as it stood some time ago, told from the histories of its items.

    past = Past(items, now=read_at, sprints=sprints, themes=themes)
    past.items(then)                       # -> the items of that day, or None where the histories do not tell

Every change since then is taken back. Nothing is invented: what the histories never tell of (votes, most orders, the
texts and estimates of some trackers) is `None` on every day but today, and is then held against nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from backlint.model.history import spells
from backlint.model.item import Item, Sprint, Theme
from backlint.model.taking_back import NO_TEXTS, TITLES, Vocabulary, taken_back
from backlint.model.words import Happening, SprintState, Stage

MOST_UNKNOWN = 0.05
"""Where more of the items that existed have no history, what is left is another backlog."""

TOLD_BY: Mapping[str, Happening] = {
    "body": Happening.WROTE,
    "criteria": Happening.WROTE,
    "priority": Happening.PRIORITISED,
    "moscow": Happening.PRIORITISED,
    "estimate": Happening.ESTIMATED,
    "score": Happening.SCORED,
    "labels": Happening.LABELLED,
    "components": Happening.LABELLED,
    "assignees": Happening.ASSIGNED,
    "parent": Happening.THEMED,
    "themes": Happening.THEMED,
    "links": Happening.LINKED,
    "sprints": Happening.SPRINTED,
    "due": Happening.DATED,
}
"""Which events tell of a field. Where a project's histories hold none, its tracker does not tell of that field."""

NEVER_TOLD = ("rank", "votes", "flagged")
"""That an item was moved is told, and not from where to where."""


class Past:
    """The past of the items of one backlog, as they were read at `now`."""

    def __init__(
        self,
        items: Iterable[Item],
        *,
        now: datetime,
        sprints: Iterable[Sprint] = (),
        themes: Iterable[Theme] = (),
    ) -> None:
        self.now = now
        self._items = tuple(items)
        self._sprints, self._themes = tuple(sprints), tuple(themes)
        self._vocabulary = Vocabulary.of(self._items, self._sprints)
        self._untold = {project: _untold(told) for project, told in _told(self._items).items()}

    def items(self, then: datetime) -> tuple[Item, ...] | None:
        """The items as they stood; `None` where too few have a history, or nobody tells when work was done."""
        if all(item.events is None for item in self._items) and then < self.now:
            return None
        existing = [item for item in self._items if item.created <= then]
        known = [item for item in existing if self._is_known(item, then)]
        if len(existing) - len(known) > MOST_UNKNOWN * len(existing):
            return None
        return tuple(self._item(item, then) for item in known)

    def sprints(self, then: datetime) -> tuple[Sprint, ...]:
        """The sprints as they stood, by their dates; one without dates is known today only."""
        stood = (self._sprint(sprint, then) for sprint in self._sprints)
        return tuple(sprint for sprint in stood if sprint)

    def themes(self, then: datetime) -> tuple[Theme, ...]:
        """The themes of that day. Nobody tells when one was closed, so those that are closed are known today only."""
        return tuple(theme for theme in self._themes if theme.is_open or then >= self.now)

    def _is_known(self, item: Item, then: datetime) -> bool:
        """Whether what happened to the item since is told; what nobody touched since stands as it stood."""
        if item.updated <= then or then >= self.now:
            return True
        return item.events is not None and self._untold[item.project] is not None

    def _item(self, item: Item, then: datetime) -> Item:
        if then >= self.now:
            return item
        later = [event for event in item.events or () if event.at > then]
        untold = (*NEVER_TOLD, *(self._untold[item.project] or ()))
        changes: dict[str, Any] = {**taken_back(item, later, self._vocabulary), **dict.fromkeys(untold)}
        links = changes.get("links", item.links)
        changes["links"] = None if links is None else tuple(replace(link, stage=None, title=None) for link in links)
        if item.events is not None:
            changes["events"] = tuple(event for event in item.events if event.at <= then)
        past = replace(item, **changes)
        told = (event.at for event in past.events or ())
        updated = item.updated if item.updated <= then else max(told, default=item.created)
        return replace(_as_closed(past, then), updated=updated)

    def _sprint(self, sprint: Sprint, then: datetime) -> Sprint | None:
        if then >= self.now:
            return sprint
        if sprint.start is None or sprint.end is None:
            return None
        end = min(sprint.end, self.now) if sprint.state is SprintState.CLOSED else sprint.end
        if then < sprint.start:
            return replace(sprint, state=SprintState.FUTURE)
        is_over = sprint.state is SprintState.CLOSED and end <= then
        return replace(sprint, state=SprintState.CLOSED if is_over else SprintState.ACTIVE)


def _as_closed(past: Item, then: datetime) -> Item:
    """The item with the day on which it was closed, or none; what was closed later was open, though nobody says how."""
    if past.is_open:
        return replace(past, closed=None)
    if past.closed is not None and past.closed <= then:
        return past
    last = spells(past)[-1:]
    if last and not last[0].stage.is_open:
        return replace(past, closed=last[0].start)
    return past if past.closed is None else replace(past, closed=None, stage=Stage.BACKLOG, status=None)


def _told(items: Sequence[Item]) -> Mapping[str, frozenset[Happening]]:
    """What the histories of each project tell of; a new title is no new text."""
    told: dict[str, set[Happening]] = defaultdict(set)
    for item in items:
        told[item.project].update(
            event.what
            for event in item.events or ()
            if event.what is not Happening.WROTE or (event.field or "").casefold() not in TITLES | NO_TEXTS
        )
    return {project: frozenset(seen) for project, seen in told.items()}


def _untold(told: frozenset[Happening]) -> tuple[str, ...] | None:
    """The fields that a project's histories do not tell of; `None` where they do not even tell of stages."""
    if Happening.STAGED not in told:
        return None
    return tuple(field for field, what in TOLD_BY.items() if what not in told)
