import pytest

from backlint.example import ago, happened, item
from backlint.model import Event, Happening, Item, Person, Stage
from backlint.rules.staleness.stale_backlog import StaleBacklog
from tests.rules.asking import facts, missing

QUIET = tuple(item(number, created=ago(300), events=()) for number in range(1, 9))


def after(*events: Event, stage: Stage = Stage.BACKLOG) -> list[str]:
    return facts(StaleBacklog(), *QUIET, item(9, created=ago(300), stage=stage, events=events))


def test_says_how_long() -> None:
    assert facts(StaleBacklog(), *QUIET) == ["Nobody has refined the backlog for 300 days"]


@pytest.mark.parametrize(
    "event",
    [
        happened(Happening.RANKED, 3),
        happened(Happening.COMMENTED, 3),
        happened(Happening.ESTIMATED, 3),
        happened(Happening.WROTE, 3),
    ],
    ids=lambda event: event.what,
)
def test_any_refinement_of_one_item_is_one_of_the_backlog(event: Event) -> None:
    assert not after(event)


@pytest.mark.parametrize(
    ("event", "stage"),
    [
        (happened(Happening.STAGED, 3, stage=Stage.DOING), Stage.DOING),
        (happened(Happening.COMMENTED, 3), Stage.DONE),
        (happened(Happening.RANKED, 3, actor=Person(id="b", name="tidy[bot]")), Stage.BACKLOG),
        (happened(Happening.RANKED, 3, is_ours=True), Stage.BACKLOG),
    ],
    ids=["work", "a word on what is done", "a bot", "we"],
)
def test_is_no_refinement(event: Event, stage: Stage) -> None:
    assert after(event, stage=stage)


def test_throwing_away_is_refinement() -> None:
    assert not after(happened(Happening.STAGED, 3, stage=Stage.DROPPED), stage=Stage.DROPPED)


def test_a_new_item_is_refinement() -> None:
    new = item(9, created=ago(3), events=None)
    assert not facts(StaleBacklog(), *QUIET, new)


def unread(number: int) -> Item:
    return item(number, created=ago(300), events=None)


def test_one_unread_history_may_hold_the_refinement() -> None:
    assert not facts(StaleBacklog(), *QUIET, unread(9))
    assert missing(StaleBacklog(), *QUIET, unread(9)) == ["the items' histories"]
