"""An item's history as one compact text, and back: the people once, then the events.

[[["u1","Robin",false,null]], [[1767225600000000,"commented",0,null,null,null,null,"Which cards?",false], ...]]
"""

from collections.abc import Mapping
from functools import lru_cache
from json import loads
from operator import attrgetter

from pydantic_core import to_json

from backlint.model import Event, Happening, Person, Stage
from backlint.store.encoding import microseconds, moment, trusting
from backlint.transport import Json

HAPPENINGS = {happening.value: happening for happening in Happening}
STAGES = {None: None} | {stage.value: stage for stage in Stage}

WORDS: Mapping[Happening | Stage | None, str | None] = {
    None: None,
    **{word: word.value for words in (Happening, Stage) for word in words},
}
"""What each is written as: an enumeration is slow to ask."""

NOBODY = -1

_event = trusting(Event)


def history_text(events: tuple[Event, ...]) -> bytes:
    """The text of a history, encoded. Raises `PydanticSerializationError` for half a surrogate pair."""
    people: dict[Person, int] = {}
    told = [_told(event, people) for event in events]
    return to_json([[_of_person(who) for who in people], told])


def history(text: str) -> tuple[Event, ...]:
    """The history of a text."""
    written, told = loads(text)
    people: list[Person | None] = [*(person(*who) for who in written), None]  # NOBODY is the last
    return tuple([_read(values, people) for values in told])


@lru_cache(16384)
def person(id_: str, name: str, is_bot: bool, on_team: bool | None) -> Person:
    """A person, made once however often they appear."""
    return Person(id=id_, name=name, is_bot=is_bot, on_team=on_team)


_of_person = attrgetter("id", "name", "is_bot", "on_team")
_of_event = attrgetter("at", "what", "actor", "field", "before", "after", "stage", "text", "is_ours")


def _told(event: Event, people: dict[Person, int]) -> tuple[Json, ...]:
    at, what, actor, field, before, after, stage, text, is_ours = _of_event(event)
    who = NOBODY if actor is None else people.setdefault(actor, len(people))
    return microseconds(at), WORDS[what], who, field, before, after, WORDS[stage], text, is_ours


def _read(values: list[Json], people: list[Person | None]) -> Event:
    at, what, who, field, before, after, stage, text, is_ours = values
    actor = people[int(who)]
    return _event((moment(at), HAPPENINGS[what], actor, field, before, after, STAGES[stage], text, is_ours))
