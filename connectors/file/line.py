"""The lines of a backlog file: the model's items, sprints and themes, made friendly to write by hand.

An absent key is `None` ("the tracker does not say"); `null` is "empty": `EMPTY`, `()` or `""`. Words are understood
however they are capitalised, people as names, dates without a time, times without a zone as UTC.
"""

from datetime import UTC, date, datetime
from typing import Annotated, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from backlint.markup import Markup, to_markdown
from backlint.model import (
    Estimate,
    Event,
    Framework,
    Happening,
    LinkKind,
    Person,
    Priority,
    Sprint,
    SprintState,
    Stage,
    Theme,
)

Json: TypeAlias = "str | int | float | list[Json] | dict[str, Json] | None"
"""Whatever JSON holds, before it is looked at."""

LARGEST = 2**53
"""The largest whole number that every reader of JSON keeps."""

PRIORITIES = {
    1: {"blocker", "critical", "highest", "urgent"},
    2: {"high", "major"},
    3: {"medium", "normal"},
    4: {"low", "minor"},
    5: {"lowest", "trivial"},
}
"""What the usual words mean; any other word needs its level beside it."""


def _word(value: Json) -> Json:
    """`Blocked by` and `BLOCKED_BY` are meant as `blocked-by`."""
    return "-".join(value.casefold().replace("_", " ").split()) if isinstance(value, str) else value


def _moment(value: Json) -> datetime:
    """A date is meant from its first moment; a time without a zone in UTC."""
    try:
        read = datetime.fromisoformat(str(value))
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):
        raise _expected("a date or a time such as 2026-11-22 or 2026-11-22T08:30:00Z") from None


def _day(value: Json) -> date:
    """A time says its day, too."""
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError:
        raise _expected("a date such as 2026-11-22") from None


def _person(value: Json) -> Json:
    if isinstance(value, dict):
        said = value.get("id", value.get("name"))
        return {"id": said, "name": said, **value}
    if isinstance(value, str):
        return {"id": value, "name": value}
    raise _expected('a name, or an object such as {"id": "rk", "name": "Robin"}')


def _priority(value: Json) -> Json:
    if isinstance(value, dict):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return {"level": value, "name": f"P{value}"}
    word = value.casefold() if isinstance(value, str) else ""
    level = next((level for level, words in PRIORITIES.items() if word in words), None)
    if level is None:
        raise _expected('a level from 1, a word such as High, or {"level": 1, "name": "Now"}')
    return {"level": level, "name": value}


def _estimate(value: Json) -> Json:
    if isinstance(value, dict):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"value": value}
    raise _expected('a number of points, or an object such as {"value": 6, "unit": "hours"}')


def _links(value: Json) -> Json:
    if isinstance(value, dict):
        pairs = ((kind, targets if isinstance(targets, list) else [targets]) for kind, targets in value.items())
        return [{"kind": kind, "target": target} for kind, targets in pairs for target in targets]
    return value


def _expected(what: str) -> PydanticCustomError:
    return PydanticCustomError("expected", "should be {what}", {"what": what})


class Line(BaseModel):
    """What every line and every part of one has in common."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, allow_inf_nan=False)


class PersonLine(Line):
    """Somebody; one of `id` and `name` is enough."""

    id: str = ""
    name: str = ""
    is_bot: bool = False
    on_team: bool | None = None


Word = BeforeValidator(_word)
When = Annotated[datetime, BeforeValidator(_moment, json_schema_input_type=date | datetime)]
Day = Annotated[date, BeforeValidator(_day)]
Who = Annotated[Person, BeforeValidator(_person, json_schema_input_type=str | PersonLine)]
Urgency = Annotated[Priority, BeforeValidator(_priority, json_schema_input_type=str | int | Priority)]
Size = Annotated[Estimate, BeforeValidator(_estimate, json_schema_input_type=float | Estimate)]
Whole = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Text: TypeAlias = str | dict[str, object]
"""A text, or an ADF document."""


def markdown(text: Text, markup: Markup) -> str:
    """A text as Markdown. A document can only be ADF, whatever the texts around it are written in."""
    return to_markdown(text, Markup.ADF if isinstance(text, dict) else markup)


class EventLine(Line):
    """Something that happened to the item; `what` says what sort of thing."""

    at: When
    what: Annotated[Happening, Word]
    actor: Who | None = None
    field: str | None = None
    before: str | None = None
    after: str | None = None
    stage: Annotated[Stage, Word] | None = None
    text: Text | None = None
    is_ours: bool = False

    def event(self, markup: Markup) -> Event:
        """The model's event."""
        text = None if self.text is None else markdown(self.text, markup)
        return Event(
            at=self.at,
            what=self.what,
            actor=self.actor,
            field=self.field,
            before=self.before,
            after=self.after,
            stage=self.stage,
            text=text,
            is_ours=self.is_ours,
        )


class LinkLine(Line):
    """How the item stands to another one, `target`, which is named by its id."""

    kind: Annotated[LinkKind, Word]
    target: str
    key: str | None = None
    url: str | None = None
    title: str | None = None
    stage: Annotated[Stage, Word] | None = None


LinkLines = Annotated[
    list[LinkLine], BeforeValidator(_links, json_schema_input_type=list[LinkLine] | dict[str, str | list[str]])
]


class ScoreLine(Line):
    """What a prioritisation framework gives."""

    framework: Annotated[Framework, Word]
    stored: float | None = None
    inputs: dict[str, float] = {}


class SprintLine(Line):
    """A sprint; `id` is its name where none is given."""

    name: str
    id: str | None = None
    state: Annotated[SprintState, Word]
    start: When | None = None
    end: When | None = None
    goal: str | None = None

    def sprint(self) -> Sprint:
        """The model's sprint."""
        return Sprint(
            id=self.id or self.name,
            name=self.name,
            state=self.state,
            start=self.start,
            end=self.end,
            goal=self.goal,
        )


class ThemeLine(Line):
    """A goal that items serve; `id` is its key where none is given."""

    key: str
    id: str | None = None
    title: str | None = None
    is_open: bool = True
    due: Day | None = None
    url: str | None = None

    def theme(self) -> Theme:
        """The model's theme."""
        return Theme(
            id=self.id or self.key,
            key=self.key,
            title=self.title or self.key,
            is_open=self.is_open,
            due=self.due,
            url=self.url,
        )


class SprintEntry(Line):
    """A line that is a sprint."""

    sprint: SprintLine


class ThemeEntry(Line):
    """A line that is a theme."""

    theme: ThemeLine


class VelocityEntry(Line):
    """What the team finished in each of its last sprints, newest last."""

    velocity: list[Annotated[float, Field(ge=0)]]
