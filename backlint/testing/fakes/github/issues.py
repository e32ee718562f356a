"""Issues with their history. The methods are what people do; each leaves its trace, and moves `updated`, as there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from backlint.testing.fakes.github.ids import Ids, ids

if TYPE_CHECKING:
    from backlint.testing.fakes.github.repositories import Repository

Facts = Mapping[str, Any]
"""What an event says beside who and when, by GitHub's own field names."""


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
    editor: User | None = None

    @property
    def page(self) -> str:
        """What is put behind the issue's page to lead to it."""
        return f"#issuecomment-{self.ids[0]}"


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
    is_merged: bool = False
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
    is_locked: bool = False
    edited: tuple[datetime, User] | None = None
    history: list[Happened] = field(default_factory=list[Happened])
    _happened: int = field(default=0, init=False)

    @property
    def ids(self) -> Ids:
        """Its ids: another number or another repository is another issue."""
        return ids("PR" if self.is_pull else "I", self.repository.ids[1], self.number)

    def happen(self, typename: str, by: "User | str | None", at: datetime | None, **facts: Any) -> Happened:
        """Add an entry to the timeline; without a time it is now."""
        hub = self.repository.hub
        known_as = ids("EV", self.ids[1], self._happened)
        self._happened += 1
        entry = Happened(typename, at or hub.now(), hub.user(by), facts, known_as)
        self.history.append(entry)
        self.updated = max(self.updated, entry.at)
        return entry

    def comment(self, body: str, *, by: User | str | None = None, at: datetime | None = None) -> Happened:
        """Say something."""
        return self.happen("IssueComment", by or self.author, at, body=body)

    def rewrite(self, comment: Happened, body: str, *, by: User | str | None = None) -> None:
        """Give a comment another body."""
        comment.facts, comment.editor = {**comment.facts, "body": body}, self.repository.hub.user(by)
        self.updated = max(self.updated, self.repository.hub.now())

    def retract(self, comment: Happened) -> None:
        """Delete a comment."""
        self.history.remove(comment)
        self.updated = max(self.updated, self.repository.hub.now())

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
        who = self.repository.hub.known(to)
        self.assignees.append(who)
        self.happen("AssignedEvent", by or self.author, at, assignee=who)

    def rename(self, title: str, *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Give it another title."""
        before, self.title = self.title, title
        self.happen("RenamedTitleEvent", by or self.author, at, previousTitle=before, currentTitle=title)

    def edit(self, body: str, *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Write another body; GitHub keeps who and when, but puts nothing into the timeline."""
        who = self.repository.hub.known(by or self.author or "ghost")
        self.body, self.edited = body, (at or self.repository.hub.now(), who)
        self.updated = max(self.updated, self.edited[0])

    def close(self, reason: str = "completed", *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Close it: completed, not_planned or duplicate."""
        entry = self.happen("ClosedEvent", by or self.author, at, stateReason=reason.upper())
        self.state, self.reason, self.closed = "closed", reason, entry.at

    def merge(self, *, by: User | str | None = None, at: datetime | None = None) -> None:
        """Merge a pull request."""
        self.close(by=by, at=at)
        self.is_merged = True

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
