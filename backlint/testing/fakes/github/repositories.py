"""Repositories, and what becomes of issues that leave them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from backlint.testing.fakes.github.ids import Ids, ids
from backlint.testing.fakes.github.issues import Issue, IssueField, Milestone, User

if TYPE_CHECKING:
    from backlint.testing.fakes.github.hub import FakeGithub


@dataclass
class Repository:
    """A repository and its issues; `gone` holds what a deleted or transferred number answers."""

    hub: "FakeGithub"
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
