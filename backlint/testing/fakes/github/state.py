"""What a GitHub holds, as plain state: repositories, issues with their history, projects with their columns and cards.

The methods are what people do on GitHub; each leaves its trace in the timeline and moves `updated`, as there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zlib import crc32

Facts = Mapping[str, Any]
"""What an event says beside who and when, by GitHub's own field names."""


Ids = tuple[int, str]
"""The number that REST uses and the node id that GraphQL uses."""


def ids(prefix: str, *names: object) -> Ids:
    """Ids that follow from names, so that the same story told twice gives the same ids."""
    text = "/".join(map(str, names))
    number = crc32(text.encode())
    return number, f"{prefix}_kwDO{number:08x}{len(text):02x}"


@dataclass
class User:
    """Somebody with a login. `kind` is GitHub's: User, Bot, Mannequin, Organization."""

    login: str
    kind: str = "User"
    association: str = "MEMBER"

    @property
    def ids(self) -> Ids:
        """Its ids."""
        return ids("U", self.login)


@dataclass
class Milestone:
    """A milestone of one repository."""

    title: str
    number: int
    repository: "Repository"
    due: date | None = None
    is_open: bool = True
    created: datetime = field(kw_only=True)

    @property
    def ids(self) -> Ids:
        """Its ids."""
        return ids("MI", self.repository.ids[1], self.number)


@dataclass
class Happened:
    """An entry of an issue's timeline: `typename` is its GraphQL type."""

    typename: str
    at: datetime
    actor: User | None
    facts: Facts
    ids: Ids


@dataclass
class IssueField:
    """A field that an organisation gives its issues: text, number, date, single_select or multi_select."""

    name: str
    kind: str
    options: tuple[str, ...] = ()

    @property
    def ids(self) -> Ids:
        """Its ids."""
        return ids("IF", self.name)


@dataclass
class Issue:
    """An issue, or a pull request, which GitHub also gives out as an issue."""

    repository: "Repository"
    number: int
    title: str
    body: str | None
    author: User | None
    created: datetime
    updated: datetime
    is_pull: bool = False
    state: str = "open"
    reason: str | None = None
    closed: datetime | None = None
    labels: list[str] = field(default_factory=list[str])
    assignees: list[User] = field(default_factory=list[User])
    milestone: Milestone | None = None
    type: str | None = None
    parent: "Issue | None" = None
    children: list["Issue"] = field(default_factory=list["Issue"])
    blocked_by: list["Issue"] = field(default_factory=list["Issue"])
    blocking: list["Issue"] = field(default_factory=list["Issue"])
    pulls: list["Issue"] = field(default_factory=list["Issue"])
    duplicate_of: "Issue | None" = None
    fields: dict[str, Any] = field(default_factory=dict[str, Any])
    upvotes: int = 0
    edited: tuple[datetime, User] | None = None
    history: list[Happened] = field(default_factory=list[Happened])

    @property
    def ids(self) -> Ids:
        """Its ids: another number or another repository is another issue."""
        return ids("PR" if self.is_pull else "I", self.repository.ids[1], self.number)

    def happen(self, typename: str, by: "User | str | None", at: datetime | None, **facts: Any) -> Happened:
        """Add an entry to the timeline; without a time it is now."""
        hub = self.repository.hub
        known_as = ids("EV", self.ids[1], len(self.history))
        entry = Happened(typename, at or hub.now(), hub.user(by), facts, known_as)
        self.history.append(entry)
        self.updated = max(self.updated, entry.at)
        return entry

    def comment(self, body: str, *, by: User | str | None = None, at: datetime | None = None) -> Happened:
        """Say something."""
        return self.happen("IssueComment", by or self.author, at, body=body)

    def label(self, name: str, *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Put a label on."""
        self.labels.append(name)
        self.repository.labels.setdefault(name, None)
        self.happen("LabeledEvent", by or self.author, at, label={"name": name})

    def unlabel(self, name: str, *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Take a label off."""
        self.labels.remove(name)
        self.happen("UnlabeledEvent", by or self.author, at, label={"name": name})

    def assign(self, to: User | str, *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Give it to somebody."""
        who = self.repository.hub.user(to)
        assert who is not None
        self.assignees.append(who)
        self.happen("AssignedEvent", by or self.author, at, assignee=who)

    def rename(self, title: str, *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Give it another title."""
        before, self.title = self.title, title
        self.happen("RenamedTitleEvent", by or self.author, at, previousTitle=before, currentTitle=title)

    def edit(self, body: str, *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Write another body; GitHub keeps who and when, but puts nothing into the timeline."""
        who = self.repository.hub.user(by or self.author)
        assert who is not None
        self.body, self.edited = body, (at or self.repository.hub.now(), who)
        self.updated = max(self.updated, self.edited[0])

    def close(self, reason: str = "completed", *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Close it: completed, not_planned or duplicate."""
        entry = self.happen("ClosedEvent", by or self.author, at, stateReason=reason.upper())
        self.state, self.reason, self.closed = "closed", reason, entry.at

    def reopen(self, *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Open it again."""
        self.state, self.reason, self.closed = "open", "reopened", None
        self.happen("ReopenedEvent", by or self.author, at, stateReason="REOPENED")

    def plan(self, milestone: Milestone, *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Put it into a milestone."""
        self.milestone = milestone
        self.happen("MilestonedEvent", by or self.author, at, milestoneTitle=milestone.title)

    def block(self, other: "Issue", *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Say that the other issue waits for this one."""
        self.blocking.append(other)
        other.blocked_by.append(self)
        self.happen("BlockingAddedEvent", by or self.author, at, blockedIssue=other)
        other.happen("BlockedByAddedEvent", by or self.author, at, blockingIssue=self)

    def adopt(self, child: "Issue", *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Make the other issue a sub-issue of this one."""
        self.children.append(child)
        child.parent = self
        self.happen("SubIssueAddedEvent", by or self.author, at, subIssue=child)
        child.happen("ParentIssueAddedEvent", by or self.author, at, parent=self)

    def refer(self, source: "Issue", *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Have it mentioned by another issue or pull request; a pull request that closes it is linked too."""
        if source.is_pull:
            self.pulls.append(source)
        self.happen("CrossReferencedEvent", by or source.author, at, source=source)

    def fill(self, name: str, value: Any, *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Set one of the organisation's issue fields."""
        before, self.fields[name] = self.fields.get(name), value
        about = self.repository.field(name)
        if before is None:
            self.happen("IssueFieldAddedEvent", by or self.author, at, issueField=about, value=str(value))
        else:
            told = {"previousValue": str(before), "newValue": str(value)}
            self.happen("IssueFieldChangedEvent", by or self.author, at, issueField=about, **told)


@dataclass
class Repository:
    """A repository and its issues; `gone` holds what a deleted or transferred number answers."""

    hub: Any
    owner: str
    name: str
    is_private: bool = False
    labels: dict[str, str | None] = field(default_factory=dict[str, str | None])
    types: tuple[str, ...] = ()
    fields: tuple[IssueField, ...] = ()
    issues: dict[int, Issue] = field(default_factory=dict[int, Issue])
    milestones: list[Milestone] = field(default_factory=list[Milestone])
    gone: dict[int, "Issue | None"] = field(default_factory=dict[int, "Issue | None"])
    ids: Ids = field(init=False)

    def __post_init__(self) -> None:
        """A repository keeps its ids when it is renamed."""
        self.ids = ids("R", self.full_name)

    @property
    def full_name(self) -> str:
        """`owner/name`."""
        return f"{self.owner}/{self.name}"

    def field(self, name: str) -> IssueField:
        """The organisation's issue field of that name."""
        return next(one for one in self.fields if one.name == name)

    def issue(
        self,
        title: str,
        body: str | None = None,
        *,
        by: User | str | None = "robin",
        at: datetime | None = None,
        labels: Iterable[str] = (),
        number: int | None = None,
        is_pull: bool = False,
        **more: Any,
    ) -> Issue:
        """Open an issue; `more` sets fields of the state directly, leaving no trace in the history."""
        at = at or self.hub.now()
        number = number or max([0, *self.issues, *self.gone]) + 1
        made = Issue(self, number, title, body, self.hub.user(by), at, at, is_pull, labels=list(labels), **more)
        self.labels.update({label: None for label in made.labels if label not in self.labels})
        self.issues[number] = made
        self.hub.nodes[made.ids[1]] = made
        return made

    def milestone(self, title: str, *, due: date | None = None, is_open: bool = True) -> Milestone:
        """Open a milestone."""
        made = Milestone(title, len(self.milestones) + 1, self, due, is_open, created=self.hub.now())
        self.milestones.append(made)
        return made

    def delete(self, issue: Issue) -> None:
        """Delete an issue: its number answers 410 from now on."""
        self._lose(issue, None)

    def transfer(self, issue: Issue, to: "Repository") -> Issue:
        """Move an issue: its number answers 301 to the new place, where it has a new number and a new node id."""
        moved = to.issue(issue.title, issue.body, by=issue.author, at=issue.created, labels=issue.labels)
        self._lose(issue, moved)
        return moved

    def _lose(self, issue: Issue, moved: Issue | None) -> None:
        del self.issues[issue.number]
        del self.hub.nodes[issue.ids[1]]
        self.gone[issue.number] = moved
        for project in self.hub.projects.values():
            project.cards = [card for card in project.cards if card.content is not issue]


@dataclass
class Iteration:
    """A sprint of an iteration column."""

    title: str
    start: date
    days: int = 14

    @property
    def id(self) -> str:
        """Its id, which is no node id."""
        return f"{crc32(self.title.encode()):08x}"

    def is_over(self, today: date) -> bool:
        """Whether its last day is past."""
        return self.start + timedelta(days=self.days) <= today


@dataclass
class Column:
    """A field of a project. `kind` is GitHub's data type; `backed_by` names the issue field that holds its values."""

    name: str
    kind: str
    options: tuple[str, ...] = ()
    iterations: tuple[Iteration, ...] = ()
    backed_by: str | None = None

    @property
    def ids(self) -> Ids:
        """Its ids."""
        return ids("PVTF", self.name)


@dataclass
class Draft:
    """A note on a project that is no issue yet."""

    title: str
    body: str
    author: User | None
    created: datetime
    ids: Ids


@dataclass
class Card:
    """An item of a project. `content` is `None` where the reader may not see it."""

    content: Issue | Draft | None
    updated: datetime
    ids: Ids
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    is_archived: bool = False


@dataclass
class Project:
    """A project (v2): its cards stand in the order that is the backlog's."""

    hub: Any
    owner: str
    number: int
    title: str
    columns: list[Column]
    cards: list[Card] = field(default_factory=list[Card])
    given: int = 0

    @property
    def ids(self) -> Ids:
        """Its ids."""
        return ids("PVT", self.owner, self.number)

    def _next(self, prefix: str) -> Ids:
        self.given += 1
        return ids(prefix, self.ids[1], self.given)

    def add(self, content: Issue, **values: Any) -> Card:
        """Put an issue at the end; a column whose name is no Python name is set in `card.values`."""
        card = Card(content, self.hub.now(), self._next("PVTI"), dict(values))
        self.cards.append(card)
        return card

    def draft(
        self, title: str, body: str = "", *, by: str = "robin", at: datetime | None = None, **values: Any
    ) -> Card:
        """Put a note at the end."""
        at = at or self.hub.now()
        note = Draft(title, body, self.hub.user(by), at, self._next("DI"))
        card = Card(note, at, self._next("PVTI"), dict(values))
        self.cards.append(card)
        return card

    def move(self, card: Card, *, after: Card | None = None) -> None:
        """Put the card behind another, or at the top. Nothing but the order changes: not even `updated`."""
        self.cards.remove(card)
        self.cards.insert(self.cards.index(after) + 1 if after else 0, card)

    def put(self, card: Card, column: str, value: Any, *, by: str = "robin", at: datetime | None = None) -> None:
        """Set a column. A change of the status column stands in the issue's timeline; its `updated` stays."""
        before, card.values[column] = card.values.get(column), value
        card.updated = at or self.hub.now()
        if column == "Status" and isinstance(card.content, Issue):
            stays = card.content.updated
            told = {"previousStatus": before or "", "status": value or "", "project": self}
            card.content.happen("ProjectV2ItemStatusChangedEvent", by, card.updated, **told)
            card.content.updated = stays
