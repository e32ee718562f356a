"""The smaller staleness rules, beyond their examples."""

from typing import Any

import pytest

from backlint.example import ago, happened, item
from backlint.finding import Confidence
from backlint.model import (
    EMPTY,
    Estimate,
    Event,
    Happening,
    Item,
    Kind,
    Link,
    LinkKind,
    People,
    Person,
    Sprint,
    SprintState,
    Stage,
    Theme,
)
from backlint.rules.staleness.carried_over import CarriedOver
from backlint.rules.staleness.removal_candidate import RemovalCandidate
from backlint.rules.staleness.stale_blocker import StaleBlocker
from backlint.rules.staleness.stale_estimate import StaleEstimate
from backlint.rules.staleness.stuck_in_progress import StuckInProgress
from backlint.rules.staleness.unanswered import Unanswered
from backlint.rules.staleness.unlikely_item import UnlikelyItem
from tests.rules.asking import facts, findings, missing

MEMBER = Person(id="kim", name="Kim", on_team=True)
VISITOR = Person(id="sam", name="Sam", on_team=False)


def sprint(name: str, state: SprintState) -> Sprint:
    return Sprint(id=name, name=name, state=state)


def begun(number: int, days: float) -> Item:
    events = (happened(Happening.STAGED, days, stage=Stage.DOING),)
    return item(number, stage=Stage.DOING, created=ago(200), events=events)


def finished(number: int, days: float) -> Item:
    events = (
        happened(Happening.STAGED, 30 + days, stage=Stage.DOING),
        happened(Happening.STAGED, 30, stage=Stage.DONE),
    )
    return item(number, rank=None, stage=Stage.DONE, created=ago(200), closed=ago(30), events=events)


def test_only_finished_sprints_count_as_left_over() -> None:
    sprints = [sprint("1", SprintState.CLOSED), sprint("2", SprintState.ACTIVE), sprint("3", SprintState.FUTURE)]
    assert not facts(CarriedOver(), item(1, sprints=("1", "2", "3", "unknown")), sprints=sprints)
    over = [sprint(name, SprintState.CLOSED) for name in "12"]
    assert facts(CarriedOver(), item(1, sprints=("1", "2")), sprints=over) == ["SHOP-1 was left over from 2 sprints"]
    assert not facts(CarriedOver(), item(1, sprints=("1", "2"), stage=Stage.DONE), sprints=over)


def test_stuck_is_measured_on_the_teams_own_past() -> None:
    past = [finished(100 + n, days=20) for n in range(20)]
    assert not facts(StuckInProgress(), begun(1, 19), *past)
    [found] = findings(StuckInProgress(), begun(1, 21), *past)
    assert found.limit == "20 days: 85 % of the 20 items that this team finished in the last year took less"


def test_a_slow_past_is_no_excuse() -> None:
    past = [finished(100 + n, days=300) for n in range(20)]
    assert not facts(StuckInProgress(), begun(1, 90), *past)
    [found] = findings(StuckInProgress(), begun(1, 91), *past)
    assert found.limit == "90 days"


def test_a_fast_team_is_not_nagged_over_a_weekend() -> None:
    past = [finished(100 + n, days=0.5) for n in range(20)]
    assert not facts(StuckInProgress(), begun(1, 4), *past)
    [found] = findings(StuckInProgress(), begun(1, 6), *past)
    assert found.limit == "5 days"


def old(days: float, touched: float | None = None) -> list[Item]:
    touches = [() if touched is None else (happened(Happening.LINKED, touched - n),) for n in range(1, 8)]
    return [item(n, created=ago(days + n), events=events) for n, events in enumerate(touches, 1)]


def test_unlikely_items_are_told_together_the_eldest_first() -> None:
    [found] = findings(UnlikelyItem(), *old(800), item(20, created=ago(3), events=()))
    assert found.fact == "7 of 8 waiting items are at an age at which items are hardly ever done"
    assert found.limit == "730 days: of 3,031 items of other teams, 5 % of those as old were done within a year"
    assert found.evidence["keys"] == [f"SHOP-{n}" for n in range(7, 0, -1)]
    assert not facts(UnlikelyItem(), *old(800)[:5]), "a handful may stay"


def test_what_a_person_touched_lately_is_not_unlikely() -> None:
    cared_for = old(800, touched=91)
    assert not facts(UnlikelyItem(), *cared_for)
    assert facts(UnlikelyItem(cared_for_days=60), *cared_for)


def test_unlikely_is_undecided_where_closed_items_have_no_dates() -> None:
    undated = [item(n, rank=None, stage=Stage.DONE) for n in range(12, 19)]
    assert missing(UnlikelyItem(), *old(800), *undated) == ["when items were closed"]


def waiting(**fields: Any) -> Item:
    links = (Link(kind=LinkKind.BLOCKED_BY, target="elsewhere:7", key="OTHER-7", stage=Stage.DROPPED),)
    return item(1, **{"parent": EMPTY, "links": links, "events": (), **fields})


def test_a_blocker_in_another_tracker_is_judged_by_what_its_link_says() -> None:
    assert facts(StaleBlocker(), waiting()) == ["SHOP-1 waits for OTHER-7, which was dropped"]


def test_two_dropped_blockers_elsewhere_are_two_findings() -> None:
    links = (
        Link(kind=LinkKind.BLOCKED_BY, target=f"elsewhere:{n}", key=f"OTHER-{n}", stage=Stage.DROPPED) for n in (7, 8)
    )
    found = findings(StaleBlocker(), waiting(links=tuple(links)))
    assert [each.part for each in found] == ["elsewhere:7", "elsewhere:8"]


def test_a_blocker_of_unknown_fate_is_undecided() -> None:
    link = Link(kind=LinkKind.BLOCKED_BY, target="elsewhere:7", key="OTHER-7")
    assert missing(StaleBlocker(), waiting(links=(link,))) == ["what became of blockers elsewhere"]


@pytest.mark.parametrize("mark", [{"flagged": True}, {"labels": frozenset({"Blocked"})}, {"status": "On hold"}])
def test_a_mark_outlives_what_it_was_for(mark: dict[str, object]) -> None:
    done = (Link(kind=LinkKind.BLOCKED_BY, target="elsewhere:7", key="OTHER-7", stage=Stage.DONE),)
    assert not facts(StaleBlocker(), waiting(links=done))
    told = facts(StaleBlocker(), waiting(links=done, **mark))
    assert told == ["SHOP-1 is marked as blocked, but all that it waited for is done"]


def asked(text: str | None) -> Item:
    question = happened(Happening.COMMENTED, 30, actor=VISITOR, text=text)
    return item(1, created=ago(90), author=MEMBER, events=(question,))


@pytest.mark.parametrize("text", ["When?", "> it fails\nAny idea why?", "何時ですか？"])  # noqa: RUF001 - as it is written
def test_a_question_wants_an_answer(text: str) -> None:
    assert facts(Unanswered(), asked(text)) == ["SHOP-1 has kept Sam waiting for an answer for 30 days"]


@pytest.mark.parametrize(
    "text",
    ["Thanks.", "> why?\nBecause.", "See https://x.example/?page=2", "```\nselect ?\n```\nworks", "Use `a ? b : c`."],
)
def test_what_is_no_question_wants_none(text: str) -> None:
    assert not facts(Unanswered(), asked(text))


def test_a_comment_of_a_million_lines_is_read() -> None:
    assert not facts(Unanswered(), asked("\n" * 1_000_000 + "~~~\n" + "> `\n" * 10_000))


def test_an_unread_comment_is_undecided() -> None:
    assert missing(Unanswered(), asked(None)) == ["the text of the comments"]


def test_the_team_may_be_told_by_configuration() -> None:
    robin = item(1, author=Person(id="robin", name="Robin"), created=ago(40), events=())
    assert missing(Unanswered(), robin) == ["who is on the team"]
    assert facts(Unanswered(), robin, people=People(team=("Kim",)))
    assert not facts(Unanswered(), robin, people=People(team=("Robin",)))


def repeats(number: int, other: int) -> Item:
    link = Link(kind=LinkKind.DUPLICATES, target=f"example:{other}", key=f"SHOP-{other}")
    return item(number, links=(link,), created=ago(100 - number))


def test_of_two_that_name_each_other_the_younger_goes() -> None:
    assert facts(RemovalCandidate(), repeats(1, 2), repeats(2, 1)) == [
        "SHOP-2 may not be needed any more: it repeats SHOP-1"
    ]


def test_a_release_counts_only_against_what_nobody_touches() -> None:
    out = [Theme(id="v1", key="v1", title="Version 1", is_open=False), Theme(id="v2", key="v2", title="Version 2")]
    assert not facts(RemovalCandidate(), item(1, created=ago(90), themes=("v1",), events=()), themes=out)
    assert not facts(RemovalCandidate(), item(1, created=ago(400), themes=("v1", "v2"), events=()), themes=out)
    assert not facts(RemovalCandidate(), item(1, created=ago(400), themes=("gone",), events=()), themes=out)
    [found] = findings(RemovalCandidate(), item(1, created=ago(400), themes=("v1",), events=()), themes=out)
    assert found.evidence["signs"] == [
        "what it was planned for is out: Version 1",
        "nobody has touched it for 400 days",
    ]


def sized(*events: Event) -> Item:
    return item(1, created=ago(90), kind=Kind.STORY, estimate=Estimate(value=3), events=events)


def test_the_last_estimate_counts_and_only_what_people_wrote() -> None:
    first, again = happened(Happening.ESTIMATED, 60), happened(Happening.ESTIMATED, 10)
    bot = Person(id="b", name="tidy[bot]")
    assert facts(StaleEstimate(), sized(first, happened(Happening.WROTE, 20)))
    assert not facts(StaleEstimate(), sized(first, happened(Happening.WROTE, 20), again))
    assert not facts(StaleEstimate(), sized(first, happened(Happening.WROTE, 20, actor=bot)))


def test_an_unseen_change_is_said_with_low_confidence() -> None:
    first = happened(Happening.ESTIMATED, 60)
    [unseen] = findings(StaleEstimate(), sized(first, happened(Happening.WROTE, 20)))
    [seen] = findings(StaleEstimate(), sized(first, happened(Happening.WROTE, 20, before="One.", after="Two, three.")))
    assert (unseen.confidence, seen.confidence) == (Confidence.LOW, Confidence.MEDIUM)
