"""What people did, told from all that merely happened."""

from datetime import timedelta

import pytest

from backlint.example import NOW, PERSON, ago, happened, item
from backlint.model import Backlog, Event, Happening, Item, People, Person
from backlint.model.activity import Activity, Turn

ROBOT = Person(id="account:1", name="tidy[bot]")
MEMBER = Person(id="account:2", name="Kim", on_team=True)
VISITOR = Person(id="account:3", name="Sam", on_team=False)


@pytest.mark.parametrize(
    "event",
    [
        happened(Happening.COMMENTED, 1, actor=ROBOT),
        happened(Happening.COMMENTED, 1, actor=Person(id="x", name="Somebody", is_bot=True)),
        happened(Happening.COMMENTED, 1, is_ours=True),
        happened(Happening.RANKED, 1),
        happened(Happening.OTHER, 1, field="Workflow"),
        happened(Happening.OTHER, 1, field="Key"),
        happened(Happening.OTHER, 1, field="RemoteIssueLink"),
    ],
    ids=["bot by name", "bot by account", "our note", "rank", "migration", "move", "named by a page"],
)
def test_is_no_activity(event: Event) -> None:
    assert Activity().last(item(created=ago(90), events=(event,))) == ago(90)


@pytest.mark.parametrize("what", sorted(set(Happening) - {Happening.RANKED}))
def test_what_a_person_did_is_activity(what: Happening) -> None:
    assert Activity().last(item(created=ago(90), events=(happened(what, 2),))) == ago(2)


def test_unread_history_is_no_answer() -> None:
    backlog = Backlog([item(events=None)], now=NOW)
    assert backlog.quiet_for(backlog.items[0]) is None


def test_age_is_never_negative() -> None:
    tomorrow = item(created=ago(-2), events=(happened(Happening.COMMENTED, -1),))
    assert Backlog([tomorrow], now=NOW).quiet_for(tomorrow) == timedelta()


@pytest.mark.parametrize(
    ("events", "turn"),
    [
        ((), Turn.TEAM),
        ((happened(Happening.COMMENTED, 3, actor=MEMBER),), Turn.OUTSIDER),
        ((happened(Happening.LABELLED, 3, actor=MEMBER),), Turn.OUTSIDER),
        ((happened(Happening.COMMENTED, 3, actor=MEMBER), happened(Happening.COMMENTED, 2, actor=VISITOR)), Turn.TEAM),
        ((happened(Happening.COMMENTED, 3, actor=MEMBER), happened(Happening.LINKED, 2, actor=VISITOR)), Turn.OUTSIDER),
        ((happened(Happening.COMMENTED, 3, actor=VISITOR), happened(Happening.COMMENTED, 2, actor=ROBOT)), Turn.TEAM),
        ((happened(Happening.COMMENTED, 2, actor=VISITOR), happened(Happening.COMMENTED, 3, actor=MEMBER)), Turn.TEAM),
    ],
)
def test_whose_turn_it_is(events: tuple[Event, ...], turn: Turn) -> None:
    last = Activity().last_word(item(author=VISITOR, events=events))
    assert last is not None
    assert last.turn is turn


@pytest.mark.parametrize(
    "unknown",
    [item(author=VISITOR, events=None), item(author=PERSON, events=()), item(events=())],
    ids=["history", "team", "author"],
)
def test_turn_is_unknown_where_it_is_not_said(unknown: Item) -> None:
    assert Activity().last_word(unknown) is None


def test_who_is_on_the_team_is_remembered_from_where_it_was_said() -> None:
    kim, sam = (Person(id=person.id, name=person.name) for person in (MEMBER, VISITOR))
    elsewhere = item(2, author=MEMBER, events=())
    labelled_by_kim = (happened(Happening.COMMENTED, 3, actor=VISITOR), happened(Happening.LABELLED, 2, actor=kim))
    backlog = Backlog([item(1, author=sam, events=labelled_by_kim), elsewhere], now=NOW)
    assert backlog.activity.on_team(kim)
    assert backlog.activity.on_team(sam) is False
    last = backlog.activity.last_word(backlog.items[0])
    assert last
    assert last.turn is Turn.OUTSIDER


def test_whoever_triages_what_others_wrote_is_on_the_team() -> None:
    def labelled(number: int, by: Person) -> Item:
        return item(number, author=VISITOR, events=(happened(Happening.LABELLED, number, actor=by),))

    ann, bob = Person(id="ann", name="Ann"), Person(id="bob", name="Bob")
    mine = [item(100 + n, author=bob, events=(happened(Happening.LABELLED, n, actor=bob),)) for n in range(9)]
    often, seldom = [labelled(n, ann) for n in range(1, 6)], [labelled(n, bob) for n in range(6, 10)]
    activity = Backlog([*often, *seldom, *mine], now=NOW).activity
    assert (activity.on_team(ann), activity.on_team(bob)) == (True, None)


def test_whoever_triages_is_taken_for_the_team_unless_it_is_the_author() -> None:
    asked = happened(Happening.COMMENTED, 3, actor=VISITOR)
    triaged = item(author=VISITOR, events=(asked, happened(Happening.LABELLED, 2, actor=PERSON)))
    closed_by_author = item(author=PERSON, events=(asked, happened(Happening.LABELLED, 2, actor=PERSON)))
    last = [Activity().last_word(each) for each in (triaged, closed_by_author)]
    assert [each.turn for each in last if each] == [Turn.OUTSIDER, Turn.TEAM]


def test_a_team_may_say_who_it_is() -> None:
    people = People(team=("robin",), bots=("nightly-*",), owners=("Robin",))
    last = Activity(people).last_word(item(author=PERSON, events=()))
    assert last is not None
    assert last.turn is Turn.OUTSIDER
    assert people.on_team(VISITOR) is False
    assert people.is_bot(Person(id="7", name="Nightly-build"))
    assert not people.is_bot(PERSON)
    assert people.is_owner(PERSON)
    assert People().is_owner(PERSON) is None


def test_where_nobody_said_a_word_nobody_has_the_last_one() -> None:
    """A machine brought the item, and an outsider only moved its date."""
    dated = happened(Happening.DATED, 3, actor=VISITOR)
    assert Activity().last_word(item(author=Person(id="ci", name="CI", is_bot=True), events=(dated,))) is None
