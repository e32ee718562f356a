"""An item's history as one compact text, and back: people once, then the events, each cut off after its last value.

[[["u1","Robin",false,null]], [[1767225600000000,"commented",0,null,null,null,null,"Which cards?"], ...]]
"""

from functools import lru_cache
from json import loads

from backlint.model import Event, Happening, Person, Stage
from backlint.store.encoding import compact, microseconds, moment, trusting
from backlint.transport import Json

HAPPENINGS = {happening.value: happening for happening in Happening}
STAGES = {None: None} | {stage.value: stage for stage in Stage}

UNSAID = (None, None, None, None, None, None, False)
"""What an event says behind its time and sort, if nothing."""

_event = trusting(Event)


def history_text(events: tuple[Event, ...]) -> str:
    """The text of a history."""
    people: dict[Person, int] = {}
    told = [_told(event, people) for event in events]
    return compact([[(who.id, who.name, who.is_bot, who.on_team) for who in people], told])


def history(text: str) -> tuple[Event, ...]:
    """The history of a text."""
    written, told = loads(text)
    people = [person(*who) for who in written]
    return tuple([_read(values, people) for values in told])


@lru_cache(16384)
def person(id_: str, name: str, is_bot: bool, on_team: bool | None) -> Person:
    """A person, made once however often they appear."""
    return Person(id=id_, name=name, is_bot=is_bot, on_team=on_team)


def _told(event: Event, people: dict[Person, int]) -> list[Json]:
    values: list[Json] = [
        microseconds(event.at),
        event.what.value,
        None if event.actor is None else people.setdefault(event.actor, len(people)),
        event.field,
        event.before,
        event.after,
        None if event.stage is None else event.stage.value,
        event.text,
        event.is_ours or None,
    ]
    while values[-1] is None:
        values.pop()
    return values


def _read(values: list[Json], people: list[Person]) -> Event:
    padded: list[Json] = [*values, *UNSAID[len(values) - 2 :]]
    at, what, who, field, before, after, stage, text, ours = padded
    actor = people[who] if isinstance(who, int) else None
    return _event((moment(at), HAPPENINGS[what], actor, field, before, after, STAGES[stage], text, ours))
