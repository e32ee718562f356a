"""How GraphQL shows the state: each object as a mapping of its fields, with what is large or linked worked out late.

Both executors read these mappings (graphql-core with GitHub's schema in the tests, `walker` everywhere else), so a
field that GitHub does not have can be written here but never be asked for.
"""

import re
from typing import Any

from backlint.testing.fakes.github.connections import Lazily, View, connection, lazily
from backlint.testing.fakes.github.issues import Happened, Issue, IssueField, Milestone, User
from backlint.testing.fakes.github.repositories import Repository

FIELD_TYPES = {
    "text": "IssueFieldText",
    "number": "IssueFieldNumber",
    "date": "IssueFieldDate",
    "single_select": "IssueFieldSingleSelect",
    "multi_select": "IssueFieldMultiSelect",
}


def moment(at: Any) -> str | None:
    """A time as GitHub writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def actor(user: User | None) -> View | None:
    """Somebody; `None` is what GitHub calls a ghost. GraphQL writes a bot's login without `[bot]`."""
    if user is None:
        return None
    return {"__typename": user.kind, "id": user.ids[1], "login": user.login.removesuffix("[bot]"), "name": user.login}


def repository(repo: Repository) -> View:
    """A repository, without its issues: they are read by REST."""
    return {
        "__typename": "Repository",
        "id": repo.ids[1],
        "name": repo.name,
        "nameWithOwner": repo.full_name,
        "isPrivate": repo.is_private,
        "hasIssuesEnabled": True,
        "issues": _issues(repo),
        "labels": connection(list(repo.labels), lambda name: {"name": name, "id": name}, str),
        "issueTypes": connection(repo.types, lambda name: {"name": name, "id": name}, str),
        "issueFields": connection(repo.fields, issue_field, _id),
        "milestones": connection(repo.milestones, milestone, _id),
    }


def _issues(repo: Repository) -> Lazily:
    def page(info: Any, **arguments: Any) -> View:
        rows = [one for one in repo.issues.values() if not one.is_pull]
        order: dict[str, str] = arguments.get("orderBy") or {}
        if order.get("field") == "UPDATED_AT":
            rows.sort(key=lambda one: one.updated, reverse=order.get("direction") == "DESC")
        found: View = connection(rows, issue, _id)(info, **arguments)
        return found

    return page


def milestone(one: Milestone) -> View:
    """A milestone."""
    return {
        "__typename": "Milestone",
        "id": one.ids[1],
        "number": one.number,
        "title": one.title,
        "dueOn": f"{one.due}T00:00:00Z" if one.due else None,
        "state": "OPEN" if one.is_open else "CLOSED",
        "closed": not one.is_open,
        "url": f"https://github.com/{one.repository.full_name}/milestone/{one.number}",
    }


def issue(one: Issue) -> View:
    """An issue or a pull request."""
    return _pull(one) if one.is_pull else _issue(one)


def _common(one: Issue) -> View:
    what = "pull" if one.is_pull else "issues"
    return {
        "id": one.ids[1],
        "number": one.number,
        "title": one.title,
        "body": one.body or "",
        "url": f"https://github.com/{one.repository.full_name}/{what}/{one.number}",
        "closed": one.state == "closed",
        "author": actor(one.author),
        "createdAt": moment(one.created),
        "updatedAt": moment(one.updated),
        "closedAt": moment(one.closed),
        "repository": lazily(lambda: repository(one.repository)),
    }


def _pull(one: Issue) -> View:
    state = "MERGED" if one.is_merged else one.state.upper()
    told: View = {"__typename": "PullRequest", "state": state, "merged": one.is_merged, "isDraft": False}
    return _common(one) | told


def _issue(one: Issue) -> View:
    return _common(one) | {
        "__typename": "Issue",
        "state": one.state.upper(),
        "stateReason": lazily(lambda: one.reason.upper() if one.reason else None),
        "issueType": {"id": one.type, "name": one.type} if one.type else None,
        "parent": lazily(lambda: issue(one.parent) if one.parent else None),
        "subIssues": connection(one.children, issue, _id),
        "subIssuesSummary": lazily(lambda: {"total": len(one.children)}),
        "blockedBy": connection(one.blocked_by, issue, _id),
        "blocking": connection(one.blocking, issue, _id),
        "duplicateOf": lazily(lambda: issue(one.duplicate_of) if one.duplicate_of else None),
        "closedByPullRequestsReferences": connection(one.pulls, issue, _id),
        "issueFieldValues": connection(list(one.fields), lambda name: field_value(one, name), str),
        "lastEditedAt": moment(one.edited[0]) if one.edited else None,
        "editor": actor(one.edited[1]) if one.edited else None,
        "locked": one.is_locked,
        "viewerDidAuthor": one.repository.hub.viewer is one.author,
        "labels": connection(one.labels, lambda name: {"name": name, "id": name}, str),
        "comments": connection(_comments(one), lambda entry: happened(one, entry), _id),
        "timelineItems": _timeline(one, sorted(one.history, key=lambda entry: entry.at)),
    }


def _comments(one: Issue) -> list[Happened]:
    return [entry for entry in one.history if entry.typename == "IssueComment"]


def _timeline(one: Issue, history: list[Happened]) -> Lazily:
    def page(info: Any, itemTypes: list[str] | None = None, **arguments: Any) -> View:  # noqa: N803 - GitHub's word
        wanted = [entry for entry in history if itemTypes is None or constant(entry.typename) in itemTypes]
        page_of: View = connection(wanted, lambda entry: happened(one, entry), _id)(info, **arguments)
        return page_of

    return page


def happened(one: Issue, entry: Happened) -> View:
    """An entry of the timeline."""
    shown = {name: _shown(value) for name, value in entry.facts.items()}
    told: View = {
        "__typename": entry.typename,
        "id": entry.ids[1],
        "createdAt": moment(entry.at),
        "actor": actor(entry.actor),
    }
    if entry.typename == "IssueComment":
        who = entry.actor
        told |= {"author": told["actor"], "viewerDidAuthor": one.repository.hub.viewer is who}
        told |= {"authorAssociation": who.association if who else "NONE", "lastEditedAt": None}
        page = f"https://github.com/{one.repository.full_name}/issues/{one.number}"
        told |= {"url": page + entry.page, "editor": actor(entry.editor)}
    return told | shown


def _shown(value: Any) -> Any:
    if isinstance(value, Issue):
        return lazily(lambda: issue(value))
    if isinstance(value, User):
        return actor(value)
    if isinstance(value, Repository):
        return lazily(lambda: repository(value))
    if isinstance(value, IssueField):
        return issue_field(value)
    return _project_reference(value) if hasattr(value, "columns") else value


def _project_reference(project: Any) -> View:
    return {"__typename": "ProjectV2", "id": project.ids[1], "number": project.number, "title": project.title}


def issue_field(field: IssueField) -> View:
    """A field that the organisation gives its issues."""
    return {
        "__typename": FIELD_TYPES[field.kind],
        "id": field.ids[1],
        "name": field.name,
        "dataType": field.kind.upper(),
        "options": [{"id": name, "name": name} for name in field.options],
    }


def field_value(one: Issue, name: str) -> View | None:
    """The value of an issue field on one issue."""
    if name not in one.fields:
        return None
    field, value = one.repository.field(name), one.fields[name]
    told: View = {
        "__typename": f"{FIELD_TYPES[field.kind]}Value",
        "id": f"{one.ids[1]}/{name}",
        "field": issue_field(field),
    }
    if field.kind == "multi_select":
        return told | {"options": [{"id": each, "name": each} for each in value]}
    if field.kind == "single_select":
        told["name"] = value
    return told | {"value": float(value) if field.kind == "number" else str(value)}


def _id(row: Any) -> str:
    return str(row.ids[1])


def constant(typename: str) -> str:
    """`ProjectV2ItemStatusChangedEvent` is `PROJECT_V2_ITEM_STATUS_CHANGED_EVENT`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", typename).upper()
