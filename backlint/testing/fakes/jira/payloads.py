"""The state of the site as JSON: Cloud v3 (ADF, accounts, sprint objects) or Data Center v2 (wiki, names, strings)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from backlint.testing.fakes.jira import words
from backlint.testing.fakes.jira.prose import to_adf, to_wiki
from backlint.testing.fakes.jira.state import State
from backlint.testing.fakes.jira.things import Board, Change, Issue, Iteration, Remark, Somebody
from backlint.testing.fakes.jira.words import Payload

EMBEDDED_COMMENTS = 20
EXPANDED_CHANGES = 40


class Payloads:
    """Writes a state down; `base` is where the site's links lead, `zone` the profile time zone of the token's owner.

    `has_adf` is whether Cloud is asked in version 3, and so writes texts as documents.
    """

    def __init__(self, state: State, base: str, *, is_cloud: bool, zone: str = "UTC", has_adf: bool = True) -> None:
        self.state = state
        self.base = base
        self.is_cloud = is_cloud
        self.has_adf = is_cloud and has_adf
        self.version = "3" if self.has_adf else "2"
        self.zone: tzinfo = ZoneInfo(zone)

    def link(self, path: str) -> str:
        """The `self` of a thing."""
        return f"{self.base}/rest/api/{self.version}/{path}"

    def time(self, moment: datetime | None) -> str | None:
        """As Jira writes it: milliseconds, and an offset without a colon."""
        if moment is None:
            return None
        there = moment.astimezone(self.zone)
        return f"{there:%Y-%m-%dT%H:%M:%S}.{there.microsecond // 1000:03d}{there:%z}"

    def person(self, who: Somebody | None) -> Payload | None:
        """A user."""
        if who is None:
            return None
        told: Payload = {"displayName": who.name, "active": True, "timeZone": str(self.zone)}
        if self.is_cloud:
            account = {"accountId": who.id, "accountType": "app" if who.is_bot else "atlassian"}
            return told | account | {"self": self.link(f"user?accountId={who.id}")}
        return told | {"name": who.login, "key": who.id, "self": self.link(f"user?username={who.login}")}

    def text(self, written: str | Mapping[str, Any] | None) -> Any:
        """Prose in the markup of the flavour."""
        if written is None or not isinstance(written, str):
            return written
        return to_adf(written) if self.has_adf else to_wiki(written)

    def status(self, name: str) -> Payload:
        """A status with its category."""
        it = words.STATUSES[name]
        category = words.CATEGORIES[it.category] | {"self": self.link(f"statuscategory/{it.category}")}
        return {"id": it.id, "name": name, "self": self.link(f"status/{it.id}"), "statusCategory": category}

    def type(self, name: str) -> Payload:
        """An issue type; only Cloud tells its level."""
        it = words.TYPES[name]
        told: Payload = {"id": it.id, "name": name, "subtask": it.level < 0, "self": self.link(f"issuetype/{it.id}")}
        return told | ({"hierarchyLevel": it.level} if self.is_cloud else {})

    def field(self, it: words.Field) -> Payload:
        """A field's description."""
        schema: Payload = {"type": it.type} | ({"items": it.items} if it.items else {})
        if it.custom:
            schema |= {"custom": it.custom, "customId": int(it.id.rpartition("_")[2])}
        else:
            schema |= {"system": it.id}
        told: Payload = {"id": it.id, "key": it.id, "name": it.name, "custom": bool(it.custom), "schema": schema}
        told |= {"orderable": True, "navigable": True, "searchable": True, "clauseNames": [it.name]}
        if it.project:
            told["scope"] = {"type": "PROJECT", "project": {"id": self.project_id(it.project)}}
        return told

    def fields(self) -> list[words.Field]:
        """The fields that this flavour has."""
        return [it for it in self.state.fields if not (it.is_server_only if self.is_cloud else it.is_cloud_only)]

    def project(self, key: str) -> Payload:
        """A project."""
        return {
            "id": self.project_id(key),
            "key": key,
            "name": self.state.projects[key],
            "projectTypeKey": "software",
            "self": self.link(f"project/{self.project_id(key)}"),
        }

    def project_id(self, key: str) -> str:
        """Projects are numbered from 10000."""
        return str(10_000 + list(self.state.projects).index(key))

    def version_(self, name: str) -> Payload:
        """A version that issues are fixed in."""
        id_ = str(10_300 + list(self.state.versions).index(name))
        due = self.state.versions[name]
        told: Payload = {"id": id_, "name": name, "archived": False, "released": name in self.state.released}
        return told | {"self": self.link(f"version/{id_}")} | ({"releaseDate": due.isoformat()} if due else {})

    def sprint(self, it: Iteration) -> Payload:
        """A sprint as the board lists it."""
        times = {"startDate": it.start, "endDate": it.end, "completeDate": it.completed}
        told: Payload = {"id": it.id, "name": it.name, "state": it.state, "goal": it.goal}
        told |= {name: _zulu(moment) for name, moment in times.items() if moment}
        return told | {"originBoardId": it.board or 0, "self": f"{self.base}/rest/agile/1.0/sprint/{it.id}"}

    def sprint_value(self, it: Iteration) -> Payload | str:
        """A sprint as the custom field holds it: an object on Cloud, a printed Java object on Data Center."""
        if self.is_cloud:
            told = self.sprint(it)
            return {key: value for key, value in told.items() if key not in {"self", "originBoardId"}} | {
                "boardId": it.board or 0
            }
        times = {"startDate": it.start, "endDate": it.end, "completeDate": it.completed}
        parts = {"id": it.id, "rapidViewId": it.board or "<null>", "state": it.state.upper(), "name": it.name}
        parts |= {name: self.time(moment) or "<null>" for name, moment in times.items()}
        parts |= {"activatedDate": "<null>", "sequence": it.id, "goal": it.goal or "<null>"}
        said = ",".join(f"{name}={value}" for name, value in parts.items())
        return f"com.atlassian.greenhopper.service.sprint.Sprint@{it.id:x}[{said}]"

    def board(self, it: Board) -> Payload:
        """A board as the list has it."""
        told: Payload = {"id": it.id, "name": it.name, "type": it.kind, "self": self._agile(f"board/{it.id}")}
        if self.is_cloud:
            told["location"] = {"projectId": int(self.project_id(it.project)), "projectKey": it.project}
        return told

    def configuration(self, it: Board) -> Payload:
        """What only the board's configuration says: its columns, its field of estimates, its field of rank."""
        columns = [
            {"name": name, "statuses": [{"id": words.STATUSES[s].id, "self": self.status(s)["self"]} for s in statuses]}
            for name, statuses in it.columns
        ]
        told: Payload = {"id": it.id, "name": it.name, "type": it.kind, "self": self._agile(f"board/{it.id}")}
        told |= {"filter": {"id": str(it.id), "self": self.link(f"filter/{it.id}")}}
        told |= {"columnConfig": {"columns": columns, "constraintType": "issueCount"}}
        told |= {"ranking": {"rankCustomFieldId": int(words.RANK.rpartition("_")[2])}}
        if it.kind == "scrum":
            shown = {"fieldId": it.estimate, "displayName": "Estimate"}
            told["estimation"] = {"type": "field", "field": shown} if it.estimate else {"type": "issueCount"}
        return told

    def change(self, it: Change, *, is_counted: bool = False) -> Payload:
        """An entry of a changelog; `is_counted` gives its time in milliseconds, as some sites do in bulk."""
        names = ("field", "fieldId", "from", "fromString", "to", "toString")
        parts = [
            dict(zip(names, part, strict=True)) | {"fieldtype": "custom" if "_" in part[1] else "jira"}
            for part in it.parts
        ]
        at = int(it.at.timestamp() * 1000) if is_counted else self.time(it.at)
        return {"id": str(it.id), "author": self.person(it.by), "created": at, "items": parts}

    def changelog(self, it: Issue) -> Payload:
        """What `expand=changelog` gives: on Cloud only the newest, newest first."""
        newest = list(reversed(it.history))
        shown = newest[:EXPANDED_CHANGES] if self.is_cloud else it.history
        histories = [self.change(change) for change in shown]
        return {"startAt": 0, "maxResults": len(shown), "total": len(it.history), "histories": histories}

    def comment(self, it: Remark, issue: Issue) -> Payload:
        """A comment."""
        who, at = self.person(it.by), self.time(it.at)
        editor = self.person(it.editor) if it.editor else who
        told: Payload = {"id": str(it.id), "author": who, "updateAuthor": editor, "created": at, "updated": at}
        return told | {"body": self.text(it.text), "self": self.link(f"issue/{issue.id}/comment/{it.id}")}

    def comments(self, it: Issue) -> Payload:
        """The comments that come with an issue: not all of them where there are many."""
        shown = it.comments[:EMBEDDED_COMMENTS] if self.is_cloud else it.comments
        told = [self.comment(remark, it) for remark in shown]
        page: Payload = {"startAt": 0, "maxResults": max(len(shown), 1), "total": len(it.comments), "comments": told}
        return page | {"self": self.link(f"issue/{it.id}/comment")}

    def issue(self, it: Issue, wanted: Iterable[str] | None) -> Payload:
        """An issue with the fields that were asked for; `None` is all of them."""
        told: Payload = {"expand": "", "id": str(it.id), "self": self.link(f"issue/{it.id}"), "key": it.key}
        names = None if wanted is None else set(wanted)
        if self.is_cloud and names == {"id"}:
            return {"id": str(it.id)}
        has_all = names is None or bool(names & {"*all", "*navigable"})
        found = self._values(it, None if has_all else names)
        return told | {"fields": found}

    def _values(self, it: Issue, names: set[str] | None) -> Payload:
        makers = self._makers(it)
        known = {field.id for field in self.fields()}
        wanted = known if names is None else known & names
        return {name: makers[name]() if name in makers else it.values.get(name) for name in wanted}

    def _makers(self, it: Issue) -> Mapping[str, Any]:
        named = self._named
        return {
            "summary": lambda: it.title,
            "description": lambda: self.text(it.description),
            "issuetype": lambda: self.type(it.type),
            "project": lambda: self.project(it.project),
            "status": lambda: self.status(it.status),
            "priority": lambda: named("priority", it.priority, words.PRIORITIES),
            "resolution": lambda: named("resolution", it.resolution, words.RESOLUTIONS),
            "resolutiondate": lambda: self.time(it.resolved),
            "labels": lambda: list(it.labels),
            "components": lambda: [{"id": str(10_400 + n), "name": name} for n, name in enumerate(it.components)],
            "fixVersions": lambda: [self.version_(name) for name in it.versions],
            "assignee": lambda: self.person(it.assignee),
            "reporter": lambda: self.person(it.reporter),
            "creator": lambda: self.person(it.reporter),
            "issuelinks": lambda: [self._link(*link) for link in it.links],
            "parent": lambda: self._near(it.parent) if it.parent else None,
            "duedate": lambda: it.due.isoformat() if it.due else None,
            "votes": lambda: {"votes": it.votes, "hasVoted": False, "self": self.link(f"issue/{it.key}/votes")},
            "security": lambda: {"id": "10500", "name": it.security} if it.security else None,
            "created": lambda: self.time(it.created),
            "updated": lambda: self.time(it.updated),
            "comment": lambda: self.comments(it),
            words.SPRINT: lambda: [self.sprint_value(self.state.sprints[id_]) for id_ in it.sprints] or None,
            words.RANK: lambda: f"0|i{self.state.place(it):05d}:",
            words.POINT_ESTIMATE: lambda: it.points,
            words.STORY_POINTS: lambda: it.values.get(words.STORY_POINTS) if self.is_cloud else it.points,
            words.EPIC_LINK: lambda: it.parent,
            words.FLAGGED: lambda: [{"id": "10019", "value": "Impediment"}] if it.flagged else None,
            words.CRITERIA: lambda: self.text(it.criteria),
        }

    def _named(self, path: str, name: str | None, ids: Mapping[str, str]) -> Payload | None:
        return {"id": ids[name], "name": name, "self": self.link(f"{path}/{ids[name]}")} if name else None

    def _link(self, id_: int, kind: str, is_outward: bool, key: str) -> Payload:
        type_id, inward, outward = words.LINK_TYPES[kind]
        told: Payload = {"id": str(id_), "self": self.link(f"issueLink/{id_}")}
        told["type"] = {"id": type_id, "name": kind, "inward": inward, "outward": outward}
        return told | {"outwardIssue" if is_outward else "inwardIssue": self._near(key)}

    def _near(self, key: str) -> Payload:
        it = self.state.find(key)
        fields = {"summary": it.title, "status": self.status(it.status), "issuetype": self.type(it.type)}
        return {"id": str(it.id), "key": it.key, "self": self.link(f"issue/{it.id}"), "fields": fields}

    def _agile(self, path: str) -> str:
        return f"{self.base}/rest/agile/1.0/{path}"


def _zulu(moment: datetime) -> str:
    there = moment.astimezone(UTC)
    return f"{there:%Y-%m-%dT%H:%M:%S}.{there.microsecond // 1000:03d}Z"
