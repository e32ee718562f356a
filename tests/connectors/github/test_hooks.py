"""Which items a call of GitHub's is about, in the calls that GitHub gives as examples and in what is no call at all."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.connector import Hint
from backlint.connectors.github.hooks import about
from backlint.testing.fakes.github import FakeGithub, payloads
from tests.shared import SHARED, needs_shared

RECORDED = SHARED / "recordings" / "github" / "webhooks-examples-issues.json"

KEYS = ("issue", "sub_issue", "projects_v2_item", "url", "node_id", "content_node_id", "content_type", "changes")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
EVENTS = ("issues", "issue_comment", "sub_issues", "issue_dependencies", "projects_v2_item", "ping", "label", "")


def told(event: str, payload: Any) -> tuple[Hint, ...]:
    return about({"x-github-event": event}, payload)


@needs_shared
def test_recorded_calls_name_their_issue() -> None:
    for kind in json.loads(RECORDED.read_text()):
        for payload in kind["examples"]:
            hints = told(kind["name"], payload)
            if kind["name"] in {"issues", "issue_comment"}:
                issue = payload["issue"]
                repository = issue["repository_url"].partition("/repos/")[2]
                it = Hint(issue["node_id"], f"{repository}#{issue['number']}")
                assert (it in hints) is not bool(issue.get("pull_request"))
            elif kind["name"] == "projects_v2_item":
                card = payload["projects_v2_item"]
                assert hints == ((Hint(card["content_node_id"]),) if card["content_type"] != "PullRequest" else ())
            else:
                assert hints == ()


def test_both_ends_of_a_relation_changed() -> None:
    shop = FakeGithub().repository("acme/shop")
    parent, child = payloads.issue(shop.issue("Pay")), payloads.issue(shop.issue("Pay by card"))
    assert [it.key for it in told("sub_issues", {"parent_issue": parent, "sub_issue": child})] == [
        "acme/shop#1",
        "acme/shop#2",
    ]


def test_a_pull_request_is_no_item() -> None:
    pull = payloads.issue(FakeGithub().repository("acme/shop").issue("Mend it", is_pull=True))
    assert told("issue_comment", {"issue": pull}) == ()
    assert (
        told("projects_v2_item", {"projects_v2_item": {"content_node_id": "PR_1", "content_type": "PullRequest"}}) == ()
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://api.github.com/repos/acme/shop/issues/1/../../admin",
        "https://api.github.com/repos/acme/shop/issues/1?x",
        "https://api.github.com/repos/acme%2F..%2Fshop/issues/1",
        "https://api.github.com/repos/acme/shop/issues/" + "1" * 100,
        "file:///repos/acme/shop/issues/1",
        7,
    ],
)
def test_an_address_that_is_none_is_no_hint(url: object) -> None:
    assert told("issues", {"issue": {"url": url, "node_id": "I_1"}}) == ()


@given(st.sampled_from(EVENTS), JSON)
def test_garbage_is_about_nothing(event: str, payload: Any) -> None:
    assert all(isinstance(hint, Hint) for hint in told(event, payload))
