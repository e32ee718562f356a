"""An issue of Jira as an `Item`: written by hand, value by value, for a page is mapped at once and then dropped."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from backlint.connectors.jira import values as of
from backlint.connectors.jira.fields import FieldMap, Meaning
from backlint.connectors.jira.history import Historian
from backlint.connectors.jira.payload import is_object, listed, part, several
from backlint.connectors.jira.people import People
from backlint.connectors.jira.sprints import sprint_values, to_sprint
from backlint.connectors.jira.times import day, moment
from backlint.connectors.jira.words import Words
from backlint.errors import TrackerError
from backlint.model import EMPTY, Item, Link, Person, Priority, Sprint, SprintState, Stage, Theme
from backlint.model.words import Empty
from backlint.transport import Json


@dataclass
class Mapper:
    """Maps the issues of one site.

    `ids_by_key` are the issues that Data Center names by key where Cloud gives an id: epics, mostly.
    """

    site: str
    host: str
    fields: FieldMap = field(default_factory=FieldMap)
    words: Words = field(default_factory=Words)
    people: People = field(default_factory=People)
    statuses: Mapping[str, Json] = field(default_factory=dict[str, Json])
    priorities: Mapping[str, int] = field(default_factory=dict[str, int])
    ids_by_key: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def prefix(self) -> str:
        """What makes the ids of this site its own."""
        return f"jira:{self.host}"

    def item_id(self, id_: object) -> str:
        """The numeric id, which survives a move to another project, as the key does not."""
        return f"{self.prefix}/{id_}"

    def item(self, issue: Json, changes: Iterable[Json] | None, comments: Iterable[Json] | None) -> Item:
        """The item. `None` for the changes means that the history was not read."""
        told = part(issue, "fields")
        created = moment(told.get("created"))
        if created is None or not issue.get("key"):
            raise TrackerError(f"Jira gave issue {issue.get('key') or issue.get('id')} without its key or its fields.")
        author = self.people.person(told.get("reporter")) or self.people.person(told.get("creator"))
        sprints = self._sprints(told)
        stage = self._stage(told, sprints)
        history = Historian(self.fields, self.words, self.people, self.statuses)
        return Item(
            id=self.item_id(issue["id"]),
            key=str(issue["key"]),
            url=f"{self.site}/browse/{issue['key']}",
            title=str(told.get("summary") or ""),
            project=str(part(told, "project").get("key") or str(issue["key"]).rpartition("-")[0]),
            body=(of.prose(told["description"]) or "") if "description" in told else None,
            criteria=of.criteria(told, self.fields),
            kind=self.words.kind(part(told, "issuetype")),
            kind_name=part(told, "issuetype").get("name"),
            stage=stage,
            status=part(told, "status").get("name"),
            priority=self._priority(told),
            estimate=of.estimate(told, self.fields),
            score=of.score(told, self.fields),
            moscow=of.moscow(told, self.fields),
            labels=_names(told, "labels"),
            components=_names(told, "components"),
            assignees=self._assignees(told),
            author=author,
            parent=self._parent(told),
            themes=self._theme_ids(told),
            links=self._links(told),
            sprints=None if sprints is None else tuple(sprint.id for sprint in sprints),
            due=(day(told["duedate"]) or EMPTY) if "duedate" in told else None,
            votes=part(told, "votes").get("votes"),
            flagged=self._flagged(told),
            confidential=bool(told.get("security")),
            created=created,
            updated=moment(told.get("updated")) or created,
            closed=None if stage.is_open else moment(told.get("resolutiondate")),
            events=None if changes is None else history.events(issue, author, changes, comments or ()),
        )

    def sprints(self, issue: Json) -> list[Sprint]:
        """The sprints that the issue names, oldest first."""
        return self._sprints(part(issue, "fields")) or []

    def themes(self, issue: Json) -> list[Theme]:
        """The releases that the issue is meant for."""
        versions = several(issue, "fields", "fixVersions")
        return [
            Theme(
                id=self._theme_id(version),
                key=str(version.get("name") or version["id"]),
                title=str(version.get("description") or version.get("name") or version["id"]),
                is_open=not (version.get("released") or version.get("archived")),
                due=day(version.get("releaseDate")),
            )
            for version in versions
            if version.get("id")
        ]

    def _stage(self, told: Json, sprints: list[Sprint] | None) -> Stage:
        is_planned = any(sprint.state is not SprintState.CLOSED for sprint in sprints or ())
        return self.words.stage(part(told, "status"), told.get("resolution"), is_in_sprint=is_planned)

    def _sprints(self, told: Json) -> list[Sprint] | None:
        ids = [id_ for id_ in (*self.fields.of(Meaning.SPRINT), "sprint", "closedSprints") if id_ in told]
        if not ids:
            return None
        found = [to_sprint(value, self.prefix) for id_ in ids for value in sprint_values(told[id_])]
        by_id = {sprint.id: sprint for sprint in found if sprint}
        order = {SprintState.CLOSED: 0, SprintState.ACTIVE: 1, SprintState.FUTURE: 2}
        return sorted(by_id.values(), key=lambda it: (order[it.state], it.start.timestamp() if it.start else 0, it.id))

    def _priority(self, told: Json) -> Priority | Empty | None:
        if "priority" not in told:
            return None
        priority = told["priority"]
        if not priority:
            return EMPTY
        level = self.priorities.get(str(priority.get("id")))
        return Priority(level=level, name=str(priority.get("name") or "")) if level else None

    def _assignees(self, told: Json) -> tuple[Person, ...] | None:
        if "assignee" not in told:
            return None
        who = self.people.person(told["assignee"])
        return (who,) if who else ()

    def _parent(self, told: Json) -> str | Empty | None:
        """The direct parent, else the epic: an object with an id on Cloud and in Agile lists, a key on Data Center."""
        names = ("parent", *self.fields.of(Meaning.EPIC), *self.fields.of(Meaning.PARENT), "epic")
        there = [told[name] for name in names if name in told]
        for value in there:
            parent = part(value, "data") or part(value)  # Advanced Roadmaps wraps it
            if parent.get("id"):
                return self.item_id(parent["id"])
            if isinstance(value, str) and value:
                return self.item_id(self.ids_by_key.get(value, value))
        return EMPTY if there else None

    def _theme_id(self, version: Json) -> str:
        return f"{self.prefix}/version/{version['id']}"

    def _theme_ids(self, told: Json) -> tuple[str, ...] | None:
        if "fixVersions" not in told:
            return None
        return tuple(self._theme_id(version) for version in several(told, "fixVersions") if version.get("id"))

    def _links(self, told: Json) -> tuple[Link, ...] | None:
        if "issuelinks" not in told:
            return None
        return tuple(found for link in several(told, "issuelinks") for found in self._link(link))

    def _link(self, link: Json) -> Iterable[Link]:
        for end in ("outwardIssue", "inwardIssue"):
            other = link.get(end)
            if other and other.get("id"):
                about = part(other, "fields")
                status = about.get("status")
                yield Link(
                    kind=self.words.link(part(link, "type"), is_outward=end == "outwardIssue"),
                    target=self.item_id(other["id"]),
                    key=str(other.get("key") or other["id"]),
                    url=f"{self.site}/browse/{other['key']}" if other.get("key") else None,
                    title=about.get("summary"),
                    stage=self.words.stage(status) if status else None,
                )

    def _flagged(self, told: Json) -> bool | None:
        ids = [id_ for id_ in ("flagged", *self.fields.of(Meaning.FLAGGED)) if id_ in told]
        return any(bool(told[id_]) for id_ in ids) if ids else None


def _names(told: Json, name: str) -> frozenset[str] | None:
    if name not in told:
        return None
    return frozenset(str(it["name"]) if is_object(it) else str(it) for it in listed(told, name))
