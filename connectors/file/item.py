"""A line that is an item."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import Field, TypeAdapter

from backlint.connectors.file.line import (
    Day,
    EventLine,
    Line,
    LinkLines,
    ScoreLine,
    Size,
    Text,
    Urgency,
    When,
    Who,
    Whole,
    Word,
    markdown,
)
from backlint.markup import Markup
from backlint.model import EMPTY, Item, Kind, Moscow, Stage

ITEM = TypeAdapter(Item)

EMPTIES: Mapping[str, object] = {
    "body": "",
    **dict.fromkeys(("criteria", "priority", "estimate", "score", "moscow", "parent", "due"), EMPTY),
    **dict.fromkeys(("labels", "components", "assignees", "themes", "links", "sprints", "events"), ()),
}
"""What `null` means, by key; for any other key it says no more than leaving the key out."""


class ItemLine(Line):
    """One item of the backlog. Only `key` and `title` must be there."""

    key: str = Field(min_length=1, description="What people call it, such as SHOP-142.")
    title: str = Field(description="The title, as plain text.")
    id: str | None = Field(default=None, min_length=1, description="What other lines name it by; else the key.")
    url: str = Field(default="", description="Where it can be opened.")
    project: str | None = Field(default=None, description="What the key belongs to; else the key before its number.")
    body: Text | None = Field(default=None, description="The description. Null: nothing was written.")
    markup: Markup | None = Field(default=None, description="How its texts are written; else as the setting says.")
    criteria: Text | None = Field(default=None, description="Acceptance criteria that have a field of their own.")
    kind: Annotated[Kind, Word] = Field(default=Kind.UNKNOWN, description="What sort of work it is.")
    kind_name: str | None = Field(default=None, description="The tracker's own word for the kind.")
    stage: Annotated[Stage, Word] = Field(default=Stage.BACKLOG, description="Where it stands.")
    status: str | None = Field(default=None, description="The tracker's own word for the stage.")
    rank: Whole | None = Field(default=None, ge=1, description="Its place in the backlog, from 1.")
    priority: Urgency | None = Field(default=None, description="A usual word, a level from 1 (the highest), or both.")
    estimate: Size | None = Field(default=None, description="A number of points, or a value with its unit.")
    score: ScoreLine | None = Field(default=None, description="What a prioritisation framework gives.")
    moscow: Annotated[Moscow, Word] | None = Field(default=None, description="Its MoSCoW class.")
    labels: list[str] | None = Field(default=None, description="Its labels.")
    components: list[str] | None = Field(default=None, description="Its components.")
    assignees: list[Who] | None = Field(default=None, description="Who has it: names, or objects.")
    author: Who | None = Field(default=None, description="Who wrote it.")
    parent: str | None = Field(default=None, description="The id of the epic or item that contains it.")
    themes: list[str] | None = Field(default=None, description="The ids of the themes that it serves.")
    links: LinkLines | None = Field(default=None, description='Objects, or {"blocked-by": ["SHOP-1"]}.')
    sprints: list[str] | None = Field(default=None, description="The ids of its sprints, oldest first.")
    due: Day | None = Field(default=None, description="When it is due.")
    votes: Whole | None = Field(default=None, description="How many people asked for it.")
    flagged: bool | None = Field(default=None, description="Whether it is flagged as impeded.")
    confidential: bool = Field(default=False, description="Whether its text must not be shown elsewhere.")
    created: When | None = Field(default=None, description="When it was written; else the earliest time on the line.")
    updated: When | None = Field(default=None, description="When it last changed; else the latest time on the line.")
    closed: When | None = Field(default=None, description="When it was done or dropped.")
    events: list[EventLine] | None = Field(default=None, description="Its history. Absent: not read.")

    def item(self, usual: Markup, read_at: datetime) -> Item:
        """The model's item. `read_at` stands in for its dates where the line has none at all."""
        markup = self.markup or usual
        told: dict[str, object] = {name: getattr(self, name) for name in self.model_fields_set - {"markup"}}
        told = {name: EMPTIES.get(name) if value is None else value for name, value in told.items()}
        for name, text in (("body", self.body), ("criteria", self.criteria)):
            if text is not None:
                told[name] = markdown(text, markup)
        if self.score:
            told["score"] = dict(self.score)
        if self.links:
            told["links"] = [{**dict(link), "key": link.key or link.target} for link in self.links]
        if self.events:
            told["events"] = sorted((event.event(markup) for event in self.events), key=lambda event: event.at)
        times = [at for at in (self.created, self.updated, self.closed) if at]
        times += [event.at for event in self.events or ()]
        told["id"] = self.id or self.key
        told["url"] = self.url
        told["project"] = _project(self.key) if self.project is None else self.project
        told["created"] = self.created or min(times, default=read_at)
        told["updated"] = self.updated or max(times, default=read_at)
        return ITEM.validate_python(told)


def _project(key: str) -> str:
    """`SHOP-142` is of `SHOP`, `acme/shop#12` of `acme/shop`."""
    return key[: max(key.rfind("-"), key.rfind("#"), 0)]
