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


def asked(living: Living) -> int:
    return len([heard for heard in living.hub.heard if b"query Probe" not in heard.body])


def test_an_unchanged_night_is_one_question() -> None:
    """With the labels and milestones of a repository GitHub tells what changed last; all of that is known."""
    living = Living()
    cursor = living.pull(project=None).cursor
    for _ in range(5):
        living.later(days=1)
        pulled = living.pull(cursor, project=None)
        cursor = pulled.cursor
        assert (asked(living), pulled.items) == (1, {})
    living.shop.issues[3].comment("New!", by="ada")
    assert [*living.pull(cursor, project=None).by_title] == ["2"], "and nothing is lost for it"
    assert asked(living) == 3


def test_after_a_bulk_edit_the_list_is_not_read_whole_every_night() -> None:
    """All cards have one moment, that of the edit, and it stays the newest until somebody moves a card."""
    living = Living(issues=60)
    for card in living.cards:
        card.updated = NOW - timedelta(hours=1)
    cursor = living.pull().cursor
    for _ in range(3):
        living.later(days=1)
        pulled = living.pull(cursor)
        cursor = pulled.cursor
        assert (asked(living), pulled.items) == (3, {})
    living.project.put(living.cards[4], "Estimate", 8)
    assert "4" in living.pull(cursor).by_title


@given(st.lists(st.sampled_from(["touch", "close", "new", "card", "late", "pass"]), min_size=1, max_size=12))
@settings(max_examples=20, deadline=None)
def test_whatever_happens_between_the_nights_is_seen(happenings: list[str]) -> None:
    """Also within the same second as the read, and if GitHub shows a change minutes after it was made."""
    living = Living(issues=6)
    living.hub.execute = execute  # what GraphQL allows is not the question here
    pulled = living.pull()
    seen = {**pulled.items}
    for number, what in enumerate(happenings):
        issue = living.shop.issues[1 + number % 6]
        if what == "card":
            living.project.put(living.cards[number % 6], "Estimate", number)
        elif what == "late":
            issue.body, issue.updated = f"late {number}", living.clock.now() - timedelta(minutes=3)
        elif what == "pass":
            living.later(minutes=20)
        elif what == "new":
            living.shop.issue(f"new {number}", f"new {number}")
        else:
            issue.comment("again", by="ada") if what == "touch" else issue.close()
            issue.body = f"{what} {number}"
        pulled = living.pull(pulled.cursor)
        seen |= pulled.items
    for issue in living.shop.issues.values():
        assert seen[f"acme/shop#{issue.number}"].body == (issue.body or "")
    for number, card in enumerate(living.cards):
        held = seen[f"acme/shop#{number + 1}"].estimate
        assert (held.value if isinstance(held, Estimate) else None) == card.values.get("Estimate")


def test_a_large_edit_is_read_again_until_it_is_over() -> None:
    """The cursor stays small, so it does not remember thousands."""
    living = Living(issues=3)
    living.hub.execute = execute
    for issue in [living.shop.issue("more", at=NOW - timedelta(days=1)) for _ in range(600)]:
        issue.updated = NOW - timedelta(hours=1)
    cursor = living.pull(project=None).cursor
    assert len(cursor or "") < 9_000
    living.later(days=1)
    assert len(living.pull(cursor, project=None).items) == 100


def test_what_was_just_changed_is_read_again() -> None:
    """GitHub tells whole seconds: what changes twice within one looks as if it had changed once."""
    living = Living()
    living.shop.issues[3].comment("One", by="ada")
    cursor = living.pull(project=None).cursor
    living.shop.issues[3].comment("Two", by="ada")
    events = living.pull(cursor, project=None).by_title["2"].events
    assert [event.text for event in events or ()][-1] == "Two"


def test_after_a_night_with_warnings_the_last_minutes_are_read_again() -> None:
    living = Living()
    cursor = living.pull().cursor
    assert [*json.loads(cursor or "")["seen"]] == ["acme/shop"]
    living.later(days=1)
    project = living.hub.projects.pop(("acme", 4))
    lame = living.pull(cursor)
    assert lame.warnings
    living.hub.projects["acme", 4] = project
    assert [*living.pull(lame.cursor).by_title] == ["29"]
