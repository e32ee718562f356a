"""What a pull gives: items as people see them on GitHub, in the order of the project."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backlint.model import (
    EMPTY,
    Estimate,
    Framework,
    Happening,
    Kind,
    LinkKind,
    Moscow,
    Priority,
    Score,
    SprintState,
    Stage,
)
from backlint.testing.fakes.github import Column, FakeGithub, IssueField, Iteration
from tests.connectors.github.harness import NOW, github, pull

STATUS = Column("Status", "SINGLE_SELECT", ("Backlog", "Ready", "In progress", "Done"))
ESTIMATE = Column("Estimate", "NUMBER")


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


@pytest.fixture
def hub() -> FakeGithub:
    return github()


def test_pull_requests_are_told_apart(hub: FakeGithub) -> None:
    shop = hub.repository("acme/shop")
    shop.issue("An issue")
    shop.issue("A pull request", is_pull=True)
    pulled = pull(hub, project=None)
    assert [*pulled.items] == ["acme/shop#1"]
    assert pulled.order is None, "without a project there is no order"
    assert not pulled.warnings


def test_closed_issues_are_read_too(hub: FakeGithub) -> None:
    shop = hub.repository("acme/shop")
    for reason in ("completed", "not_planned", "duplicate"):
        shop.issue(reason).close(reason)
    stages = {title: item.stage for title, item in pull(hub, project=None).by_title.items()}
    assert stages == {"completed": Stage.DONE, "not_planned": Stage.DROPPED, "duplicate": Stage.DROPPED}


def test_the_order_is_that_of_the_project(hub: FakeGithub) -> None:
    shop = hub.repository("acme/shop")
    project = hub.project("acme", 4, STATUS)
    cards = {title: project.add(shop.issue(title)) for title in ("a", "b", "c", "archived")}
    project.add(shop.issue("a pull request", is_pull=True))
    project.draft("a note")
    cards["archived"].is_archived = True
    project.move(cards["c"])
    pulled = pull(hub)
    assert pulled.order == ["c", "a", "b", "a note"]
    assert "archived" in pulled.by_title
    assert not pulled.warnings


def test_several_projects_stand_one_behind_the_other(hub: FakeGithub) -> None:
    shop = hub.repository("acme/shop")
    first, second = hub.project("acme", 4, STATUS), hub.project("acme", 5, ESTIMATE)
    both = shop.issue("both")
    second.add(shop.issue("second"))
    second.add(both, Estimate=3)
    first.add(shop.issue("first"))
    first.add(both, Status="Ready")
    pulled = pull(hub, project=[4, "acme/5"])
    assert pulled.order == ["first", "both", "second"]
    assert pulled.by_title["both"].stage is Stage.SELECTED
    assert pulled.by_title["both"].estimate == Estimate(value=3)


def test_what_is_not_filled_is_empty_and_what_is_not_there_is_unknown(hub: FakeGithub) -> None:
    shop = hub.repository("acme/shop")
    project = hub.project("acme", 4, STATUS, ESTIMATE, Column("Target date", "DATE"))
    project.add(shop.issue("filled"), Estimate=5, **{"Target date": "2026-12-24"})
    project.add(shop.issue("blank"))
    shop.issue("elsewhere")
    items = pull(hub).by_title
    assert items["filled"].estimate == Estimate(value=5)
    assert items["filled"].due == date(2026, 12, 24)
    assert (items["blank"].estimate, items["blank"].due) == (EMPTY, EMPTY)
    assert items["elsewhere"].estimate is None, "it is on no project that holds estimates"
    assert items["filled"].priority is None, "there is no priority column, field or label"
    assert items["filled"].parent is EMPTY


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        (Column("Priority", "SINGLE_SELECT", ("🔥 Urgent", "High", "Low")), "High", Priority(level=2, name="High")),
        (Column("Priority", "SINGLE_SELECT", ("Low", "Medium", "High")), "High", Priority(level=1, name="High")),
        (Column("Priority", "SINGLE_SELECT", ("Now", "Soon", "Some day")), "Soon", Priority(level=2, name="Soon")),
        (Column("Priority", "TEXT"), "P2", Priority(level=1, name="P2")),
        (Column("Priority", "TEXT"), "as it comes", None),
    ],
)
def test_priorities_by_the_tracker_and_by_what_words_mean(
    hub: FakeGithub, column: Column, value: str, expected: Priority | None
) -> None:
    hub.project("acme", 4, column).add(hub.repository("acme/shop").issue("x"), Priority=value)
    assert pull(hub).by_title["x"].priority == expected


def test_a_column_that_an_issue_field_holds(hub: FakeGithub) -> None:
    fields = (
        IssueField("Effort", "number"),
        IssueField("Priority", "single_select", ("High", "Low")),
        IssueField("Due", "date"),
        IssueField("Areas", "multi_select", ("web", "app")),
        IssueField("Kind", "text"),
    )
    shop = hub.repository("acme/shop", fields=fields)
    kinds = {"Effort": "NUMBER", "Priority": "SINGLE_SELECT"}
    project = hub.project("acme", 4, *(Column(name, kind, backed_by=name) for name, kind in kinds.items()))
    full = shop.issue("full")
    project.add(full)
    project.add(shop.issue("blank"))
    for name, value in {"Effort": 8, "Priority": "Low", "Due": "2026-12-01", "Areas": ["web"], "Kind": "Bug"}.items():
        full.fill(name, value)
    items = pull(hub).by_title
    assert items["full"].estimate == Estimate(value=8)
    assert items["full"].priority == Priority(level=2, name="Low")
    assert items["full"].due == date(2026, 12, 1)
    assert items["full"].kind is Kind.BUG
    assert (items["blank"].estimate, items["blank"].priority, items["blank"].due) == (EMPTY, EMPTY, EMPTY)


def test_scores_with_what_they_are_made_of(hub: FakeGithub) -> None:
    project = hub.project("acme", 4, Column("RICE", "NUMBER"), Column("Reach", "NUMBER"), Column("MoSCoW", "TEXT"))
    shop = hub.repository("acme/shop")
    project.add(shop.issue("scored"), RICE=42, Reach=100, MoSCoW="Must have")
    project.add(shop.issue("blank"))
    items = pull(hub, columns={"inputs": {"reach": "Reach"}}).by_title
    score = items["scored"].score
    assert score == Score(framework=Framework.RICE, stored=42, inputs={"reach": 100})
    assert items["scored"].moscow is Moscow.MUST
    assert (items["blank"].score, items["blank"].moscow) == (EMPTY, EMPTY)


def test_sprints_and_what_was_finished_in_them(hub: FakeGithub) -> None:
    iterations = tuple(Iteration(f"S{n}", date(2026, 10, 12) + timedelta(weeks=2 * n)) for n in range(4))
    project = hub.project("acme", 4, ESTIMATE, Column("Iteration", "ITERATION", iterations=iterations))
    shop = hub.repository("acme/shop")
    for title, sprint, points in (("one", "S0", 3), ("two", "S0", 2), ("three", "S1", 8), ("four", "S2", 5)):
        issue = shop.issue(title)
        project.add(issue, Iteration=sprint, Estimate=points)
        if title not in {"two", "four"}:
            issue.close()
    project.add(shop.issue("unplanned"))
    pulled = pull(hub)
    last = pulled.batches[-1]
    assert [(one.name, one.state) for one in last.sprints] == [
        ("S0", SprintState.CLOSED),
        ("S1", SprintState.CLOSED),
        ("S2", SprintState.ACTIVE),
        ("S3", SprintState.FUTURE),
    ]
    assert [*(last.velocity or ())] == [3, 8]
    planned = {title: item.sprints for title, item in pulled.by_title.items()}
    assert planned["four"] == (last.sprints[2].id,)
    assert planned["unplanned"] == ()


def test_history_with_people_and_bots(hub: FakeGithub) -> None:
    shop = hub.repository("acme/shop")
    project = hub.project("acme", 4, STATUS)
    issue = shop.issue("x", at=ago(30), by="robin")
    card = project.add(issue, Status="Backlog")
    issue.comment("Could we?", by="ada", at=ago(20))
    issue.comment("bump", by="renovate[bot]", at=ago(10))
    issue.label("bug", by="ada", at=ago(9))
    project.put(card, "Status", "In progress", by="ada", at=ago(8))
    issue.rename("y", at=ago(7))
    issue.edit("new body", by="ada", at=ago(6))
    item = pull(hub).by_title["y"]
    assert item.events is not None
    assert [(event.what, event.actor.name if event.actor else None) for event in item.events] == [
        (Happening.CREATED, "robin"),
        (Happening.COMMENTED, "ada"),
        (Happening.COMMENTED, "renovate"),
        (Happening.LABELLED, "ada"),
        (Happening.STAGED, "ada"),
        (Happening.WROTE, "robin"),
        (Happening.WROTE, "ada"),
    ]
    assert [event.actor.is_bot for event in item.events if event.actor] == [False, False, True] + [False] * 4
    assert item.events[4].stage is Stage.DOING
    assert item.updated == ago(6)


def test_a_move_on_another_project_is_no_stage_of_ours(hub: FakeGithub) -> None:
    shop = hub.repository("acme/shop")
    ours, other = hub.project("acme", 4, STATUS), hub.project("acme", 9, STATUS)
    issue = shop.issue("x")
    ours.add(issue, Status="Backlog")
    other.put(other.add(issue), "Status", "Done")
    events = pull(hub).by_title["x"].events
    assert events is not None
    assert [event.what for event in events] == [Happening.CREATED, Happening.OTHER]


def test_a_comment_of_ours_is_known(hub: FakeGithub) -> None:
    issue = hub.repository("acme/shop").issue("x")
    issue.comment("<!-- backlint:v1 key=x -->\nThis item ...", by=hub.viewer)
    issue.comment("<!-- backlint:v1 key=x -->\nI quote it", by="ada")
    events = pull(hub, project=None).by_title["x"].events
    assert events is not None
    assert [event.is_ours for event in events] == [False, True, False]


def test_links_of_every_kind(hub: FakeGithub) -> None:
    shop = hub.repository("acme/shop")
    epic, blocker, blocked, original = (shop.issue(title) for title in ("epic", "blocker", "blocked", "original"))
    blocker.block(blocked)
    epic.adopt(blocked)
    blocked.duplicate_of = original
    fix = shop.issue("fix", is_pull=True)
    blocked.refer(fix)
    fix.merge()
    blocked.refer(original)
    blocked.refer(original)
    blocker.close()
    items = pull(hub, project=None).by_title
    links = {(link.kind, link.key, link.stage) for link in items["blocked"].links or ()}
    assert links == {
        (LinkKind.BLOCKED_BY, "acme/shop#2", Stage.DONE),
        (LinkKind.PULL_REQUEST, "acme/shop#5", Stage.DONE),
        (LinkKind.DUPLICATES, "acme/shop#4", Stage.BACKLOG),
        (LinkKind.MENTIONED_BY, "acme/shop#5", Stage.DONE),
        (LinkKind.MENTIONED_BY, "acme/shop#4", Stage.BACKLOG),
    }
    assert items["blocked"].parent == items["epic"].id
    assert [link.kind for link in items["blocker"].links or ()] == [LinkKind.BLOCKS]


def test_milestones_are_themes(hub: FakeGithub) -> None:
    shop = hub.repository("acme/shop")
    spring, old = shop.milestone("Spring", due=date(2027, 3, 1)), shop.milestone("Old", is_open=False)
    shop.issue("x").plan(spring)
    pulled = pull(hub, project=None)
    themes = {theme.id: theme for batch in pulled.batches for theme in batch.themes}
    assert {(one.title, one.is_open, one.due) for one in themes.values()} == {
        ("Spring", True, date(2027, 3, 1)),
        ("Old", False, None),
    }
    assert pulled.by_title["x"].themes == tuple(id_ for id_, one in themes.items() if one.title == "Spring")
    assert old.number == 2


def test_an_order_by_milestones(hub: FakeGithub) -> None:
    shop = hub.repository("acme/shop")
    late, soon = shop.milestone("late", due=date(2027, 6, 1)), shop.milestone("soon", due=date(2027, 1, 1))
    for title, milestone in (("1", late), ("2", soon), ("3", None), ("4", soon)):
        shop.issue(title, milestone=milestone)
    shop.issues[4].close()
    first = pull(hub, project=None, order_by="milestone")
    assert first.order == ["2", "1"]
    shop.issues[1].plan(soon, at=NOW + timedelta(hours=1))
    again = pull(hub, first.cursor, project=None, order_by="milestone")
    assert [*again.by_title] != []
    assert again.batches[-1].ranking == tuple(first.by_title[title].id for title in ("1", "2"))


def test_an_order_by_labels(hub: FakeGithub) -> None:
    shop = hub.repository("acme/shop")
    for title, labels in (("1", ["later"]), ("2", ["now"]), ("3", []), ("4", ["now", "later"])):
        shop.issue(title, labels=labels)
    assert pull(hub, project=None, order_by="label", order_labels=["now", "later"]).order == ["2", "4", "1"]


def test_repositories_are_those_of_the_project_where_none_is_named(hub: FakeGithub) -> None:
    project = hub.project("acme", 4)
    for name in ("acme/shop", "acme/api"):
        project.add(hub.repository(name).issue(name))
    hub.repository("acme/other").issue("other")
    assert pull(hub, repository=None, project="acme/4").order == ["acme/shop", "acme/api"]
    assert pull(hub, repository="acme/api").order == ["acme/api"], "what is named is a choice"


def test_notes_are_items(hub: FakeGithub) -> None:
    project = hub.project("acme", 4, STATUS, ESTIMATE)
    hub.repository("acme/shop")
    project.draft("Bug: the till is slow", "It takes a minute.", Status="In progress", Estimate=2)
    note = pull(hub).by_title["Bug: the till is slow"]
    assert (note.kind, note.stage, note.estimate) == (Kind.BUG, Stage.DOING, Estimate(value=2))
    assert note.events is None, "GitHub keeps no history of a note"


def test_an_open_issue_in_the_column_that_means_done_still_has_to_be_closed(hub: FakeGithub) -> None:
    project = hub.project("acme", 4, STATUS)
    project.add(hub.repository("acme/shop").issue("x"), Status="Done")
    item = pull(hub).by_title["x"]
    assert (item.stage, item.status) == (Stage.DOING, "Done")


def test_a_long_history_is_read_to_its_end(hub: FakeGithub) -> None:
    issue = hub.repository("acme/shop").issue("x")
    for number in range(250):
        issue.comment(str(number), by="ada")
    events = pull(hub, project=None).by_title["x"].events
    assert events is not None
    assert len(events) == 251
    assert len({event.text for event in events}) == 251


def test_what_is_written_stays_as_it_was_written(hub: FakeGithub) -> None:
    shop = hub.repository("acme/shop")
    odd = "\u202e<script>alert(1)</script>\x00 `#12` @ada\r\n" + "😀" * 10
    shop.issue(odd, odd * 100)
    shop.issue("no body", None)
    shop.issue("large", "x" * 1_000_000)
    items = pull(hub, project=None).by_title
    assert items[odd].body == odd * 100
    assert items["no body"].body == ""
    assert len(items["large"].body or "") == 262_144


def test_times_are_in_utc(hub: FakeGithub) -> None:
    hub.repository("acme/shop").issue("x", at=datetime(2026, 1, 1, tzinfo=UTC))
    assert pull(hub, project=None).by_title["x"].created == datetime(2026, 1, 1, tzinfo=UTC)


def test_what_is_taken_back_is_told_with_what_stood_there(hub: FakeGithub) -> None:
    """People, milestones and types that are taken off again, and an issue that came from elsewhere."""
    shop, archive = hub.repository("acme/shop"), hub.repository("acme/archive")
    issue = shop.issue("x", at=ago(30))
    told: dict[str, dict[str, Any]] = {
        "UnassignedEvent": {"assignee": hub.known("robin")},
        "DemilestonedEvent": {"milestoneTitle": "Summer"},
        "IssueTypeAddedEvent": {"issueType": {"name": "Bug"}},
        "IssueTypeChangedEvent": {"issueType": {"name": "Task"}, "prevIssueType": {"name": "Bug"}},
        "IssueTypeRemovedEvent": {"issueType": {"name": "Task"}},
        "TransferredEvent": {"fromRepository": archive},
    }
    for days, (typename, facts) in enumerate(told.items()):
        issue.happen(typename, "ada", ago(20 - days), **facts)
    events = pull(hub, project=None).by_title["x"].events
    assert events is not None
    assert [(event.what, event.field, event.before, event.after) for event in events[1:]] == [
        (Happening.ASSIGNED, "assignees", "robin", None),
        (Happening.THEMED, "milestone", "Summer", None),
        (Happening.OTHER, "type", None, "Bug"),
        (Happening.OTHER, "type", "Bug", "Task"),
        (Happening.OTHER, "type", "Task", None),
        (Happening.OTHER, "project", "acme/archive", None),
    ]


def test_a_size_may_be_a_word_or_hold_its_number(hub: FakeGithub) -> None:
    shop = hub.repository("acme/shop")
    column = Column("Estimate", "SINGLE_SELECT", ("S", "m", "5 points", "who knows"))
    board = hub.project("acme", 4, column)
    for size in column.options:
        board.add(shop.issue(size), Estimate=size)
    found = {title: item.estimate for title, item in pull(hub, sizes={"S": 1, "M": 3}).by_title.items()}
    assert found == {
        "S": Estimate(value=1),
        "m": Estimate(value=3),
        "5 points": Estimate(value=5),
        "who knows": EMPTY,
    }


def test_the_sprints_are_the_column_of_that_kind_whatever_it_is_called(hub: FakeGithub) -> None:
    cycles = Column("Runde", "ITERATION", iterations=(Iteration("R1", date(2026, 11, 16)),))
    hub.project("acme", 4, STATUS, cycles).add(hub.repository("acme/shop").issue("x"), Runde="R1")
    pulled = pull(hub)
    [sprint] = [one for batch in pulled.batches for one in batch.sprints or ()]
    assert sprint.name == "R1"
    assert pulled.by_title["x"].sprints == (sprint.id,)


def test_a_repository_may_have_more_labels_than_a_page_holds(hub: FakeGithub) -> None:
    """Whether a label gives points is known from all labels: without one on the item its estimate is empty."""
    shop = hub.repository("acme/shop")
    shop.labels.update({f"a-{n:03}": None for n in range(150)} | {"points: 5": None})
    shop.issue("x")
    shop.issue("y", labels=["points: 5"])
    found = {title: item.estimate for title, item in pull(hub, project=None).by_title.items()}
    assert found == {"x": EMPTY, "y": Estimate(value=5)}
