"""The second read and all that follow: little is asked, nothing is lost, and what left GitHub leaves the store."""

import asyncio
import json
import re
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backlint.health import Reading
from backlint.model import Estimate
from backlint.store import Store
from backlint.sync import sync
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.github import Card, Column, FakeGithub, Project, Repository
from backlint.testing.fakes.github.walker import execute
from backlint.transport.inprocess import Heard
from tests.connectors.github.harness import NOW, Pulled, connector, gate_to, github, pull

ESTIMATE = Column("Estimate", "NUMBER")


class Living:
    """A fake whose time passes."""

    def __init__(self, issues: int = 30) -> None:
        self.clock = FakeClock()
        self.hub: FakeGithub = github(now=self.clock.now)
        self.shop: Repository = self.hub.repository("acme/shop")
        self.project: Project = self.hub.project("acme", 4, ESTIMATE)
        self.cards: list[Card] = []
        for number in range(issues):
            issue = self.shop.issue(f"{number}", at=NOW - timedelta(days=100 - number / 10))
            self.cards.append(self.project.add(issue))
            self.cards[-1].updated = issue.updated

    def pull(self, cursor: str | None = None, **told: object) -> Pulled:
        self.hub.heard.clear()
        return pull(self.hub, cursor, gate=gate_to(self.hub, self.clock), **told)

    def later(self, **time: float) -> None:
        self.clock.pass_time(timedelta(**time).total_seconds())


def test_where_nothing_changed_little_is_asked() -> None:
    living = Living()
    first = living.pull()
    living.later(days=1)
    again = living.pull(first.cursor)
    assert again.batches[-1].ranking == first.batches[-1].ranking
    assert len(again.items) <= 1, "the newest comes again, since GitHub is asked with an overlap"
    assert len(living.hub.heard) <= 5


def test_what_changed_comes_again_whole() -> None:
    living = Living()
    first = living.pull()
    living.later(days=1)
    living.shop.issues[3].comment("New!", by="ada")
    living.shop.issue("new")
    again = living.pull(first.cursor)
    assert {"2", "new"} <= {*again.by_title} < {"2", "new", "29", "x"}
    events = again.by_title["2"].events
    assert events is not None
    assert events[-1].text == "New!"


def test_what_moved_on_the_board_alone_comes_again() -> None:
    living = Living()
    first = living.pull()
    living.later(days=1)
    living.project.put(living.cards[4], "Estimate", 8)
    living.project.move(living.cards[7])
    again = living.pull(first.cursor)
    assert again.by_title["4"].estimate == Estimate(value=8)
    assert again.batches[-1].ranking is not None
    assert again.batches[-1].ranking[0] == first.by_title["7"].id
    assert sum("/issues/5" in heard.url for heard in living.hub.heard) == 1


def test_much_that_moved_is_read_as_a_whole_list() -> None:
    living = Living(issues=60)
    first = living.pull()
    living.later(days=1)
    for card in living.cards:
        living.project.put(card, "Estimate", 3)
    again = living.pull(first.cursor)
    assert len(again.items) == 60
    assert len(living.hub.heard) < 10


def test_after_a_week_everything_is_read_again() -> None:
    living = Living()
    first = living.pull()
    living.later(days=6)
    assert len(living.pull(first.cursor).items) < 5
    living.later(days=2)
    assert len(living.pull(first.cursor).items) == 30


@pytest.mark.parametrize(
    "changed", [{"stages": {"Todo": "selected"}}, {"columns": {"estimate": "Size"}}, {"project": None}]
)
def test_with_other_settings_everything_is_read_again(changed: dict[str, object]) -> None:
    living = Living()
    first = living.pull()
    assert len(living.pull(first.cursor, **changed).items) == 30


def test_the_token_is_no_such_setting() -> None:
    living = Living()
    assert len(living.pull(living.pull().cursor, token="another").items) < 5


@pytest.mark.parametrize("cursor", ["", "not json", "[]", '{"version": 99}'])
def test_a_cursor_that_is_not_ours_begins_anew(cursor: str) -> None:
    assert len(Living().pull(cursor).items) == 30


@given(
    st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["touch", "close", "delete", "new"])), max_size=6),
    st.booleans(),
)
@settings(max_examples=12, deadline=None)
def test_changes_while_reading_lose_nothing(changes: list[tuple[int, str]], has_cursors: bool) -> None:
    """Offset paging loses 47 of 5,000 for ever in the measurement; here the second read holds what GitHub holds."""
    living = Living(issues=210)
    living.hub.execute = execute  # what GraphQL allows is not the question here
    living.hub.has_cursors = has_cursors
    count = {"lists": 0}

    def live(heard: Heard) -> None:
        count["lists"] += "/issues?" in heard.url
        for page, what in changes:
            if page == count["lists"] and "/issues?" in heard.url:
                living.later(seconds=2)
                happen(living, what, page)

    living.hub.before_each = live
    first = living.pull(project=None)
    living.hub.before_each = lambda _: None
    second = living.pull(first.cursor, project=None)
    seen = {
        **{key: item.updated for key, item in first.items.items()},
        **{k: i.updated for k, i in second.items.items()},
    }
    for issue in living.shop.issues.values():
        assert seen[f"acme/shop#{issue.number}"] == issue.updated.replace(microsecond=0)


def happen(living: Living, what: str, page: int) -> None:
    oldest = next(iter(living.shop.issues.values()))
    if what == "touch":
        oldest.comment("while you read", by="ada")
    elif what == "close":
        oldest.close()
    elif what == "delete":
        living.shop.delete(oldest)
    else:
        living.shop.issue(f"new on page {page}")


def kept(living: Living, store: Store, **told: object) -> dict[str, str]:
    """Sync once; what the store then holds, by key."""
    reading = connector(**told)
    living.hub.heard.clear()
    asyncio.run(sync(store, [reading], gate_to(living.hub, living.clock)))
    return {item.key: item.title for item in store.items(reading.source)}


def test_what_left_leaves_the_store() -> None:
    """Deleted (410) or moved to another repository (301): a census finds it, though GitHub told nobody."""
    living = Living()
    other = living.hub.repository("acme/other")
    with Store.open("sqlite://") as store:
        assert len(kept(living, store)) == 30
        living.later(days=8)
        living.shop.delete(living.shop.issues[1])
        living.shop.transfer(living.shop.issues[2], other)
        kept(living, store)
        living.later(hours=2)
        now = kept(living, store)
    assert {*now} == {f"acme/shop#{number}" for number in range(3, 31)}


def test_a_token_that_sees_nothing_any_more_deletes_nothing() -> None:
    living = Living(issues=60)
    with Store.open("sqlite://") as store:
        before = kept(living, store)
        living.later(days=8)
        living.hub.admit("ghp_x", repositories=frozenset())
        assert kept(living, store) == before


def test_a_whole_read_is_its_own_census() -> None:
    living = Living()
    with Store.open("sqlite://") as store:
        kept(living, store)
    lists = [heard for heard in living.hub.heard if "/issues?" in heard.url]
    assert len(lists) == 1


def test_a_note_that_became_an_issue_goes_and_comes() -> None:
    living = Living(issues=3)
    card = living.project.draft("an idea")
    with Store.open("sqlite://") as store:
        assert "an idea" in kept(living, store).values()
        living.project.cards.remove(card)
        living.project.add(living.shop.issue("an idea"))
        for time in ({"days": 8}, {"hours": 2}):
            living.later(**time)
            now = kept(living, store)
    assert [*now.values()].count("an idea") == 1


def test_marks_are_small() -> None:
    """The cursor is written with every batch, so it may not grow with the backlog."""
    few, many = (len(Living(issues=number).pull().cursor or "") for number in (1, 120))
    assert many <= few + 10
    assert datetime.fromisoformat(json.loads(Living().pull().cursor or "")["whole"]) == NOW


def told(living: Living, store: Store, **settings: object) -> Reading:
    """Sync once; how it went."""
    living.hub.heard.clear()
    (reading,) = asyncio.run(sync(store, [connector(**settings)], gate_to(living.hub, living.clock)))
    return reading


def asked_singly(living: Living) -> int:
    return sum(bool(re.search(r"/issues/\d+$", heard.url)) for heard in living.hub.heard)


def test_github_says_itself_what_was_deleted_and_what_was_moved() -> None:
    """Asked by number it answers 410 and 301, so that nobody has to wait for another census."""
    living = Living()
    with Store.open("sqlite://") as store:
        told(living, store, project=None)
        living.later(days=7)
        living.shop.delete(living.shop.issues[1])
        living.shop.transfer(living.shop.issues[2], living.hub.repository("acme/other"))
        reading = told(living, store, project=None)
        assert (reading.items, reading.problems) == (28, ())
        assert asked_singly(living) == 3, "one each, and one more for where it was moved to"


def test_what_the_token_may_not_see_is_kept_and_said() -> None:
    """An issue that was moved out of sight answers 404, as one does that is hidden: nobody knows, so it stays."""
    living = Living()
    living.hub.admit("ghp_x", repositories=frozenset({"acme/shop"}))
    with Store.open("sqlite://") as store:
        told(living, store, project=None)
        living.later(days=7)
        living.shop.transfer(living.shop.issues[2], living.hub.repository("acme/secret", is_private=True))
        reading = told(living, store, project=None)
        assert reading.problems == ("The token may not see some items any more (1: acme/shop#2); they are kept.",)
        living.later(hours=2)
        assert told(living, store, project=None).problems == (), "no census is due"
        assert asked_singly(living) == 0
        living.later(days=7)
        reading = told(living, store, project=None)
        assert (reading.items, len(reading.problems)) == (30, 1)


def test_so_many_are_asked_for_and_no_more() -> None:
    living = Living(issues=140)
    living.hub.execute = execute  # what GraphQL allows is not the question here
    with Store.open("sqlite://") as store:
        told(living, store, project=None)
        living.later(days=7)
        for number in range(1, 61):
            living.shop.delete(living.shop.issues[number])
        assert told(living, store, project=None).items == 90
        assert asked_singly(living) == 50
        living.later(hours=2)
        assert told(living, store, project=None).items == 80
        assert asked_singly(living) == 0, "two censuses have missed the rest"


def test_the_first_place_is_the_next_thing_to_be_done() -> None:
    living = Living(issues=4)
    note = living.project.draft("an idea")
    living.project.move(note)
    for number in (1, 2):
        living.shop.issues[number].close()
    with Store.open("sqlite://") as store:
        told(living, store)
        ranks = {item.title: item.rank for item in store.items(connector().source)}
    assert ranks == {"an idea": 1, "2": 2, "3": 3, "0": None, "1": None}


def lists(living: Living) -> list[Heard]:
    return [heard for heard in living.hub.heard if "/issues?" in heard.url]


def test_an_unchanged_night_costs_no_quota() -> None:
    """GitHub answers 304 for nothing to whoever has the answer already; the tags live in the cursor."""
    living = Living()
    token = living.hub.admit("ghp_x")
    cursor = None
    spent: list[int] = []
    given: list[int] = []
    for _ in range(4):
        before = token.rest.used if token.rest.reset and living.clock.now() < token.rest.reset else 0
        pulled = living.pull(cursor, project=None)
        cursor = pulled.cursor
        spent.append(token.rest.used - before)
        given.append(len(pulled.items))
        living.later(minutes=10)
    assert spent == [1, 1, 0, 0]
    assert given == [30, 1, 0, 0]
    living.shop.issues[3].comment("New!", by="ada")
    assert {*living.pull(cursor, project=None).by_title} == {"2", "29"}, "nothing is lost for it"


@pytest.mark.parametrize("told", [{"token": "ghs_x"}, {"order_by": "milestone"}])
def test_where_a_tag_would_be_worth_nothing_none_is_sent(told: dict[str, object]) -> None:
    living = Living()
    cursor = None
    for _ in range(3):
        cursor = living.pull(cursor, project=None, **told).cursor
        living.later(days=1)
        assert "if-none-match" not in lists(living)[0].headers
    assert json.loads(cursor or "")["tags"] == {}


def test_another_token_is_told_everything() -> None:
    living = Living()
    cursor = living.pull(living.pull(project=None).cursor, project=None).cursor
    assert len(living.pull(cursor, project=None).items) == 0
    assert len(living.pull(cursor, project=None, token="ghp_y").items) == 1


def test_a_list_of_several_pages_has_no_tag() -> None:
    """The first page may be what it was while the last one changed."""
    living = Living(issues=130)
    living.hub.execute = execute  # what GraphQL allows is not the question here
    for issue in living.shop.issues.values():
        issue.updated = NOW
    first = living.pull(project=None)
    second = living.pull(first.cursor, project=None)
    assert len(second.items) == 130
    assert json.loads(second.cursor or "")["tags"] == {}


def test_after_a_night_with_warnings_all_is_asked_again() -> None:
    living = Living()
    cursor = living.pull(living.pull().cursor).cursor
    assert [*json.loads(cursor or "")["tags"]] == ["acme/shop"]
    living.hub.projects.clear()
    lame = living.pull(cursor)
    assert lame.warnings
    assert json.loads(lame.cursor or "")["tags"] == {}
