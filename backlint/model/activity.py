"""Human activity: the last time that a person did something about an item.

Bots, our own notes, bulk edits, rank-only changes and workflow migrations are no activity: a tracker's `updated`
counts all of them, which is why tools that trust it never see anything grow stale.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from backlint.model.bulk import BulkEdits, bulk_edits
from backlint.model.item import Event, Item, Person
from backlint.model.people import People
from backlint.model.words import Happening

_BY_MACHINES = {"workflow", "project", "key", "projectimport", "remoteissuelink"}
"""Fields that move with an administrator's migration, or because a page somewhere names the item."""

_WORDS = {Happening.COMMENTED, Happening.CREATED}
_RANKED = Happening.RANKED

TRIAGE = frozenset(
    {
        Happening.STAGED,
        Happening.PRIORITISED,
        Happening.ESTIMATED,
        Happening.SCORED,
        Happening.ASSIGNED,
        Happening.LABELLED,
        Happening.THEMED,
        Happening.SPRINTED,
    }
)
"""What gives an item a place among the others: whoever does it has looked at the item."""


TRIAGED_ITEMS = 5
"""Whoever triaged so many items of others is taken for one of the team, where nobody says who that is."""


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
class Activity:
    """What people did, told from all that merely happened.

    `membership` holds, by account, who was seen to be on the team (or not) anywhere: a tracker may say it of the author
    of a comment and not of whoever sets a label, and where it never says it, whoever triages is on the team.
    """

    people: People = field(default_factory=People)
    bulk: BulkEdits = field(default_factory=BulkEdits)
    membership: Mapping[str, bool] = field(default_factory=dict[str, bool])

    @classmethod
    def of(cls, items: Iterable[Item], people: People) -> "Activity":
        """Look through all histories once."""
        items = tuple(items)
        by_hand = cls(people, bulk_edits(items))
        return replace(by_hand, membership={**dict.fromkeys(by_hand.triagers(items), True), **_told_membership(items)})

    def triagers(self, items: Iterable[Item]) -> frozenset[str]:
        """The accounts that gave a place to several items that others had written: that is a team's work."""
        triaged: dict[str, set[str]] = defaultdict(set)
        for item in items:
            author = item.author.id if item.author else None
            for event in item.events or ():
                actor = event.actor
                if actor and event.what in TRIAGE and actor.id != author and self.is_by_hand(event):
                    triaged[actor.id].add(item.id)
        return frozenset(actor for actor, which in triaged.items() if len(which) >= TRIAGED_ITEMS)

    def on_team(self, person: Person | None) -> bool | None:
        """Whether the person is on the team, by what the team says, or else by what the tracker said anywhere."""
        told = self.people.on_team(person)
        if told or self.people.team or person is None:
            return told
        return self.membership.get(person.id, told)

    def is_human(self, event: Event) -> bool:
        """Whether a person did this, and about this one item."""
        return event.what is not _RANKED and self.is_by_hand(event)

    def is_by_hand(self, event: Event) -> bool:
        """Whether a person did this and meant this item: a change of rank is by hand, but says nothing of the item."""
        if event.is_ours or self.people.is_bot(event.actor):
            return False
        if event.field is not None and event.field.casefold() in _BY_MACHINES:
            return False
        return not (self.bulk.spans and self.bulk.cover(event))

    def events(self, item: Item) -> list[Event]:
        """What people did about the item."""
        return [event for event in item.events or () if self.is_human(event)]

    def last(self, item: Item) -> datetime | None:
        """The last time a person did something about the item; `None` where its history was not read."""
        if item.events is None:
            return None
        return max([event.at for event in self.events(item)], default=item.created)

    def last_word(self, item: Item) -> LastWord | None:
        """Whose turn it is: the team's when an outsider spoke last and nobody on the team has done anything since.

        Whatever the team does is an answer; of an outsider only words count. `None` where the history was not read,
        or where it is unknown whether the one who spoke last is on the team.
        """
        if item.events is None:
            return None
        acts: list[Event | _Creation] = [*self.events(item)]
        if not self.people.is_bot(item.author):
            acts.append(_Creation(item.created, Happening.CREATED, item.author))
        for act in sorted(acts, key=attrgetter("at"), reverse=True):
            on_team = self.on_team(act.actor)
            if on_team or act.what in _WORDS:
                return _word(act, on_team)
            if on_team is None and act.what in TRIAGE and act.actor != item.author:
                return _word(act, on_team=True)  # an outsider seldom may do that
        return None


class _Creation(NamedTuple):
    """That an item was brought, told as its events are, and not checked as they are where they enter."""

    at: datetime
    what: Happening
    actor: Person | None
    text: str | None = None


def _told_membership(items: Iterable[Item]) -> Mapping[str, bool]:
    """Who the tracker says is on the team, and who not; on the team once is on the team."""
    seen: dict[str, bool] = {}
    for item in items:
        people = [item.author, *(event.actor for event in item.events or ())]
        for person in people:
            if person and person.on_team is not None:
                seen[person.id] = seen.get(person.id, False) or person.on_team
    return seen


def _word(act: Event | _Creation, on_team: bool | None) -> LastWord | None:
    if act.actor is None or on_team is None:
        return None
    return LastWord(act.actor, act.at, Turn.OUTSIDER if on_team else Turn.TEAM, act.what, act.text)
