"""Every document is valid against GitHub's schema, and costs what we say it costs."""

from typing import Any

import pytest
from graphql import parse, validate

from backlint.connectors.github import documents
from backlint.connectors.github.selection import Lacks, found_lacking, probe
from backlint.testing.fakes.github.cost import cost
from tests.connectors.github.official import schema
from tests.shared import needs_shared

EVERYTHING_KNOWN = Lacks()
COLUMNS = ("Status", "Estimate", "Priority", "Sprint")
DOCUMENTS = {
    "probe": probe(documents.EVERYTHING, documents.ENUMS),
    "details": documents.details(EVERYTHING_KNOWN),
    "history": documents.more_history(EVERYTHING_KNOWN),
    "repository": documents.repository(EVERYTHING_KNOWN),
    "project": documents.project(EVERYTHING_KNOWN),
    "cards": documents.cards(EVERYTHING_KNOWN, COLUMNS),
}
NEWER = (
    ("Issue.blockedBy", "Issue.blocking", "BlockedByAddedEvent", "IssueTimelineItemsItemType.BLOCKED_BY_ADDED_EVENT"),
    ("Issue.parent", "IssueType", "Repository.issueTypes", "IssueTypeChangedEvent"),
    ("IssueFields", "Repository.issueFields", "ProjectV2ItemIssueFieldValue", "ProjectV2IssueFieldValues"),
    ("ProjectV2ItemStatusChangedEvent", "IssueTimelineItemsItemType.PROJECT_V2_ITEM_STATUS_CHANGED_EVENT"),
    ("ClosedEvent.stateReason", "Issue.stateReason", "Issue.duplicateOf"),
)


@needs_shared
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_githubs(name: str) -> None:
    assert not validate(schema(), parse(DOCUMENTS[name]))


@needs_shared
@pytest.mark.parametrize("lacking", NEWER, ids=lambda names: names[0])
def test_an_older_server_is_asked_for_what_it_knows(lacking: tuple[str, ...]) -> None:
    older = schema(*lacking)
    asked = {pair for selection in documents.EVERYTHING for pair in selection.names()}
    data = {name: _shown(older, name) for name in {name for name, _ in asked} | {*documents.ENUMS}}
    lacks = found_lacking(documents.EVERYTHING, documents.ENUMS, data)
    assert lacks.names
    for text in (
        documents.details(lacks),
        documents.more_history(lacks),
        documents.repository(lacks),
        documents.project(lacks),
        documents.cards(lacks, COLUMNS),
    ):
        assert not validate(older, parse(text))


def _shown(server: Any, name: str) -> Any:
    """What introspection says of a type."""
    known = server.type_map.get(name)
    if known is None:
        return None
    return {
        "fields": [{"name": field} for field in getattr(known, "fields", ())],
        "enumValues": [{"name": value} for value in getattr(known, "values", ())],
    }


@pytest.mark.parametrize(
    ("name", "variables", "requests", "points"),
    [
        ("probe", {}, 0, 1),
        ("details", {"ids": ["I"] * 50}, 201, 2),
        ("details", {"ids": ["I"] * 100}, 401, 4),
        ("history", {}, 1, 1),
        ("repository", {}, 5, 1),
        ("project", {}, 2, 1),
        ("cards", {"first": 100}, 2, 1),
    ],
)
def test_what_it_costs(name: str, variables: dict[str, object], requests: int, points: int) -> None:
    price = cost(DOCUMENTS[name], variables)
    assert price.requests == requests
    assert price.points == points
    assert price.nodes <= 500_000 // 2, "GitHub takes half a million; half of that leaves room"
