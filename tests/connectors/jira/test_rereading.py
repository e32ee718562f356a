"""One issue read again is the item that a whole read gives; and which issue a call of Jira's is about."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.connector import Batch, Hint
from backlint.connectors.jira.hooks import about
from backlint.testing.fakes.jira import FakeJira, Issue
from tests.connectors.jira.sites import connector, flavour, gate, items, living, pulled

FLAVOURS = pytest.mark.parametrize("is_cloud", [True, False], ids=["cloud", "server"])


def reread(jira: FakeJira, *issues: Issue, **told: Any) -> Batch:
    hints = [Hint(str(issue.id), issue.key) for issue in issues]
    return asyncio.run(connector(jira, **told).reread(gate(jira), hints))


@FLAVOURS
def test_it_is_the_item_that_a_whole_read_gives(is_cloud: bool) -> None:
    jira = living(is_cloud=is_cloud)
    issues = [it for it in jira.issues.values() if it.status != "Done"]
    whole, ranking = items(jira), next(it.ranking for it in pulled(jira) if it.ranking)
    batch = reread(jira, *issues)
    assert {item.key: item for item in batch.items} == {it.key: whole[it.key] for it in issues}
    assert batch.ranking == ranking
    assert batch.cursor is None
    assert batch.warnings == ()


@FLAVOURS
def test_what_is_not_ours_or_gone_is_left_out(is_cloud: bool) -> None:
    jira = flavour(is_cloud)
    jira.project("ELSE", "Elsewhere")
    gone, elsewhere, bug, story = (
        jira.issue("SHOP", "Gone"),
        jira.issue("ELSE", "Theirs"),
        jira.issue("SHOP", "A bug", type="Bug"),
        jira.issue("SHOP", "A story"),
    )
    jira.delete(gone)
    found = reread(jira, gone, elsewhere, bug, story, filter="issuetype = Bug").items
    assert [item.title for item in found] == ["A bug"]
    assert [item.title for item in reread(jira, gone, elsewhere, story).items] == ["A story"]


@FLAVOURS
def test_nothing_of_what_is_hinted_at_may_be_there(is_cloud: bool) -> None:
    jira = flavour(is_cloud)
    gone = jira.issue("SHOP", "Gone")
    jira.delete(gone)
    assert reread(jira, gone).items == ()


def test_which_source_a_hint_may_be_about() -> None:
    ours = connector(flavour(is_cloud=True), project=["shop", "TILL"])
    hints = (Hint("1", "SHOP-1"), Hint("2", "TILL-9"), Hint("3", "SHOPS-1"), Hint("4"))
    assert [ours.may_hold(hint) for hint in hints] == [True, True, False, False]


ISSUE = {"id": "10012", "key": "SHOP-12", "self": "https://example.net/rest/api/2/issue/10012"}


@pytest.mark.parametrize(
    "event", ["jira:issue_created", "jira:issue_updated", "jira:issue_deleted", "comment_created", "comment_deleted"]
)
def test_the_issue_of_an_event(event: str) -> None:
    assert about({}, {"webhookEvent": event, "issue": ISSUE}) == (Hint("10012", "SHOP-12"),)


@pytest.mark.parametrize(
    "payload",
    [
        {"webhookEvent": "sprint_closed", "sprint": {"id": 1}},
        {"webhookEvent": "jira:version_released", "issue": ISSUE},
        {"webhookEvent": "jira:issue_updated", "issue": {**ISSUE, "id": "1) OR (project = SECRET"}},
        {"webhookEvent": "jira:issue_updated", "issue": {**ISSUE, "key": "../../admin"}},
        {"webhookEvent": ["jira:issue_updated"], "issue": ISSUE},
        {"webhookEvent": "jira:issue_updated", "issue": [ISSUE]},
        [],
        None,
    ],
)
def test_what_names_no_issue_is_about_nothing(payload: Any) -> None:
    assert about({}, payload) == ()


@given(st.text(st.characters(categories=["Nd"]) | st.sampled_from("1234567890 )"), min_size=1, max_size=5))
def test_what_is_taken_can_stand_in_a_query(id_: str) -> None:
    hints = about({}, {"webhookEvent": "jira:issue_updated", "issue": {"id": id_, "key": "SHOP-1"}})
    assert [hint.id for hint in hints] == ([id_] if id_.isascii() and id_.isdigit() else [])
