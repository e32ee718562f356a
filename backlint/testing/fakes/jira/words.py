"""What a freshly made Jira site knows: fields, types, statuses, priorities, links, with ids as a real one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Payload = dict[str, Any]

GREENHOPPER = "com.pyxis.greenhopper.jira"
PLUGIN_TYPES = "com.atlassian.jira.plugin.system.customfieldtypes"


@dataclass(frozen=True)
class Field:
    """A field of the site; `custom` is the type that its plugin gives, `None` for a system field."""

    id: str
    name: str
    type: str
    custom: str | None = None
    items: str | None = None
    is_cloud_only: bool = False
    is_server_only: bool = False
    project: str | None = None


SPRINT = "customfield_10020"
RANK = "customfield_10019"
POINT_ESTIMATE = "customfield_10016"
STORY_POINTS = "customfield_10026"
EPIC_LINK = "customfield_10014"
FLAGGED = "customfield_10021"
TEAM = "customfield_10001"
CRITERIA = "customfield_10040"
NUMBERS = {
    "reach": "customfield_10051",
    "impact": "customfield_10052",
    "confidence": "customfield_10053",
    "effort": "customfield_10054",
    "rice": "customfield_10055",
}
MOSCOW = "customfield_10060"

FIELDS = (
    Field("summary", "Summary", "string"),
    Field("description", "Description", "string"),
    Field("issuetype", "Issue Type", "issuetype"),
    Field("project", "Project", "project"),
    Field("status", "Status", "status"),
    Field("priority", "Priority", "priority"),
    Field("resolution", "Resolution", "resolution"),
    Field("resolutiondate", "Resolved", "datetime"),
    Field("labels", "Labels", "array", items="string"),
    Field("components", "Components", "array", items="component"),
    Field("fixVersions", "Fix versions", "array", items="version"),
    Field("assignee", "Assignee", "user"),
    Field("reporter", "Reporter", "user"),
    Field("creator", "Creator", "user"),
    Field("issuelinks", "Linked Issues", "array", items="issuelinks"),
    Field("parent", "Parent", "issuelink", is_cloud_only=True),
    Field("duedate", "Due date", "date"),
    Field("votes", "Votes", "votes"),
    Field("security", "Security Level", "securitylevel"),
    Field("created", "Created", "datetime"),
    Field("updated", "Updated", "datetime"),
    Field("comment", "Comment", "comments-page"),
    Field("timeoriginalestimate", "Original estimate", "number"),
    Field(SPRINT, "Sprint", "array", f"{GREENHOPPER}:gh-sprint", items="json"),
    Field(RANK, "Rank", "any", f"{GREENHOPPER}:gh-lexo-rank"),
    Field(POINT_ESTIMATE, "Story point estimate", "number", f"{GREENHOPPER}:jsw-story-points", is_cloud_only=True),
    Field(STORY_POINTS, "Story Points", "number", f"{PLUGIN_TYPES}:float"),
    Field(EPIC_LINK, "Epic Link", "any", f"{GREENHOPPER}:gh-epic-link", is_server_only=True),
    Field(FLAGGED, "Flagged", "array", f"{PLUGIN_TYPES}:multicheckboxes", items="option"),
    Field(TEAM, "Team", "team", "com.atlassian.teams:rm-teams-custom-field-team", is_cloud_only=True),
    Field(CRITERIA, "Acceptance Criteria", "string", f"{PLUGIN_TYPES}:textarea"),
    *(Field(id_, name.upper() if name == "rice" else name.capitalize(), "number", f"{PLUGIN_TYPES}:float")
      for name, id_ in NUMBERS.items()),
    Field(MOSCOW, "MoSCoW", "option", f"{PLUGIN_TYPES}:select"),
)  # fmt: skip


@dataclass(frozen=True)
class Type:
    """An issue type and its level in the hierarchy."""

    id: str
    name: str
    level: int = 0


TYPES = {
    each.name: each
    for each in (
        Type("10001", "Story"),
        Type("10002", "Task"),
        Type("10004", "Bug"),
        Type("10005", "Spike"),
        Type("10006", "Technical Debt"),
        Type("10007", "Improvement"),
        Type("10008", "Support case"),
        Type("10009", "Non-functional requirement"),
        Type("10000", "Epic", 1),
        Type("10100", "Initiative", 2),
        Type("10003", "Sub-task", -1),
    )
}


@dataclass(frozen=True)
class Status:
    """A status; `category` is new, indeterminate or done."""

    id: str
    name: str
    category: str


STATUSES = {
    each.name: each
    for each in (
        Status("10010", "Backlog", "new"),
        Status("10011", "To Do", "new"),
        Status("10012", "Selected for Development", "new"),
        Status("3", "In Progress", "indeterminate"),
        Status("10013", "In Review", "indeterminate"),
        Status("10014", "Done", "done"),
        Status("10015", "Closed", "done"),
    )
}

CATEGORIES: Mapping[str, Payload] = {
    "new": {"id": 2, "key": "new", "colorName": "blue-gray", "name": "To Do"},
    "indeterminate": {"id": 4, "key": "indeterminate", "colorName": "yellow", "name": "In Progress"},
    "done": {"id": 3, "key": "done", "colorName": "green", "name": "Done"},
}

PRIORITIES = {name: str(number) for number, name in enumerate(("Highest", "High", "Medium", "Low", "Lowest"), 1)}
RESOLUTIONS = {"Done": "10000", "Won't Do": "10001", "Duplicate": "10002"}
LINK_TYPES = {
    "Blocks": ("10200", "is blocked by", "blocks"),
    "Duplicate": ("10201", "is duplicated by", "duplicates"),
    "Relates": ("10202", "relates to", "relates to"),
    "Cloners": ("10203", "is cloned by", "clones"),
}
