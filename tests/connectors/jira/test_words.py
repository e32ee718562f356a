from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.connectors.jira.people import People
from backlint.connectors.jira.sprints import sprint_values, to_sprint
from backlint.connectors.jira.words import Words
from backlint.model import Kind, LinkKind, SprintState, Stage


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ({"name": "Story", "hierarchyLevel": 0}, Kind.STORY),
        ({"name": "故事", "untranslatedName": "Story", "hierarchyLevel": 0}, Kind.STORY),
        ({"name": "New Feature"}, Kind.STORY),
        ({"name": "Task"}, Kind.TASK),
        ({"name": "Bug"}, Kind.BUG),
        ({"name": "Technical Debt"}, Kind.DEBT),
        ({"name": "Spike"}, Kind.SPIKE),
        ({"name": "Whatever", "hierarchyLevel": 1}, Kind.EPIC),
        ({"name": "Theme", "hierarchyLevel": 3}, Kind.INITIATIVE),
        ({"name": "Epic", "hierarchyLevel": 0}, Kind.UNKNOWN),
        ({"name": "Epic"}, Kind.EPIC),
        ({"name": "Sub-task", "subtask": True}, Kind.SUBTASK),
        ({"name": "Bug", "hierarchyLevel": -1}, Kind.SUBTASK),
        ({"name": "Wunsch"}, Kind.UNKNOWN),
        ({}, Kind.UNKNOWN),
    ],
)
def test_kinds(type_: dict[str, Any], kind: Kind) -> None:
    assert Words().kind(type_) is kind


def test_the_settings_say_what_a_type_is_by_name_or_id() -> None:
    words = Words(kinds={"wunsch": Kind.STORY, "10009": Kind.SPIKE})
    assert words.kind({"name": "Wunsch"}) is Kind.STORY
    assert words.kind({"id": "10009", "name": "Bug"}) is Kind.SPIKE


def status(category: str | None, name: str = "Ready", id_: str = "1") -> dict[str, Any]:
    return {"id": id_, "name": name} | ({"statusCategory": {"key": category}} if category else {})


@pytest.mark.parametrize(
    ("category", "resolution", "stage"),
    [
        ("new", None, Stage.BACKLOG),
        ("new", "Done", Stage.BACKLOG),
        ("undefined", None, Stage.BACKLOG),
        ("indeterminate", None, Stage.DOING),
        ("indeterminate", "Won't Do", Stage.DOING),
        ("done", None, Stage.DONE),
        ("done", "完成", Stage.DONE),
        ("done", "Won't Fix", Stage.DROPPED),
        ("done", "Duplicate", Stage.DROPPED),
        (None, "Fixed", Stage.DONE),
        (None, None, Stage.BACKLOG),
    ],
)
def test_stages_come_from_categories(category: str | None, resolution: str | None, stage: Stage) -> None:
    said = {"name": resolution} if resolution else None
    assert Words().stage(status(category, "Done"), said) is stage


def test_what_a_sprint_or_a_column_chose_is_selected() -> None:
    assert Words().stage(status("new"), is_in_sprint=True) is Stage.SELECTED
    assert Words(selected=frozenset({"1"})).stage(status("new")) is Stage.SELECTED
    assert Words().stage(status("indeterminate"), is_in_sprint=True) is Stage.DOING
    assert Words(stages={"READY": Stage.DOING}).stage(status("new")) is Stage.DOING


@pytest.mark.parametrize(
    ("outward", "inward", "at_the_outward_end", "at_the_inward_end"),
    [
        ("blocks", "is blocked by", LinkKind.BLOCKS, LinkKind.BLOCKED_BY),
        ("depends on", "is depended on by", LinkKind.BLOCKED_BY, LinkKind.BLOCKS),
        ("requires", "is required by", LinkKind.BLOCKED_BY, LinkKind.BLOCKS),
        ("duplicates", "is duplicated by", LinkKind.DUPLICATES, LinkKind.DUPLICATED_BY),
        ("relates to", "relates to", LinkKind.RELATES, LinkKind.RELATES),
        ("Blocked", "Blocked", LinkKind.RELATES, LinkKind.RELATES),
        ("is a parent of", "is a child of", LinkKind.RELATES, LinkKind.RELATES),
        ("", "", LinkKind.RELATES, LinkKind.RELATES),
    ],
)
def test_links(outward: str, inward: str, at_the_outward_end: LinkKind, at_the_inward_end: LinkKind) -> None:
    type_ = {"id": "1", "name": "x", "outward": outward, "inward": inward}
    assert Words().link(type_, is_outward=True) is at_the_outward_end
    assert Words().link(type_, is_outward=False) is at_the_inward_end


def test_the_settings_name_the_outward_end_of_a_link() -> None:
    words = Words(links={"warten": LinkKind.BLOCKS})
    assert words.link({"name": "Warten"}, is_outward=True) is LinkKind.BLOCKS
    assert words.link({"name": "Warten"}, is_outward=False) is LinkKind.BLOCKED_BY


PRINTED = (
    "com.atlassian.greenhopper.service.sprint.Sprint@1f[id=37,rapidViewId=12,state=CLOSED,name=Sprint 3, the good one,"
    "startDate=2026-01-05T09:00:00.000+01:00,endDate=2026-01-19T09:00:00.000+01:00,completeDate=2026-01-20T10:00:00.000+01:00,"
    "activatedDate=<null>,sequence=37,goal=pay=fast, and safe]"
)


def test_a_printed_sprint_is_read_with_commas_and_equals_signs_in_its_words() -> None:
    (value,) = sprint_values([PRINTED])
    sprint = to_sprint(value, "jira:x")
    assert sprint is not None
    assert (sprint.id, sprint.name, sprint.goal) == ("jira:x/sprint/37", "Sprint 3, the good one", "pay=fast, and safe")
    assert sprint.state is SprintState.CLOSED
    assert sprint.end is not None
    assert sprint.end.isoformat() == "2026-01-20T09:00:00+00:00"


@given(st.permutations(["id=1", "state=FUTURE", "name=a, b", "goal=c", "rapidViewId=2", "startDate=<null>"]))
def test_the_order_of_its_parts_does_not_matter(parts: list[str]) -> None:
    (value,) = sprint_values(f"x.Sprint@1[{','.join(parts)}]")
    assert value == {"id": "1", "state": "FUTURE", "name": "a, b", "goal": "c", "rapidViewId": "2", "startDate": None}


@given(
    st.recursive(
        st.none() | st.text() | st.integers() | st.booleans(),
        lambda it: st.lists(it) | st.dictionaries(st.text(), it),
        max_leaves=8,
    )
)
def test_whatever_stands_in_a_sprint_field_is_no_crash(value: Any) -> None:
    for found in sprint_values(value):
        to_sprint(found, "jira:x")


@pytest.mark.parametrize(
    ("user", "id_", "is_bot"),
    [
        ({"accountId": "a1", "displayName": "Ada", "accountType": "atlassian"}, "jira:a1", False),
        ({"accountId": "a2", "displayName": "Mend", "accountType": "app"}, "jira:a2", True),
        ({"accountId": "", "displayName": "Person 1"}, "jira:Person 1", False),
        ({"key": "JIRAUSER1", "name": "ada", "displayName": "Ada"}, "jira:JIRAUSER1", False),
        ({"name": "ci", "displayName": "Builder"}, "jira:ci", True),
        ({"accountId": "a3", "displayName": "Automation for Jira", "accountType": "atlassian"}, "jira:a3", True),
    ],
)
def test_people(user: dict[str, Any], id_: str, is_bot: bool) -> None:
    person = People(frozenset({"ci"})).person(user)
    assert person is not None
    assert (person.id, person.is_bot) == (id_, is_bot)


@pytest.mark.parametrize("nobody", [None, {}, "ada", 3])
def test_nobody(nobody: Any) -> None:
    assert People().person(nobody) is None
