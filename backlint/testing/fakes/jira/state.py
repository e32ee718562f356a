"""What a Jira site keeps: people, projects, issues with their history, boards and sprints; changed as people do."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, cast

from backlint.example import NOW
from backlint.testing.fakes.jira import words
from backlint.testing.fakes.jira.things import Board, Change, Issue, Iteration, Remark, Somebody


class State:
    """A site. The order of `order` is the rank of its issues; every time is given, none is read from a clock."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now
        self.people: dict[str, Somebody] = {}
        self.projects: dict[str, str] = {}
        self.issues: dict[int, Issue] = {}
        self.order: list[int] = []
        self.boards: dict[int, Board] = {}
        self.sprints: dict[int, Iteration] = {}
        self.versions: dict[str, date | None] = {}
        self.released: set[str] = set()
        self.fields: list[words.Field] = list(words.FIELDS)
        self.hidden_projects: set[str] = set()
        self._numbers: Counter[str] = Counter()
        self._places: dict[int, int] = {}
        self._last_id = 10_000
        self.me = self.person("Nightly Token")

    def person(self, name: str, *, is_bot: bool = False) -> Somebody:
        """Somebody of that name, made when first named; `is_bot` makes it an app."""
        return self.people.setdefault(name, Somebody(f"712020:{len(self.people) + 1:08d}", name, is_bot))

    def project(self, key: str, name: str = "") -> str:
        """Make a project; gives its key."""
        self.projects[key] = name or key.capitalize()
        return key

    def board(
        self,
        project: str,
        name: str = "Board",
        *,
        kind: str = "scrum",
        estimate: str | None = words.POINT_ESTIMATE,
        columns: Iterable[tuple[str, list[str]]] = (),
    ) -> Board:
        """Make a board; `kind` is scrum, kanban or simple."""
        by_category = [("To Do", "new"), ("In Progress", "indeterminate"), ("Done", "done")]
        usual = [(title, [s.name for s in words.STATUSES.values() if s.category == key]) for title, key in by_category]
        made = Board(len(self.boards) + 1, name, project, kind, estimate, list(columns) or usual)
        self.boards[made.id] = made
        return made

    def sprint(
        self,
        name: str,
        *,
        state: str = "active",
        board: Board | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        goal: str = "",
    ) -> Iteration:
        """Make a sprint; a closed one was completed when it ended."""
        completed = end if state == "closed" else None
        made = Iteration(len(self.sprints) + 1, name, state, board.id if board else None, start, end, completed, goal)
        self.sprints[made.id] = made
        return made

    def version(self, name: str, *, due: date | None = None, is_released: bool = False) -> str:
        """Make a version of all projects; gives its name."""
        self.versions[name] = due
        if is_released:
            self.released.add(name)
        return name

    def field(self, name: str, type: str = "number", custom: str | None = None, project: str | None = None) -> str:  # noqa: A002 - Jira's word
        """Make a custom field; gives its id, under which `values` of an issue may hold its value."""
        id_ = f"customfield_{10_100 + len(self.fields)}"
        self.fields.append(words.Field(id_, name, type, custom or f"{words.PLUGIN_TYPES}:float", project=project))
        return id_

    def issue(
        self,
        project: str,
        title: str,
        *,
        created: datetime | None = None,
        reporter: Somebody | None = None,
        sprints: Iterable[Iteration] = (),
        **fields: Any,
    ) -> Issue:
        """Make an issue at the end of the backlog; `fields` are the attributes of `Issue`.

        `description` and `criteria` are written as Markdown; each flavour shows them in its own markup.
        """
        if project not in self.projects:
            self.project(project)
        self._numbers[project] += 1
        number = self._numbers[project]
        at = created or self.now - timedelta(days=30)
        told: dict[str, Any] = {"type": "Story", "status": "To Do", "sprints": [sprint.id for sprint in sprints]}
        made = Issue(
            id=self._next_id(),
            key=f"{project}-{number}",
            project=project,
            title=title,
            created=at,
            updated=at,
            reporter=reporter or self.person("Robin"),
            **told | {name: _kept(value) for name, value in fields.items()},
        )
        for version in made.versions:
            self.versions.setdefault(version, None)
        self.issues[made.id] = made
        self.order.append(made.id)
        self._places.clear()
        return made

    def comment(self, issue: Issue | str, text: str, *, by: Somebody | None = None, at: datetime | None = None) -> None:
        """Somebody says something; that bumps `updated`."""
        here = self.find(issue)
        when = at or self.now
        here.comments.append(Remark(self._next_id(), when, by or self.person("Robin"), text))
        here.comments.sort(key=lambda remark: remark.at)
        here.updated = max(here.updated, when)

    def change(
        self, issue: Issue | str, *, by: Somebody | None = None, at: datetime | None = None, **fields: Any
    ) -> None:
        """Somebody changes fields: the issue, its changelog and `updated` follow. A status may set a resolution too."""
        here = self.find(issue)
        parts = [self._set(here, name, value) for name, value in fields.items()]
        when = at or self.now
        here.history.append(Change(self._next_id(), when, by or self.person("Robin"), parts))
        here.history.sort(key=lambda change: change.at)
        here.updated = max(here.updated, when)
        if "status" in fields:
            is_done = words.STATUSES[here.status].category == "done"
            here.resolved = when if is_done else None
            here.resolution = (here.resolution or "Done") if is_done else None

    def record(
        self,
        issue: Issue | str,
        name: str,
        *,
        before: str | None = None,
        after: str | None = None,
        field_id: str = "",
        by: Somebody | None = None,
        at: datetime | None = None,
    ) -> None:
        """Write an entry into the history and change nothing else: what an administrator's migration leaves behind."""
        part = (name, field_id, None, before, None, after)
        here = self.find(issue)
        here.history.append(Change(self._next_id(), at or self.now, by or self.person("Robin"), [part]))
        here.history.sort(key=lambda change: change.at)

    def rank(
        self,
        issue: Issue | str,
        *,
        above: Issue | str | None = None,
        by: Somebody | None = None,
        at: datetime | None = None,
    ) -> None:
        """Somebody drags an issue above another one, or to the end; Jira does not bump `updated` for that."""
        here = self.find(issue)
        self.order.remove(here.id)
        self.order.insert(self.order.index(self.find(above).id) if above else len(self.order), here.id)
        self._places.clear()
        if by or at:
            self.record(here, "Rank", after="Ranked higher", field_id=words.RANK, by=by, at=at)

    def link(self, issue: Issue | str, kind: str, other: Issue | str) -> None:
        """`issue` blocks (or whatever the type says outwards) `other`."""
        name = next(name for name, (_, _, outward) in words.LINK_TYPES.items() if kind in {name, outward})
        here, there, id_ = self.find(issue), self.find(other), self._next_id()
        here.links.append((id_, name, True, there.key))
        there.links.append((id_, name, False, here.key))

    def move(self, issue: Issue | str, project: str, *, at: datetime | None = None) -> None:
        """Move to another project: the key changes, the id stays."""
        here = self.find(issue)
        old = here.key
        self._numbers[project] += 1
        here.key, here.project = f"{project}-{self._numbers[project]}", self.project(project)
        self.record(here, "Key", before=old, after=here.key, field_id="", at=at)
        here.updated = max(here.updated, at or self.now)

    def delete(self, issue: Issue | str) -> None:
        """Delete for good."""
        here = self.find(issue)
        del self.issues[here.id]
        self.order.remove(here.id)
        self._places.clear()

    def place(self, issue: Issue) -> int:
        """Where the issue stands in the order of the site, from 0."""
        if not self._places:
            self._places = {id_: place for place, id_ in enumerate(self.order)}
        return self._places[issue.id]

    def find(self, issue: Issue | str) -> Issue:
        """The issue of that key (or numeric id)."""
        if isinstance(issue, Issue):
            return issue
        return next(each for each in self.issues.values() if issue in {each.key, str(each.id)})

    def _set(self, issue: Issue, name: str, value: Any) -> Any:
        label, id_ = _CHANGELOG_NAMES.get(name, (name, name))
        before = issue.values.get(name) if name.startswith("customfield_") else getattr(issue, name)
        if name == "sprints":
            value = [sprint.id for sprint in value]
        if name.startswith("customfield_"):
            issue.values[name] = value
        else:
            setattr(issue, name, _kept(value))
        return label, id_, *self._told(name, before), *self._told(name, value)

    def _told(self, name: str, value: Any) -> tuple[str | None, str | None]:
        """A value as the changelog has it: the raw one, and the one that people read."""
        if value is None or value == []:
            return None, None
        if name == "sprints":
            return ", ".join(map(str, value)), ", ".join(self.sprints[id_].name for id_ in value)
        if name == "status":
            return words.STATUSES[value].id, value
        if isinstance(value, Somebody):
            return value.id, value.name
        if isinstance(value, list):
            return None, " ".join(cast("list[str]", value))
        return None, f"{value:g}" if isinstance(value, float | int) else str(value)

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id


def _kept(value: Any) -> Any:
    """A value as an issue keeps it: several of anything as a list."""
    return list(cast("Iterable[Any]", value)) if isinstance(value, list | tuple | set) else value


_CHANGELOG_NAMES = {
    "title": ("summary", "summary"),
    "points": ("Story point estimate", words.POINT_ESTIMATE),
    "sprints": ("Sprint", words.SPRINT),
    "versions": ("Fix Version", "fixVersions"),
    "due": ("duedate", "duedate"),
    "flagged": ("Flagged", words.FLAGGED),
    "parent": ("Parent", "parent"),
    "criteria": ("Acceptance Criteria", words.CRITERIA),
}
