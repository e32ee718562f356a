"""What a Jira site is made of: people, issues, what was said and changed, boards and sprints."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Somebody:
    """A user or an app: `id` is the accountId of Cloud and the key of Data Center."""

    id: str
    name: str
    is_bot: bool = False

    @property
    def login(self) -> str:
        """The name by which Data Center knows them."""
        return self.name.lower().replace(" ", ".")


@dataclass
class Change:
    """One entry of a changelog; each part is (field, field id, from, from as text, to, to as text)."""

    id: int
    at: datetime
    by: Somebody
    parts: list[tuple[str, str, str | None, str | None, str | None, str | None]]


@dataclass
class Remark:
    """A comment; `text` is Markdown, or what was sent in the site's own markup."""

    id: int
    at: datetime
    by: Somebody
    text: str | Mapping[str, Any]
    editor: Somebody | None = None
    properties: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass
class Iteration:
    """A sprint of a board; `state` is future, active or closed."""

    id: int
    name: str
    state: str
    board: int | None
    start: datetime | None = None
    end: datetime | None = None
    completed: datetime | None = None
    goal: str = ""


@dataclass
class Board:
    """A board over a project; `estimate` is the field that it estimates with, `None` for the count of issues."""

    id: int
    name: str
    project: str
    kind: str
    estimate: str | None
    columns: list[tuple[str, list[str]]]


@dataclass
class Issue:
    """An issue as it stands today; what is not among its own attributes is in `values`, as Cloud would send it."""

    id: int
    key: str
    project: str
    title: str
    type: str
    status: str
    created: datetime
    updated: datetime
    reporter: Somebody | None
    description: str | Mapping[str, Any] | None = None
    criteria: str | None = None
    priority: str | None = None
    resolution: str | None = None
    resolved: datetime | None = None
    points: float | None = None
    labels: list[str] = field(default_factory=list[str])
    components: list[str] = field(default_factory=list[str])
    versions: list[str] = field(default_factory=list[str])
    assignee: Somebody | None = None
    parent: str | None = None
    sprints: list[int] = field(default_factory=list[int])
    links: list[tuple[int, str, bool, str]] = field(default_factory=list[tuple[int, str, bool, str]])
    due: date | None = None
    votes: int = 0
    flagged: bool = False
    security: str | None = None
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    history: list[Change] = field(default_factory=list[Change])
    comments: list[Remark] = field(default_factory=list[Remark])
    is_archived: bool = False
    is_hidden: bool = False
    """The token may not see it (any more)."""
