"""3,031 real Jira issues with their whole histories, as lines that the file connector reads.

    python -m benchmarks.duraspace > duraspace.jsonl
    backlint check duraspace.jsonl

The issues are Duraspace's of 2006 to 2015 (open source, public), as they stand beside the checkout. They hold no order;
`--ordered` makes one up, by priority and then by age, so that the rules that depend on an item's place speak too.
"""

import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

DATA = Path(__file__).resolve().parents[2] / "shared" / "datasets" / "jira-raw" / "duraspace_issues.jsonl.gz"
READ_AT = datetime(2015, 1, 17, tzinfo=UTC)
"""The day after the last event: the present of this backlog."""

KINDS = {
    "Bug": "bug",
    "Story": "story",
    "Improvement": "story",
    "New Feature": "story",
    "Task": "task",
    "Code Task": "task",
    "Documentation": "task",
    "Technical task": "subtask",
    "Sub-task": "subtask",
    "Epic": "epic",
}
STAGES = {
    "Closed": "done",
    "Resolved": "done",
    "In Progress": "doing",
    "In Review": "doing",
    "Accepted": "selected",
}
DROPPED = {"Won't Fix", "Duplicate", "Cannot Reproduce", "Incomplete"}
HAPPENINGS = {
    "assignee": "assigned",
    "Component": "labelled",
    "description": "wrote",
    "duedate": "dated",
    "environment": "wrote",
    "Fix Version": "themed",
    "Global Rank": "ranked",
    "issuetype": "labelled",
    "Issue Type": "labelled",
    "labels": "labelled",
    "Labels": "labelled",
    "Link": "linked",
    "priority": "prioritised",
    "Rank": "ranked",
    "Sprint": "sprinted",
    "status": "staged",
    "Story Points": "estimated",
    "summary": "wrote",
    "timeoriginalestimate": "estimated",
    "type": "labelled",
}
LINKS = {
    ("Dependency", "outward"): "blocked-by",
    ("Dependency", "inward"): "blocks",
    ("Duplicate", "outward"): "duplicates",
    ("Duplicate", "inward"): "duplicated-by",
}
PRIORITIES = ("Blocker", "Critical", "Major", "Minor", "Trivial")


def issues(path: Path = DATA) -> Iterator[Json]:
    """The issues as Jira gave them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def line(issue: Json, rank: int | None = None) -> Json:
    """One issue as a line of docs/items.md."""
    final = "dropped" if issue["resolution"] in DROPPED else "done"
    told: Json = {
        "key": issue["key"],
        "title": issue["summary"],
        "body": issue["description"],
        "markup": "jira-wiki",
        "kind": KINDS[issue["issuetype"]],
        "kind_name": issue["issuetype"],
        "stage": _stage(issue["status"], final),
        "status": issue["status"],
        "priority": {"level": PRIORITIES.index(issue["priority"]) + 1, "name": issue["priority"]},
        "estimate": _points(issue),
        "labels": issue["labels"],
        "components": issue["components"],
        "assignees": [issue["assignee"]] if issue["assignee"] else [],
        "author": issue["reporter"],
        "parent": issue["parent"],
        "themes": issue["fixVersions"],
        "links": [_link(link) for link in issue["issuelinks"]],
        "due": issue["duedate"],
        "votes": issue["votes"],
        "created": issue["created"],
        "updated": issue["updated"],
        "closed": issue["resolutiondate"],
        "events": list(_events(issue, final)),
    }
    return told if rank is None else told | {"rank": rank}


def _stage(status: str, final: str) -> str:
    stage = STAGES.get(status, "backlog")
    return final if stage == "done" else stage


def _points(issue: Json) -> float | None:
    """The story points; the payload does not hold them, but its history does."""
    changes = [change for entry in issue["changelog"] for change in entry["items"] if change["field"] == "Story Points"]
    last = changes[-1].get("to") if changes else None
    return float(last) if last else None


def _link(link: Json) -> Json:
    return {"kind": LINKS.get((link["type"], link["dir"]), "relates"), "target": link["key"]}


def _events(issue: Json, final: str) -> Iterator[Json]:
    for comment in issue["comments"]:
        yield {"at": comment["created"], "what": "commented", "actor": comment["author"], "text": comment["body"]}
    for entry in issue["changelog"]:
        for change in entry["items"]:
            event = {
                "at": entry["created"],
                "what": HAPPENINGS.get(change["field"], "other"),
                "actor": entry["author"],
                "field": change["field"],
                "before": change.get("from"),
                "after": change.get("to"),
            }
            is_staged = event["what"] == "staged"
            yield event | {"stage": _stage(change["to"], final)} if is_staged else event


def lines(issues: Iterable[Json], *, ordered: bool = False) -> Iterator[Json]:
    """All lines; `ordered` ranks the open ones by priority, then by age."""
    every = list(issues)
    ranks: dict[str, int] = {}
    if ordered:
        waiting = [issue for issue in every if _stage(issue["status"], "done") != "done"]
        waiting.sort(key=lambda issue: (PRIORITIES.index(issue["priority"]), issue["created"], issue["key"]))
        ranks = {issue["key"]: rank for rank, issue in enumerate(waiting, 1)}
    return (line(issue, ranks.get(issue["key"])) for issue in every)


def main() -> None:
    for each in lines(issues(), ordered="--ordered" in sys.argv[1:]):
        print(json.dumps(each, ensure_ascii=False))


if __name__ == "__main__":
    main()
