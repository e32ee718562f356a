"""What the connector makes of a site: items, order, history, on both flavours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from backlint.connectors.jira import Jira
from backlint.connectors.jira.cursor import Cursor, Phase
from backlint.connectors.jira.times import bare, moment
from backlint.errors import ConfigError, TrackerError
from backlint.example import NOW
from backlint.model import EMPTY, Estimate, Happening, Kind, LinkKind, Stage
from backlint.testing import contract
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.jira import FakeJira
from backlint.testing.fakes.jira.troubles import Trouble, changes, says
from backlint.transport import Gate
from backlint.transport.inprocess import InProcess
from tests.connectors.jira.sites import (
    census,
    cloud,
    connector,
    fill,
    flavour,
    gate,
    items,
    living,
    only,
    pulled,
    server,
    warnings,
)

BOTH = pytest.mark.parametrize("is_cloud", [True, False], ids=["cloud", "server"])


@BOTH
def test_an_item_whole(is_cloud: bool) -> None:
    jira = living(is_cloud=is_cloud)
    found = items(jira)
    card, epic, leak = found["SHOP-2"], found["SHOP-1"], found["SHOP-4"]
    assert card.url == f"{jira.base}/browse/SHOP-2"
    assert card.body is not None
    assert "## Acceptance criteria\n\n- [ ] A refusal is shown" in card.body
    assert card.criteria == "- An expired card is refused"
    assert (card.kind, card.stage, card.status) == (Kind.STORY, Stage.SELECTED, "To Do")
    assert card.priority is not EMPTY
    assert card.priority is not None
    assert (card.priority.level, card.priority.name) == (1, "Highest")
    assert card.estimate == Estimate(value=5)
    assert (card.labels, card.components) == (frozenset({"payment"}), frozenset({"checkout"}))
    assert [person.name for person in card.assignees or ()] == ["Ada"]
    assert card.parent == epic.id
    assert card.due == NOW.date()
    assert (card.votes, card.flagged) == (3, True)
    assert [(link.kind, link.target) for link in card.links or ()] == [(LinkKind.BLOCKS, leak.id)]
    assert [(link.kind, link.target) for link in leak.links or ()] == [(LinkKind.BLOCKED_BY, card.id)]
    assert leak.confidential
    assert len(card.sprints or ()) == 2
    assert epic.kind is Kind.EPIC
    assert epic.parent is EMPTY


@BOTH
def test_a_history_tells_who_did_what(is_cloud: bool) -> None:
    found = items(living(is_cloud=is_cloud))
    said = [(event.what, event.actor.name if event.actor else None) for event in found["SHOP-2"].events or ()]
    assert said == [
        (Happening.CREATED, "Robin"),
        (Happening.COMMENTED, "Ada"),
        (Happening.PRIORITISED, "Automation for Jira"),
    ]
    assert found["SHOP-2"].events
    bot = found["SHOP-2"].events[-1].actor
    assert bot is not None
    assert bot.is_bot
    done = [event for event in found["SHOP-3"].events or () if event.what is Happening.STAGED]
    assert [(event.before, event.after, event.stage) for event in done] == [("In Progress", "Done", Stage.DONE)]
    assert found["SHOP-3"].closed == NOW - timedelta(days=15)


@pytest.mark.parametrize("counts_time", [True, False])
def test_times_of_bulk_histories_may_be_numbers(counts_time: bool) -> None:
    jira = cloud()
    issue = jira.issue("SHOP", "One")
    jira.change(issue, title="Another", at=NOW - timedelta(hours=1))
    jira.counts_time = counts_time  # the official example does, and the official schema does not
    unwatched = contract.Tried(connector(jira), lambda: Gate(FakeClock(), wire=InProcess(jira.hosts)))
    (item,) = contract.kept(unwatched.pull()).values()
    assert item.events
    assert item.events[-1].at == NOW - timedelta(hours=1)


@BOTH
def test_the_order_is_the_rank_of_the_open_issues(is_cloud: bool) -> None:
    jira = flavour(is_cloud)
    first, second, third = fill(jira, 3)
    jira.rank(third, above=first)
    jira.change(second, status="Done")
    ranking = pulled(jira)[0].ranking or ()
    assert [id_.rpartition("/")[2] for id_ in ranking] == [str(third.id), str(first.id)]


@BOTH
@pytest.mark.parametrize("has_software_api", [True, False])
def test_the_order_of_a_board_is_its_sprints_and_then_its_backlog(is_cloud: bool, has_software_api: bool) -> None:
    jira = flavour(is_cloud, has_software_api=has_software_api)
    board = jira.board("SHOP")
    first, second, third, done = fill(jira, 4)
    present = jira.sprint("Now", board=board)
    second.sprints, done.sprints = [present.id], [present.id]
    jira.change(done, status="Done")
    jira.rank(third, above=first)
    batches = pulled(jira, board=board.id)
    expected = [str(it.id) for it in (second, third, first)]
    assert [id_.rpartition("/")[2] for id_ in batches[0].ranking or ()] == expected
    assert warnings(batches) == []
    wanted = "/rest/software/1.0" if is_cloud and has_software_api else "/rest/agile/1.0"
    assert any(f"{wanted}/board/{board.id}/backlog" in request for request in jira.requests)


def test_an_order_that_may_not_be_read_is_told_and_the_items_are_kept() -> None:
    jira = cloud()
    board = jira.board("SHOP")
    fill(jira, 2)
    jira.troubles.append(Trouble("backlog", says(403, "no"), times=9))
    batches = pulled(jira, board=board.id)
    assert len(contract.kept(batches)) == 2
    assert any("order of board" in warning for warning in warnings(batches))


def test_a_kanban_board_has_no_sprints_and_chooses_by_column() -> None:
    jira = cloud()
    columns = [("Backlog", ["Backlog"]), ("Selected", ["Selected for Development"]), ("Done", ["Done"])]
    jira.board("SHOP", kind="kanban", columns=columns)
    jira.issue("SHOP", "Chosen", status="Selected for Development")
    jira.issue("SHOP", "Waiting", status="Backlog")
    assert {key: item.stage for key, item in items(jira).items()} == {"SHOP-1": Stage.SELECTED, "SHOP-2": Stage.BACKLOG}


@BOTH
def test_a_board_that_may_not_be_configured_costs_no_data_and_no_warning(is_cloud: bool) -> None:
    jira = flavour(is_cloud, may_configure=False)
    jira.board("SHOP")
    jira.issue("SHOP", "One", points=3)
    batches = pulled(jira)
    assert warnings(batches) == []
    assert next(iter(contract.kept(batches).values())).estimate == Estimate(value=3)


@BOTH
def test_what_a_team_finished_in_each_sprint_counts_once(is_cloud: bool) -> None:
    jira = flavour(is_cloud)
    board = jira.board("SHOP")
    sprints = [
        jira.sprint(
            f"S{n}", state="closed", board=board, start=NOW - timedelta(14 * (4 - n)), end=NOW - timedelta(14 * (3 - n))
        )
        for n in range(3)
    ]
    for points, where, closed in (
        (3, sprints[:1], 50),
        (5, sprints[:2], 40),
        (8, sprints[:3], 20),
        (2, sprints[2:], 20),
    ):
        issue = jira.issue("SHOP", "x", points=points, sprints=where, status="In Progress")
        jira.change(issue, status="Done", at=NOW - timedelta(days=closed))
    velocity = pulled(jira)[-1].velocity
    assert velocity == (3, 5, 10)


@BOTH
def test_the_next_night_reads_what_changed_and_no_more(is_cloud: bool) -> None:
    jira = flavour(is_cloud)
    first, second, _ = fill(jira, 3)
    batches = pulled(jira)
    jira.now = NOW + timedelta(days=1)
    jira.change(first, title="Changed", at=jira.now - timedelta(hours=5))
    jira.comment(second, "said", at=jira.now - timedelta(hours=4))
    new = jira.issue("SHOP", "New", created=jira.now - timedelta(hours=1))
    changed = contract.kept(pulled(jira, batches[-1].cursor))
    assert {item.key for item in changed.values()} == {first.key, second.key, new.key}


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata", "America/St_Johns"])
def test_bare_times_are_in_the_zone_of_the_tokens_owner(zone: str) -> None:
    jira = server(zone=zone)
    fill(jira, 3)
    batches = pulled(jira)
    jira.now = NOW + timedelta(minutes=30)
    jira.change("SHOP-2", title="Changed a minute after", at=NOW + timedelta(minutes=1))
    changed = contract.kept(pulled(jira, batches[-1].cursor))
    assert {item.key for item in changed.values()} == {"SHOP-2"}


@given(
    st.integers(min_value=946_684_800, max_value=2_051_222_400),
    st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu"]),
)
def test_a_bare_time_is_never_too_late_and_at_most_a_minute_early(second: int, zone: str) -> None:
    there = datetime.fromtimestamp(second, ZoneInfo(zone))
    said = datetime.strptime(bare(there, zone), '"%Y/%m/%d %H:%M"').replace(tzinfo=UTC)
    assert timedelta() <= there.replace(tzinfo=UTC) - said < timedelta(minutes=1)


def test_a_zone_that_is_not_known_is_no_gap() -> None:
    for zone in (None, "Nowhere/Land"):
        said = datetime.strptime(bare(NOW, zone), '"%Y/%m/%d %H:%M"').replace(tzinfo=UTC)
        assert NOW - said >= timedelta(hours=26)


def test_a_late_index_is_met_by_looking_back() -> None:
    jira = cloud()
    fill(jira, 2)
    jira.find("SHOP-1").is_hidden = True
    batches = pulled(jira)
    jira.find("SHOP-1").is_hidden = False
    jira.change("SHOP-1", title="Indexed late", at=NOW - timedelta(minutes=5))
    jira.now = NOW + timedelta(days=1)
    assert {item.key for item in contract.kept(pulled(jira, batches[-1].cursor)).values()} == {"SHOP-1"}


def test_a_site_that_gives_a_hundred_at_a_time_is_read_a_hundred_at_a_time() -> None:
    jira = cloud()
    jira.bulk = 100
    fill(jira, 350, done=340)
    assert len(items(jira)) == 350


@pytest.mark.parametrize("number", [0, 3, 20, 21, 130])
def test_comments_come_with_the_issue_or_are_fetched(number: int) -> None:
    jira = cloud()
    issue = jira.issue("SHOP", "Talked about")
    for n in range(number):
        jira.comment(issue, f"remark {n}", at=NOW - timedelta(hours=number - n))
    said = [event.text for event in only(jira).events or () if event.what is Happening.COMMENTED]
    assert len(said) == min(number, 120)
    assert not number or said[-1] == f"remark {number - 1}"


def test_a_scoped_token_goes_by_the_gateway_and_links_to_the_site() -> None:
    jira = cloud(cloud_id="1234-abcd")
    jira.issue("SHOP", "One")
    assert only(jira, cloud_id="1234-abcd").url == "https://shop.example.net/browse/SHOP-1"
    with pytest.raises(TrackerError, match="cloud_id"):
        pulled(jira)


def test_a_page_without_its_list_is_no_empty_page() -> None:
    jira = cloud()
    jira.issue("SHOP", "One")
    jira.troubles.append(Trouble("search/jql", changes(lambda _: {"isLast": True}), times=9))
    with pytest.raises(TrackerError, match="without a list of issues"):
        pulled(jira)


def test_two_projects_make_one_backlog() -> None:
    jira = cloud()
    jira.issue("SHOP", "One")
    jira.issue("CART", "Two")
    assert set(items(jira, project=["SHOP", "CART"])) == {"SHOP-1", "CART-1"}
    assert connector(jira, project=["SHOP", "CART"]).source == "jira:shop.example.net/SHOP+CART"


def test_a_filter_narrows_and_another_filter_begins_anew() -> None:
    jira = cloud()
    jira.issue("SHOP", "One", labels=["web"])
    jira.issue("SHOP", "Two")
    batches = pulled(jira, filter='labels = "web" OR labels = app')
    assert {item.key for item in contract.kept(batches).values()} == {"SHOP-1"}
    assert len(contract.kept(pulled(jira, batches[-1].cursor))) == 2


def test_another_mapping_is_read_anew() -> None:
    """Who names the field of the acceptance criteria sees them in the next report, whatever changed since."""
    jira = cloud()
    jira.issue("SHOP", "One", type="Task")
    batches = pulled(jira)
    assert not [item for batch in pulled(jira, batches[-1].cursor) for item in batch.items]
    (remapped,) = contract.kept(pulled(jira, batches[-1].cursor, kinds={"Task": "debt"})).values()
    assert remapped.kind is Kind.DEBT


@pytest.mark.parametrize("cursor", ["", "junk", "[]", "{}", '{"since": "x", "scope": ""}', '{"phase": "moon"}'])
def test_a_broken_cursor_begins_anew(cursor: str) -> None:
    assert Cursor.of(cursor, "", NOW).phase is Phase.OPEN


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/", "https://a.example"),
        ("https://a.example/jira", "https://a.example/jira"),
        ("https://a.example/browse/SHOP-1", "https://a.example"),
        ("https://a.example/jira/software/projects/SHOP/boards/1", "https://a.example"),
        ("http://localhost:2990/jira/secure/Dashboard.jspa", "http://localhost:2990/jira"),
    ],
)
def test_the_address_may_be_pasted_from_a_browser(url: str, expected: str) -> None:
    assert Jira(url=url, project=("SHOP",)).url == expected


@pytest.mark.parametrize("url", ["a.example", "ftp://a.example", "https://", "https://me:secret@a.example"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Jira(url=url, project=("SHOP",))
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-07-16T06:30:23.343+0800", datetime(2022, 7, 15, 22, 30, 23, 343_000, UTC)),
        ("2022-07-16T06:30:23Z", datetime(2022, 7, 16, 6, 30, 23, tzinfo=UTC)),
        (1492070429, datetime(2017, 4, 13, 8, 0, 29, tzinfo=UTC)),
        (1492070429000, datetime(2017, 4, 13, 8, 0, 29, tzinfo=UTC)),
        ("1492070429000", datetime(2017, 4, 13, 8, 0, 29, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
        (None, None),
        (True, None),
        (10**30, None),
    ],
)
def test_times(value: object, expected: datetime | None) -> None:
    assert moment(value) == expected


@BOTH
def test_odd_text_is_no_crash(is_cloud: bool) -> None:
    jira = flavour(is_cloud)
    jira.issue("SHOP", "<b>\u202e \0 title\u200b", description="x" * 1_000_000)
    jira.issue("SHOP", "", description="")
    found = items(jira)
    assert len(found["SHOP-1"].body or "") == 1_000_000
    assert found["SHOP-2"].body == ""


def test_an_epic_of_another_project_is_named_by_its_id_on_data_center() -> None:
    jira: FakeJira = server()
    epic = jira.issue("ROAD", "Goal", type="Epic")
    jira.issue("SHOP", "Child", parent=epic.key)
    assert only(jira).parent == f"jira:jira.example.net/tracker/{epic.id}"


def test_a_census_counts_all_that_is_there() -> None:
    jira = cloud()
    fill(jira, 12, done=5)
    assert len(census(jira) or ()) == 12
    way = gate(jira)
    assert way.requests == 0


FILTERS = {
    "NOT labels = web": "2 3",
    "labels is EMPTY": "3",
    "labels is not EMPTY": "1 2",
    "(labels = web OR labels = app) AND NOT key = SHOP-2": "1",
    "labels in (web, app)": "1 2",
    "labels not in (web, app)": "3",
}


@BOTH
@pytest.mark.parametrize("jql", FILTERS)
def test_a_filter_says_what_belongs_to_the_backlog(is_cloud: bool, jql: str) -> None:
    jira = flavour(is_cloud)
    for labels in (["web"], ["app"], []):
        jira.issue("SHOP", "Pay", labels=labels)
    assert sorted(items(jira, filter=jql)) == [f"SHOP-{n}" for n in FILTERS[jql].split()]


@BOTH
@pytest.mark.parametrize(
    ("jql", "said"),
    [
        ("(labels = web app)", "Expecting ')'"),
        ("labels =", "ended unexpectedly"),
        ("labels is web", "Expecting EMPTY or NULL"),
        ("colour = red", "Field 'colour' does not exist"),
        ("updated > yesterday", "Date value 'yesterday'"),
        ("sprint in gone()", "Unable to find JQL function"),
    ],
)
def test_a_filter_that_jira_does_not_understand_is_told_in_its_words(is_cloud: bool, jql: str, said: str) -> None:
    jira = flavour(is_cloud)
    jira.issue("SHOP", "Pay")
    with pytest.raises(ConfigError) as refused:
        items(jira, filter=jql)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
