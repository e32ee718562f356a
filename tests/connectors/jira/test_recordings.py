"""Real payloads, recorded from Jira Cloud and Jira Server: each becomes an item, and nothing of it is lost."""

import gzip
import json
from collections import Counter
from typing import Any

import pytest

from backlint.connectors.jira.fields import FieldMap, Meaning, discover
from backlint.connectors.jira.history import Historian
from backlint.connectors.jira.mapping import Mapper
from backlint.connectors.jira.payload import part, several
from backlint.connectors.jira.people import People
from backlint.connectors.jira.sprints import to_sprint
from backlint.connectors.jira.times import moment
from backlint.connectors.jira.words import Words
from backlint.model import Backlog, Happening, Item, Kind, LinkKind, SprintState, Stage
from tests.connectors.jira.referee import spec, validator
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

Json = Any

DEVLAKE = SHARED / "recordings" / "jira" / "devlake"
GO_JIRA = SHARED / "recordings" / "jira" / "go-jira"
RAW = SHARED / "datasets" / "jira-raw" / "raw_rest_v2_samples.jsonl.gz"


def recorded(name: str) -> list[Json]:
    return [json.loads(line)["data"] for line in (DEVLAKE / f"{name}.jsonl").read_text().splitlines()]


def statuses() -> dict[str, Json]:
    return {status["id"]: status for status in recorded("status")}


def mapper(**told: Any) -> Mapper:
    return Mapper(site="https://example.atlassian.net", host="example.atlassian.net", statuses=statuses(), **told)


def mapped(issue: Json, **told: Any) -> Item:
    changes = part(issue, "changelog").get("histories")
    return mapper(**told).item(issue, changes, several(issue, "fields", "comment", "comments"))


def board_items() -> list[Item]:
    sprint = FieldMap({Meaning.SPRINT: ("customfield_10020",), Meaning.RANK: ("customfield_10019",)})
    return [mapped(issue, fields=sprint) for issue in recorded("issues")]


def test_all_33_issues_of_a_real_board_become_items() -> None:
    items = board_items()
    assert len({item.id for item in items}) == 33
    assert all(item.events and item.title and item.status for item in items)
    assert sum(len(item.events or ()) for item in items) == sum(
        1
        + len(issue["fields"]["comment"]["comments"])
        + sum(len(it["items"]) for it in issue["changelog"]["histories"])
        for issue in recorded("issues")
    )


def test_a_bulk_edit_makes_updated_useless_and_human_activity_does_not_fall_for_it() -> None:
    items = board_items()
    at_once = Counter(
        item.updated.replace(second=0, microsecond=0, minute=item.updated.minute // 2 * 2) for item in items
    )
    assert at_once.most_common(1)[0][1] >= 24
    backlog = Backlog(items, now=max(item.updated for item in items))
    newer = [
        item
        for item in items
        if any(event.field == "Workflow" and event.at > item.updated for event in item.events or ())
    ]
    assert newer, "an administrator's migration is newer than `updated` itself"
    for item in newer:
        last = backlog.last_human_activity(item)
        assert last is not None
        assert last < max(event.at for event in item.events or ())


def test_resolutions_on_open_items_do_not_close_them() -> None:
    items = {item.key: item for item in board_items()}
    resolved = [issue for issue in recorded("issues") if issue["fields"]["resolution"]]
    still_new = [it["key"] for it in resolved if it["fields"]["status"]["statusCategory"]["key"] == "new"]
    assert len(still_new) == 5
    assert all(items[key].is_open and items[key].closed is None for key in still_new)


def test_wont_do_is_dropped_and_not_done() -> None:
    dropped = [item.key for item in board_items() if item.stage is Stage.DROPPED]
    assert dropped == ["EE-20", "EE-24", "EE-26", "EE-30"]


def test_sprints_of_the_board_stand_under_one_id_each_whatever_field_they_came_by() -> None:
    assert all(item.sprints == tuple(dict.fromkeys(item.sprints or ())) for item in board_items())
    found = [to_sprint(value, "jira:x") for value in recorded("sprints")]
    assert len([sprint for sprint in found if sprint and sprint.end]) == 30
    assert {sprint.state for sprint in found if sprint} <= set(SprintState)


def test_six_statuses_are_named_to_do_and_each_is_told_by_its_id() -> None:
    named = Counter(status["name"] for status in recorded("status"))
    assert named["To Do"] == 6
    assert len([status for status in recorded("status") if "scope" in status]) == 17
    stages = {status["id"]: Words().stage(status) for status in recorded("status")}
    assert len(stages) == 53
    assert {stages[status["id"]] for status in recorded("status") if status["name"] == "To Do"} == {Stage.BACKLOG}


def test_types_in_another_language_are_known_by_level_and_untranslated_name() -> None:
    kinds = {it["untranslatedName"]: Words().kind(it) for it in recorded("issue_types")}
    assert kinds["Story"] is Kind.STORY
    assert kinds["Sub-task"] is Kind.SUBTASK
    assert kinds["Bug"] is Kind.BUG
    assert kinds["Epic"] is Kind.EPIC


@pytest.mark.parametrize("name", ["issue_changelogs", "small_raw_issue_changelogs"])
def test_all_real_changelogs_become_events(name: str) -> None:
    changes = recorded(name)
    historian = Historian(FieldMap(), Words(), People(), statuses())
    events = historian.events({"fields": {}}, None, changes, [])
    assert len(events) == sum(len(change["items"]) for change in changes)
    assert {event.what for event in events if event.field == "RemoteIssueLink"} <= {Happening.LINKED}
    known = {status["name"] for status in recorded("status")}
    staged = [event for event in events if event.field == "status"]
    assert all(event.stage for event in staged if event.after in known)
    assert not any(event.stage for event in staged if event.after not in known), (
        "a status that was deleted says nothing"
    )
    assert len(changes) == {"issue_changelogs": 279, "small_raw_issue_changelogs": 4}[name]


def test_all_22_issues_of_a_real_server_become_items() -> None:
    items = [mapped(issue) for issue in recorded("issue_relationships")]
    assert len(items) == 22
    assert all(item.body is not None and item.author for item in items)
    assert any(item.links for item in items)
    assert all(item.events is not None for item in items)


@pytest.mark.parametrize("name", ["external_epics", "issues_for_due_date"])
def test_epics_and_due_dates_of_real_issues(name: str) -> None:
    items = [mapped(issue) for issue in recorded(name)]
    assert len(items) == {"external_epics": 3, "issues_for_due_date": 1}[name]
    if name == "external_epics":
        assert any(isinstance(item.parent, str) for item in items)
    else:
        assert items[0].due == moment(recorded(name)[0]["fields"]["duedate"]).date()  # type: ignore[union-attr]  # it has one


def test_every_worklog_user_and_remote_link_names_somebody_we_can_map() -> None:
    people = People()
    assert all(people.person(log["author"]) for log in recorded("worklogs"))
    assert all(people.person(user) for user in recorded("users"))


def raw() -> list[Json]:
    with gzip.open(RAW, "rt") as lines:
        return [json.loads(line) for line in lines]


def test_100_raw_payloads_of_an_old_server_become_items() -> None:
    items = [mapper().item(it["issue"], it["changelog"], it["comments"]) for it in raw()]
    assert len({item.id for item in items}) == 100
    expected = sum(1 + len(it["comments"]) + sum(len(change["items"]) for change in it["changelog"]) for it in raw())
    assert sum(len(item.events or ()) for item in items) == expected
    assert {item.stage for item in items} >= {Stage.DONE, Stage.BACKLOG}
    assert len({link.kind for item in items for link in item.links or ()} & {LinkKind.RELATES, LinkKind.BLOCKS}) >= 1
    written = [it["issue"]["key"] for it in raw() if (it["issue"]["fields"].get("description") or "").strip()]
    assert {item.key for item in items if item.body} == set(written)


def test_go_jiras_board_fields_and_sprint() -> None:
    page = json.loads((GO_JIRA / "issues_in_sprint.json").read_text())
    told = FieldMap({Meaning.EPIC: ("customfield_10700",), Meaning.POINTS: ("customfield_10105",)})
    items = [mapped(issue, fields=told, ids_by_key={"AR-37": "12000"}) for issue in page["issues"]]
    assert items[0].parent == "jira:example.atlassian.net/12000"
    assert str(items[0].estimate) == "13 points"
    fields = json.loads((GO_JIRA / "all_fields.json").read_text())
    assert discover(fields, {}, None).ids == {}


def test_real_payloads_pass_the_relaxed_description() -> None:
    """So that the referee of the fake is known to be no stricter than Jira itself."""
    platform = spec("jira-platform-v3.json")
    issue = validator({"$ref": "#/components/schemas/IssueBean"}, platform, is_relaxed=True)
    change = validator({"$ref": "#/components/schemas/Changelog"}, platform, is_relaxed=True)
    real = [*recorded("issues"), *recorded("external_epics"), *recorded("issue_relationships")]
    assert [it["key"] for it in real if not issue.is_valid(it)] == []
    assert [it["id"] for it in recorded("issue_changelogs") if not change.is_valid(it)] == []
