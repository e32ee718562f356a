from typing import Any

import pytest

from backlint.connectors.jira import values as of
from backlint.connectors.jira.fields import FieldMap, Meaning, discover
from backlint.model import EMPTY, Estimate, Framework, Moscow, Score, Unit
from tests.connectors.jira.sites import cloud, only, server

JSW = "com.pyxis.greenhopper.jira:jsw-story-points"
FLOAT = "com.atlassian.jira.plugin.system.customfieldtypes:float"


def custom(id_: str, name: str, type_: str = "number", kind: str = FLOAT, **more: Any) -> dict[str, Any]:
    return {"id": id_, "name": name, "custom": True, "schema": {"type": type_, "custom": kind}} | more


def test_the_type_decides_and_the_name_in_any_language_does_not() -> None:
    fields = [
        custom("c1", "冲刺", "array", "com.pyxis.greenhopper.jira:gh-sprint"),
        custom("c2", "Schätzung", kind=JSW),
    ]
    found = discover(fields, {}, None)
    assert found.of(Meaning.SPRINT) == ("c1",)
    assert found.of(Meaning.POINTS) == ("c2",)
    assert found.told_by == {"c1": "type", "c2": "type"}


def test_both_fields_of_points_are_read_the_boards_own_first() -> None:
    fields = [custom("c1", "Story point estimate", kind=JSW), custom("c2", "Story Points")]
    assert discover(fields, {}, None).of(Meaning.POINTS) == ("c1", "c2")
    assert discover(fields, {}, "c2").of(Meaning.POINTS) == ("c2", "c1")


def test_the_settings_have_the_first_word_by_id_or_by_name() -> None:
    fields = [custom("c1", "Story Points"), custom("c2", "Size of it")]
    assert discover(fields, {Meaning.POINTS: ("c2",)}, None).of(Meaning.POINTS) == ("c2", "c1")
    assert discover(fields, {Meaning.POINTS: ("Size of it",)}, "c1").of(Meaning.POINTS) == ("c2", "c1")


def test_two_fields_of_one_name_are_both_kept() -> None:
    fields = [custom("c1", "Story Points"), custom("c2", "Story Points")]
    assert of.estimate({"c1": None, "c2": 5}, discover(fields, {}, None)) == Estimate(value=5)


def test_a_name_counts_only_where_the_values_fit() -> None:
    fields = [
        custom("c1", "Story Points", "string"),
        custom("c2", "Impact", "option"),
        {"id": "points", "name": "Points"},
    ]
    assert discover(fields, {}, None).ids == {}


@pytest.mark.parametrize("name", ["Acceptance Criteria", "acceptance criteria checklist", "Akzeptanzkriterien"])
def test_acceptance_criteria_go_by_name(name: str) -> None:
    assert discover([custom("c1", name, "string", "x:textarea")], {}, None).of(Meaning.CRITERIA) == ("c1",)


@pytest.mark.parametrize(
    "broken", [None, 7, {}, {"id": "c1"}, {"id": "c1", "schema": None, "name": None, "custom": True}]
)
def test_a_field_that_says_nothing_is_passed_over(broken: Any) -> None:
    assert discover([broken], {}, None).ids == {}


POINTS = FieldMap({Meaning.POINTS: ("c1", "timeoriginalestimate")})


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"c1": 3}, Estimate(value=3)),
        ({"c1": "3.5"}, Estimate(value=3.5)),
        ({"c1": {"value": "8"}}, Estimate(value=8)),
        ({"c1": None}, EMPTY),
        ({}, None),
        ({"c1": -1}, EMPTY),
        ({"c1": "large"}, EMPTY),
        ({"c1": float("inf")}, EMPTY),
        ({"c1": True}, EMPTY),
        ({"timeoriginalestimate": 7200}, Estimate(value=2, unit=Unit.HOURS)),
    ],
)
def test_an_estimate_has_three_answers(values: dict[str, Any], expected: object) -> None:
    assert of.estimate(values, POINTS) == expected


RICE = FieldMap(
    {
        Meaning.REACH: ("r",),
        Meaning.IMPACT: ("i",),
        Meaning.CONFIDENCE: ("c",),
        Meaning.EFFORT: ("e",),
        Meaning.RICE: ("s",),
    }
)


def test_a_score_is_what_is_stored_and_what_it_is_made_of() -> None:
    assert of.score({"r": 100, "i": 2, "c": 0.8, "e": 4, "s": 40}, RICE) == Score(
        framework=Framework.RICE, stored=40, inputs={"reach": 100, "impact": 2, "confidence": 0.8, "effort": 4}
    )
    assert of.score({"r": None, "s": None}, RICE) is EMPTY
    assert of.score({}, RICE) is None


def test_impact_and_confidence_alone_are_no_framework() -> None:
    assert of.score({"i": 3, "c": 1}, FieldMap({Meaning.IMPACT: ("i",), Meaning.CONFIDENCE: ("c",)})) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"value": "Must have"}, Moscow.MUST),
        ([{"value": "Should"}], Moscow.SHOULD),
        ("could", Moscow.COULD),
        ({"value": "Won't have this time"}, Moscow.WONT),
        ({"value": "P1"}, EMPTY),
        (None, EMPTY),
    ],
)
def test_moscow(said: Any, expected: object) -> None:
    assert of.moscow({"m": said}, FieldMap({Meaning.MOSCOW: ("m",)})) == expected


def test_criteria_come_as_prose_or_as_a_checklist() -> None:
    fields = FieldMap({Meaning.CRITERIA: ("a",)})
    assert of.criteria({"a": "* one"}, fields) == "- one"
    assert of.criteria({"a": [{"name": "one", "checked": True}, {"name": "two"}, "three"]}, fields) == (
        "- [x] one\n- [ ] two\n- [ ] three"
    )
    assert of.criteria({"a": "  "}, fields) is EMPTY
    assert of.criteria({}, fields) is None


def test_what_the_site_lacks_is_not_the_same_as_what_nobody_filled() -> None:
    jira = cloud()
    jira.issue("SHOP", "Bare")
    item = only(jira)
    assert (item.estimate, item.criteria, item.due, item.priority) == (EMPTY, EMPTY, EMPTY, EMPTY)
    jira.fields = [field for field in jira.fields if field.custom is None and field.id != "duedate"]
    item = only(jira)
    assert (item.estimate, item.criteria, item.due, item.score, item.flagged, item.sprints) == (None,) * 6


def test_the_field_of_the_board_is_the_one_that_counts() -> None:
    jira = cloud()
    jira.board("SHOP", estimate="customfield_10026")
    issue = jira.issue("SHOP", "Two numbers", points=1)
    issue.values["customfield_10026"] = 8
    assert only(jira).estimate == Estimate(value=8)


def test_a_board_that_estimates_in_time() -> None:
    jira = server()
    jira.board("SHOP", estimate="timeoriginalestimate")
    jira.issue("SHOP", "In hours").values["timeoriginalestimate"] = 5400
    assert only(jira).estimate == Estimate(value=1.5, unit=Unit.HOURS)
