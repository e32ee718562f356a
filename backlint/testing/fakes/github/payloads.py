"""How REST shows the state; the tests hold every payload against GitHub's published description."""

from typing import Any

from backlint.testing.fakes.github.issues import Issue, IssueField, Milestone, User
from backlint.testing.fakes.github.repositories import Repository
from backlint.testing.fakes.github.views import constant, moment

Payload = dict[str, Any]

API = "https://api.github.com"
USER_URLS = (
    "followers", "following", "gists", "starred", "subscriptions", "organizations", "repos", "events",
    "received_events",
)  # fmt: skip
REPOSITORY_URLS = (
    "archive", "assignees", "blobs", "branches", "collaborators", "comments", "commits", "compare", "contents",
    "contributors", "deployments", "downloads", "events", "forks", "git_commits", "git_refs", "git_tags", "hooks",
    "issue_comment", "issue_events", "issues", "keys", "labels", "languages", "merges", "milestones", "notifications",
    "pulls", "releases", "stargazers", "statuses", "subscribers", "subscription", "tags", "teams", "trees",
)  # fmt: skip
COUNTS = (
    "forks", "forks_count", "open_issues", "open_issues_count", "size", "stargazers_count", "watchers",
    "watchers_count", "network_count", "subscribers_count",
)  # fmt: skip
REACTIONS = ("-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket")


def user(one: User | None) -> Payload | None:
    """Somebody; a deleted account shows as `null` here."""
    if one is None:
        return None
    url = f"{API}/users/{one.login}"
    return {
        "login": one.login,
        "id": one.ids[0],
        "node_id": one.ids[1],
        "avatar_url": f"https://avatars.githubusercontent.com/u/{one.ids[0]}",
        "gravatar_id": "",
        "url": url,
        "html_url": f"https://github.com/{one.login}",
        "type": one.kind,
        "site_admin": False,
    } | {f"{name}_url": f"{url}/{name}" for name in USER_URLS}


def label(name: str) -> Payload:
    """A label."""
    number = sum(name.encode()) + 1
    url = f"{API}/labels/{number}"
    return {
        "id": number,
        "node_id": f"LA_{number}",
        "url": url,
        "name": name,
        "description": None,
        "color": "ededed",
        "default": False,
    }


def milestone(one: Milestone | None) -> Payload | None:
    """A milestone."""
    if one is None:
        return None
    url = f"{API}/repos/{one.repository.full_name}/milestones/{one.number}"
    return {
        "url": url,
        "html_url": f"https://github.com/{one.repository.full_name}/milestone/{one.number}",
        "labels_url": f"{url}/labels",
        "id": one.ids[0],
        "node_id": one.ids[1],
        "number": one.number,
        "state": "open" if one.is_open else "closed",
        "title": one.title,
        "description": None,
        "creator": None,
        "open_issues": 0,
        "closed_issues": 0,
        "created_at": moment(one.created),
        "updated_at": moment(one.created),
        "closed_at": None if one.is_open else moment(one.created),
        "due_on": f"{one.due}T00:00:00Z" if one.due else None,
    }


def issue(one: Issue) -> Payload:
    """An issue as a row of the list; a pull request differs by its key `pull_request` alone."""
    where = f"{API}/repos/{one.repository.full_name}"
    url = f"{where}/issues/{one.number}"
    page = f"https://github.com/{one.repository.full_name}/{'pull' if one.is_pull else 'issues'}/{one.number}"
    row: Payload = {
        "url": url,
        "repository_url": where,
        "labels_url": f"{url}/labels{{/name}}",
        "comments_url": f"{url}/comments",
        "events_url": f"{url}/events",
        "timeline_url": f"{url}/timeline",
        "html_url": page,
        "id": one.ids[0],
        "node_id": one.ids[1],
        "number": one.number,
        "title": one.title,
        "body": one.body,
        "user": user(one.author),
        "labels": [label(name) for name in one.labels],
        "state": one.state,
        "state_reason": one.reason,
        "locked": False,
        "active_lock_reason": None,
        "assignee": user(one.assignees[0]) if one.assignees else None,
        "assignees": [user(each) for each in one.assignees],
        "milestone": milestone(one.milestone),
        "comments": sum(entry.typename == "IssueComment" for entry in one.history),
        "created_at": moment(one.created),
        "updated_at": moment(one.updated),
        "closed_at": moment(one.closed),
        "closed_by": None,
        "author_association": one.author.association if one.author else "NONE",
        "reactions": _reactions(url, one.upvotes),
        "performed_via_github_app": None,
        "type": _type(one.type) if one.type else None,
    }
    if one.is_pull:
        pull = page.replace("github.com", "api.github.com/repos").replace("/pull/", "/pulls/")
        return row | {"pull_request": {"url": pull, "html_url": page, "diff_url": page, "patch_url": page}}
    return row | _summaries(one, where)


def comments(one: Issue) -> list[Payload]:
    """What was said about an issue."""
    where = f"{API}/repos/{one.repository.full_name}/issues"
    return [
        {
            "id": entry.ids[0],
            "node_id": entry.ids[1],
            "url": f"{where}/comments/{entry.ids[0]}",
            "html_url": f"https://github.com/{one.repository.full_name}/issues/{one.number}#issuecomment-{entry.ids[0]}",
            "issue_url": f"{where}/{one.number}",
            "body": entry.facts["body"],
            "user": user(entry.actor),
            "created_at": moment(entry.at),
            "updated_at": moment(entry.at),
            "author_association": entry.actor.association if entry.actor else "NONE",
            "reactions": _reactions(f"{where}/comments/{entry.ids[0]}", 0),
        }
        for entry in one.history
        if entry.typename == "IssueComment"
    ]


def events(one: Issue) -> list[Payload]:
    """What else happened to it, by REST's name for it (`closed`, `labeled`)."""
    return [
        {
            "id": entry.ids[0],
            "node_id": entry.ids[1],
            "url": f"{API}/repos/{one.repository.full_name}/issues/events/{entry.ids[0]}",
            "actor": user(entry.actor),
            "event": constant(entry.typename).removesuffix("_EVENT").lower(),
            "commit_id": None,
            "commit_url": None,
            "created_at": moment(entry.at),
        }
        for entry in one.history
        if entry.typename != "IssueComment"
    ]


def _summaries(one: Issue, where: str) -> Payload:
    done = sum(child.state == "closed" for child in one.children)
    told: Payload = {
        "sub_issues_summary": {
            "total": len(one.children),
            "completed": done,
            "percent_completed": 100 * done // len(one.children) if one.children else 0,
        },
        "issue_dependencies_summary": {
            "blocked_by": sum(each.state == "open" for each in one.blocked_by),
            "blocking": sum(each.state == "open" for each in one.blocking),
            "total_blocked_by": len(one.blocked_by),
            "total_blocking": len(one.blocking),
        },
        "issue_field_values": [_field_value(one.repository.field(name), value) for name, value in one.fields.items()],
    }
    if one.parent:
        told["parent_issue_url"] = f"{where}/issues/{one.parent.number}"
    return told


def _reactions(url: str, upvotes: int) -> Payload:
    return {"url": f"{url}/reactions", "total_count": upvotes, "+1": upvotes} | dict.fromkeys(REACTIONS, 0)


def _type(name: str) -> Payload:
    number = sum(name.encode())
    return {"id": number, "node_id": f"IT_{number}", "name": name, "description": None}


def _field_value(field: IssueField, value: Any) -> Payload:
    told: Payload = {
        "issue_field_id": field.ids[0],
        "issue_field_name": field.name,
        "node_id": field.ids[1],
        "data_type": field.kind,
        "value": ", ".join(value) if field.kind == "multi_select" else value,
    }
    if field.kind == "single_select":
        told["single_select_option"] = {"id": 1, "name": value, "color": "gray"}
    return told


def repository(one: Repository) -> Payload:
    """A repository, whole."""
    url = f"{API}/repos/{one.full_name}"
    page = f"https://github.com/{one.full_name}"
    owner = User(one.owner, "Organization")
    return (
        {f"{name}_url": f"{url}/{name}" for name in REPOSITORY_URLS}
        | dict.fromkeys(COUNTS, 0)
        | dict.fromkeys(("fork", "has_pages", "archived", "disabled", "has_discussions"), False)
        | dict.fromkeys(("has_issues", "has_projects", "has_wiki"), True)
        | dict.fromkeys(("description", "homepage", "language", "mirror_url", "license"))
        | dict.fromkeys(("clone_url", "git_url", "ssh_url", "svn_url", "html_url"), page)
        | dict.fromkeys(("created_at", "updated_at", "pushed_at"), moment(one.hub.now()))
        | {"id": one.ids[0], "node_id": one.ids[1], "name": one.name, "full_name": one.full_name, "url": url}
        | {"private": one.is_private, "default_branch": "main", "owner": user(owner)}
    )
