"""What is asked by GraphQL: what a list row of REST does not carry, and a project's order.

The cost in points (connections to be read, by a hundred) is asserted for each in the tests.
"""

from collections.abc import Mapping
from functools import lru_cache

from backlint.connectors.github.selection import Lacks, Of, page

ACTOR = Of("Actor", "__typename login")
REPOSITORY_NAME = Of("Repository", "nameWithOwner")
REFERENCE = Of("Issue", "id number title url state stateReason", {"repository": REPOSITORY_NAME})
REFERRING = Of("PullRequest", "id number title url pullState:state", {"repository": REPOSITORY_NAME})
EITHER = Of("ReferencedSubject", "__typename", None, REFERENCE, REFERRING)
ISSUE_OR_PULL = Of("IssueOrPullRequest", "__typename", None, REFERENCE, REFERRING)

LABEL = Of("Label", "name")
PROJECT_NAME = Of("ProjectV2", "id title")
OPTION_NAMES = Of("IssueFieldSingleSelectOption", "name")
TOLD_OPTIONS = Of("IssueFieldTimelineOption", "name")

FIELDS_OF_ISSUES = (
    Of("IssueFieldText", "name"),
    Of("IssueFieldNumber", "name"),
    Of("IssueFieldDate", "name"),
    Of("IssueFieldSingleSelect", "name", {"options": OPTION_NAMES}),
    Of("IssueFieldMultiSelect", "name", {"options": OPTION_NAMES}),
)
FIELD = Of("IssueFields", "__typename", None, *FIELDS_OF_ISSUES)

ASSIGNEE = Of("Assignee", "", None, *(Of(who, "login") for who in ("User", "Bot", "Mannequin", "Organization")))

_ACTED = {"actor": ACTOR}


def _event(on: str, plain: str = "", **below: Of) -> Of:
    return Of(on, f"createdAt {plain}", _ACTED | below)


HAPPENINGS: Mapping[str, Of] = {
    "ISSUE_COMMENT": Of(
        "IssueComment", "createdAt body authorAssociation viewerDidAuthor lastEditedAt", {"author": ACTOR}
    ),
    "CLOSED_EVENT": _event("ClosedEvent", "stateReason"),
    "REOPENED_EVENT": _event("ReopenedEvent"),
    "PROJECT_V2_ITEM_STATUS_CHANGED_EVENT": _event(
        "ProjectV2ItemStatusChangedEvent", "previousStatus status wasAutomated", project=PROJECT_NAME
    ),
    "ADDED_TO_PROJECT_V2_EVENT": _event("AddedToProjectV2Event", "wasAutomated", project=PROJECT_NAME),
    "CONVERTED_FROM_DRAFT_EVENT": _event("ConvertedFromDraftEvent"),
    "RENAMED_TITLE_EVENT": _event("RenamedTitleEvent", "previousTitle currentTitle"),
    "LABELED_EVENT": _event("LabeledEvent", label=LABEL),
    "UNLABELED_EVENT": _event("UnlabeledEvent", label=LABEL),
    "ASSIGNED_EVENT": _event("AssignedEvent", assignee=ASSIGNEE),
    "UNASSIGNED_EVENT": _event("UnassignedEvent", assignee=ASSIGNEE),
    "MILESTONED_EVENT": _event("MilestonedEvent", "milestoneTitle"),
    "DEMILESTONED_EVENT": _event("DemilestonedEvent", "milestoneTitle"),
    "ISSUE_TYPE_ADDED_EVENT": _event("IssueTypeAddedEvent", issueType=Of("IssueType", "name")),
    "ISSUE_TYPE_CHANGED_EVENT": _event(
        "IssueTypeChangedEvent", issueType=Of("IssueType", "name"), prevIssueType=Of("IssueType", "name")
    ),
    "ISSUE_TYPE_REMOVED_EVENT": _event("IssueTypeRemovedEvent", issueType=Of("IssueType", "name")),
    "ISSUE_FIELD_ADDED_EVENT": _event("IssueFieldAddedEvent", "value", issueField=FIELD, options=TOLD_OPTIONS),
    "ISSUE_FIELD_CHANGED_EVENT": _event(
        "IssueFieldChangedEvent",
        "previousValue newValue",
        issueField=FIELD,
        previousOptions=TOLD_OPTIONS,
        newOptions=TOLD_OPTIONS,
    ),
    "ISSUE_FIELD_REMOVED_EVENT": _event("IssueFieldRemovedEvent", issueField=FIELD, options=TOLD_OPTIONS),
    "BLOCKED_BY_ADDED_EVENT": _event("BlockedByAddedEvent", blockingIssue=REFERENCE),
    "BLOCKED_BY_REMOVED_EVENT": _event("BlockedByRemovedEvent", blockingIssue=REFERENCE),
    "BLOCKING_ADDED_EVENT": _event("BlockingAddedEvent", blockedIssue=REFERENCE),
    "BLOCKING_REMOVED_EVENT": _event("BlockingRemovedEvent", blockedIssue=REFERENCE),
    "PARENT_ISSUE_ADDED_EVENT": _event("ParentIssueAddedEvent", parent=REFERENCE),
    "PARENT_ISSUE_REMOVED_EVENT": _event("ParentIssueRemovedEvent", parent=REFERENCE),
    "SUB_ISSUE_ADDED_EVENT": _event("SubIssueAddedEvent", subIssue=REFERENCE),
    "SUB_ISSUE_REMOVED_EVENT": _event("SubIssueRemovedEvent", subIssue=REFERENCE),
    "CROSS_REFERENCED_EVENT": _event("CrossReferencedEvent", source=EITHER),
    "CONNECTED_EVENT": _event("ConnectedEvent", source=EITHER, subject=EITHER),
    "DISCONNECTED_EVENT": _event("DisconnectedEvent"),
    "MARKED_AS_DUPLICATE_EVENT": _event("MarkedAsDuplicateEvent", canonical=ISSUE_OR_PULL),
    "TRANSFERRED_EVENT": _event("TransferredEvent", fromRepository=REPOSITORY_NAME),
    "PINNED_EVENT": _event("PinnedEvent"),
}

TIMELINE = Of("IssueTimelineItems", "__typename", None, *HAPPENINGS.values())

DETAILS = Of(
    "Issue",
    "id lastEditedAt",
    {
        "editor": ACTOR,
        "parent": REFERENCE,
        "duplicateOf": REFERENCE,
        # GitHub allows 50 of each, so neither has a second page.
        "blockedBy(first: 50)": Of("IssueConnection", "", {"nodes": REFERENCE}),
        "blocking(first: 50)": Of("IssueConnection", "", {"nodes": REFERENCE}),
        "closedByPullRequestsReferences(first: 20, includeClosedPrs: true)": Of(
            "PullRequestConnection", "", {"nodes": REFERRING}
        ),
        "timelineItems(first: 100, itemTypes: HAPPENINGS)": page(TIMELINE, "IssueTimelineItemsConnection"),
    },
)
MORE_HISTORY = Of(
    "Issue",
    "id",
    {"timelineItems(first: 100, after: $after, itemTypes: HAPPENINGS)": page(TIMELINE, "IssueTimelineItemsConnection")},
)

MILESTONE = Of("Milestone", "id number title dueOn closed url")
REPOSITORY = Of(
    "Repository",
    "id nameWithOwner isPrivate hasIssuesEnabled",
    {
        "issues(first: 50, orderBy: {field: UPDATED_AT, direction: DESC})": Of(
            "IssueConnection", "totalCount", {"nodes": Of("Issue", "id updatedAt")}
        ),
        "labels(first: 100)": page(LABEL, "LabelConnection"),
        "issueTypes(first: 50)": Of("IssueTypeConnection", "", {"nodes": Of("IssueType", "name")}),
        "issueFields(first: 50)": Of("IssueFieldsConnection", "", {"nodes": FIELD}),
        "milestones(first: 100)": page(MILESTONE, "MilestoneConnection"),
    },
)

ITERATION = Of("ProjectV2IterationFieldIteration", "id title startDate duration")
COLUMN = Of(
    "ProjectV2FieldConfiguration",
    "__typename",
    None,
    Of("ProjectV2Field", "id name dataType"),
    Of(
        "ProjectV2SingleSelectField", "id name dataType", {"options": Of("ProjectV2SingleSelectFieldOption", "id name")}
    ),
    Of(
        "ProjectV2IterationField",
        "id name dataType",
        {
            "configuration": Of(
                "ProjectV2IterationFieldConfiguration", "", {"iterations": ITERATION, "completedIterations": ITERATION}
            )
        },
    ),
)
COLUMN_NAME = Of(
    "ProjectV2FieldConfiguration",
    "__typename",
    None,
    *(Of(kind, "id") for kind in ("ProjectV2Field", "ProjectV2SingleSelectField", "ProjectV2IterationField")),
)
COLUMNS = Of("ProjectV2FieldConfigurationConnection", "", {"nodes": COLUMN})
PROJECT = Of("ProjectV2", "id number title url closed", {"fields(first: 100)": COLUMNS})

VALUE = Of(
    "ProjectV2ItemFieldValue",
    "__typename",
    None,
    Of("ProjectV2ItemFieldNumberValue", "number"),
    Of("ProjectV2ItemFieldSingleSelectValue", "name"),
    Of("ProjectV2ItemFieldIterationValue", "iterationId"),
    Of("ProjectV2ItemFieldDateValue", "date"),
    Of("ProjectV2ItemFieldTextValue", "text"),
    Of(
        "ProjectV2ItemIssueFieldValue",
        "",
        {
            "issueFieldValue": Of(
                "ProjectV2IssueFieldValues",
                "__typename",
                None,
                Of("IssueFieldNumberValue", "number:value"),
                Of("IssueFieldSingleSelectValue", "name"),
                Of("IssueFieldMultiSelectValue", "", {"options": OPTION_NAMES}),
                Of("IssueFieldDateValue", "date:value"),
                Of("IssueFieldTextValue", "text:value"),
            )
        },
    ),
)
CONTENT = Of(
    "ProjectV2ItemContent",
    "__typename",
    None,
    Of("Issue", "id number closed stateReason", {"repository": REPOSITORY_NAME}),
    Of("DraftIssue", "id title body createdAt updatedAt", {"creator": ACTOR}),
)

EVERYTHING = (DETAILS, MORE_HISTORY, REPOSITORY, PROJECT, VALUE, CONTENT)
ENUMS: Mapping[str, tuple[str, ...]] = {"IssueTimelineItemsItemType": tuple(HAPPENINGS)}


@lru_cache(64)
def details(lacks: Lacks) -> str:
    """Everything about some issues that their list row does not carry."""
    asked = f"query Details($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Issue {DETAILS.written(lacks)} }} }}"
    return _with_happenings(asked, lacks)


@lru_cache(64)
def more_history(lacks: Lacks) -> str:
    """The next page of one issue's timeline."""
    asked = f"node(id: $id) {{ ... on Issue {MORE_HISTORY.written(lacks)} }}"
    return _with_happenings(f"query History($id: ID!, $after: String) {{ {asked} }}", lacks)


def _with_happenings(text: str, lacks: Lacks) -> str:
    """Name the kinds of timeline entry that this server knows; GitHub gives none of a kind that was not asked for."""
    known = (
        name
        for name, selection in HAPPENINGS.items()
        if lacks.knows("IssueTimelineItemsItemType", name) and lacks.knows(selection.on)
    )
    return text.replace("HAPPENINGS", f"[{', '.join(known)}]")


def repository(lacks: Lacks) -> str:
    """What a repository has to describe its issues with."""
    asked = REPOSITORY.written(lacks)
    return f"query Repository($owner: String!, $name: String!) {{ repository(owner: $owner, name: $name) {asked} }}"


def project(lacks: Lacks) -> str:
    """A project and its columns, whoever it belongs to."""
    asked = f"projectV2(number: $number) {PROJECT.written(lacks)}"
    either = f"... on Organization {{ {asked} }} ... on User {{ {asked} }}"
    variables = "$owner: String!, $number: Int!"
    return f"query Project({variables}) {{ repositoryOwner(login: $owner) {{ __typename {either} }} }}"


@lru_cache(64)
def cards(lacks: Lacks, columns: tuple[str, ...]) -> str:
    """A page of a project's items in their order, with the columns of these names as `c0`, `c1`, ...

    The columns themselves are asked again, so that one that is removed in the middle is not taken for empty.
    """
    values = {f"c{at}: fieldValueByName(name: $c{at})": VALUE for at in range(len(columns))}
    item = Of("ProjectV2Item", "id type isArchived updatedAt", {"content": CONTENT, **values})
    rows = page(item, "ProjectV2ItemConnection").written(lacks)
    asked = f"items(first: $first, after: $after, archivedStates: [ARCHIVED, NOT_ARCHIVED]) {rows}"
    names = "".join(f", $c{at}: String!" for at in range(len(columns)))
    known = Of("ProjectV2FieldConfigurationConnection", "", {"nodes": COLUMN_NAME}).written(lacks)
    return (
        f"query Cards($id: ID!, $first: Int!, $after: String{names}) "
        f"{{ node(id: $id) {{ ... on ProjectV2 {{ fields(first: 100) {known} {asked} }} }} }}"
    )
