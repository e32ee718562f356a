"""At its limit a rule about age is silent; one day later it speaks."""

import pytest

from backlint.example import ago, happened, item
from backlint.model import EMPTY, Estimate, Happening, Item, Kind, Link, LinkKind, Person, Stage, Theme
from backlint.rules.staleness.removal_candidate import RemovalCandidate
from backlint.rules.staleness.stale_backlog import StaleBacklog
from backlint.rules.staleness.stale_blocker import StaleBlocker
from backlint.rules.staleness.stale_estimate import StaleEstimate
from backlint.rules.staleness.stale_item import StaleItem
from backlint.rules.staleness.unanswered import Unanswered
from backlint.rules.staleness.unlikely_item import UnlikelyItem
from tests.rules.asking import facts, findings, missing

VISITOR = Person(id="sam", name="Sam", on_team=False)
BEYOND = pytest.mark.parametrize("is_beyond", [False, True])


def waits_for(*numbers: int) -> tuple[Link, ...]:
    return tuple(Link(kind=LinkKind.BLOCKED_BY, target=f"example:{n}", key=f"SHOP-{n}") for n in numbers)


@BEYOND
def test_what_is_next_may_be_quiet_for_ninety_days(is_beyond: bool) -> None:
    told = ["SHOP-1 was last touched by a person 91 days ago"] if is_beyond else []
    assert facts(StaleItem(), item(1, created=ago(90 + is_beyond), events=())) == told


def test_a_kind_may_have_more_patience() -> None:
    patient = StaleItem(patience={Kind.BUG: 2})
    assert facts(patient, item(1, kind=Kind.BUG, created=ago(180), events=())) == []
    (found,) = findings(patient, item(1, kind=Kind.BUG, created=ago(181), events=()))
    assert found.evidence == {"quiet_days": 181, "limit_days": 180}
    assert len(facts(patient, item(1, created=ago(181), events=()))) == 1


def test_a_blocker_may_be_quiet_for_half_a_year() -> None:
    def blocked_for(days: float) -> list[Item]:
        return [item(1, parent=EMPTY, links=waits_for(2), events=()), item(2, created=ago(days), events=())]

    assert facts(StaleBlocker(), *blocked_for(180)) == []
    (found,) = findings(StaleBlocker(), *blocked_for(181))
    assert found.fact == "waits for SHOP-2, which nobody has touched for 181 days"
    assert found.fix == "Ask who will do SHOP-2, or do without it."
    assert found.evidence == {"blocker": "SHOP-2", "quiet_days": 181, "limit_days": 180}


def test_far_down_the_one_that_waits_must_be_wanted_itself() -> None:
    def far(days: float) -> list[Item]:
        front = [item(n, created=ago(10), events=()) for n in range(3, 60)]
        waiting = item(1, rank=90, created=ago(days), parent=EMPTY, links=waits_for(2), events=())
        return [*front, waiting, item(2, rank=91, created=ago(400), events=())]

    assert len(facts(StaleBlocker(), *far(180))) == 1
    assert facts(StaleBlocker(), *far(181)) == []


def test_a_mark_on_what_waits_for_two_is_true_until_both_are_done() -> None:
    one, two = (item(n, rank=None, stage=Stage.DONE, closed=ago(3), events=()) for n in (2, 3))
    marked = item(1, parent=EMPTY, links=waits_for(2, 3), flagged=True, events=())
    (found,) = findings(StaleBlocker(), marked, one, two)
    assert found.part == "done"
    assert found.fix == "Take the mark away: it can start."
    assert found.evidence == {"blockers": ["SHOP-2", "SHOP-3"]}
    assert facts(StaleBlocker(), marked, one, item(3, created=ago(3), events=())) == []


def test_an_answer_may_take_a_fortnight() -> None:
    def waiting(days: float) -> Item:
        return item(1, author=VISITOR, created=ago(days), events=())

    assert facts(Unanswered(), waiting(14)) == []
    (found,) = findings(Unanswered(), waiting(15))
    assert found.fact == "has kept Sam waiting for an answer for 15 days"
    assert found.fix == "Answer Sam; one sentence is enough."
    assert found.evidence == {"waiting_days": 15, "limit_days": 14}


def test_four_weeks_may_pass_without_refinement_and_a_handful_is_no_backlog() -> None:
    def quiet_for(days: float, count: int = 5) -> list[Item]:
        return [item(n, created=ago(days), events=()) for n in range(1, count + 1)]

    assert facts(StaleBacklog(), *quiet_for(28)) == []
    assert facts(StaleBacklog(), *quiet_for(29)) == ["Nobody has refined the backlog for 29 days"]
    assert facts(StaleBacklog(), *quiet_for(29, count=4)) == []


def test_dropping_an_item_is_refinement_and_finishing_one_is_not() -> None:
    old = [item(n, created=ago(40), events=()) for n in range(1, 6)]

    def went(stage: Stage) -> Item:
        event = happened(Happening.STAGED, 3, stage=stage)
        return item(9, rank=None, stage=stage, created=ago(40), closed=ago(3), events=(event,))

    assert facts(StaleBacklog(), *old, went(Stage.DROPPED)) == []
    assert facts(StaleBacklog(), *old, went(Stage.DONE)) == ["Nobody has refined the backlog for 40 days"]


def test_an_unlikely_age_is_told_from_the_sixth_item_on() -> None:
    def old(count: int, days: float = 731) -> list[Item]:
        return [item(n, created=ago(days), events=()) for n in range(1, count + 1)]

    assert facts(UnlikelyItem(), *old(5)) == []
    assert facts(UnlikelyItem(), *old(6, days=730)) == []
    (found,) = findings(UnlikelyItem(), *old(6))
    assert found.fix == "Close them together, with a kind word; the eldest is SHOP-1."
    assert found.evidence["count"] == found.evidence["of"] == 6
    assert facts(UnlikelyItem(), *(each for each in old(6)), item(9, kind=Kind.EPIC, created=ago(900))) == [
        "6 of 6 waiting items are at an age at which items are hardly ever done"
    ]
    unread = [item(n, created=ago(800), events=None) for n in range(1, 7)]
    assert missing(UnlikelyItem(), *unread) == ["the items' histories"]


def test_who_touched_an_old_item_ninety_days_ago_cares_for_it() -> None:
    def touched(days: float) -> list[Item]:
        touches = [(happened(Happening.LINKED, days + n / 10),) for n in range(7)]  # not in one go, as a machine does
        return [item(n, created=ago(800), events=events) for n, events in enumerate(touches, 1)]

    assert facts(UnlikelyItem(), *touched(90)) == []
    assert len(facts(UnlikelyItem(), *touched(91))) == 1


@BEYOND
def test_a_release_counts_after_half_a_year_of_silence(is_beyond: bool) -> None:
    out = [Theme(id="v1", key="v1", title="Version 1", is_open=False)]
    left = item(1, created=ago(180 + is_beyond), themes=("v1",), events=())
    assert len(facts(RemovalCandidate(), left, themes=out)) == is_beyond


def test_what_repeats_another_goes_unless_the_other_was_dropped() -> None:
    def repeats(stage: Stage) -> list[str]:
        link = Link(kind=LinkKind.DUPLICATES, target="example:2", key="SHOP-2")
        closed = ago(3) if stage in {Stage.DONE, Stage.DROPPED} else None
        other = item(2, rank=None, stage=stage, created=ago(3), closed=closed)
        return facts(RemovalCandidate(), item(1, links=(link,), created=ago(90)), other)

    assert repeats(Stage.DROPPED) == []
    assert repeats(Stage.DONE) == ["SHOP-1 may not be needed any more: it repeats SHOP-2, which is done"]
    assert repeats(Stage.BACKLOG) == ["SHOP-1 may not be needed any more: it repeats SHOP-2"]


def test_all_that_speaks_for_removal_is_told_together() -> None:
    out = [Theme(id=f"v{n}", key=f"v{n}", title=f"Version {n}", is_open=False) for n in (1, 2)]
    links = (
        Link(kind=LinkKind.DUPLICATES, target="example:2", key="SHOP-2"),
        *(Link(kind=LinkKind.MENTIONED_BY, target=f"pull:{n}", key=f"#{n}", stage=Stage.DONE) for n in (7, 8)),
    )
    left = item(1, created=ago(200), themes=("v1", "v2"), links=links, parent="example:3", events=())
    dropped = item(3, rank=None, stage=Stage.DROPPED, closed=ago(20))
    (found,) = findings(RemovalCandidate(), left, item(2, created=ago(300)), dropped, themes=out)
    signs = [
        "SHOP-3, to which it belongs, was dropped",
        "it repeats SHOP-2",
        "what it was planned for is out: Version 1, Version 2",
        "a finished change names it: #7, #8",
        "nobody has touched it for 200 days",
    ]
    assert found.fact == f"may not be needed any more: {', '.join(signs)}"
    assert found.evidence == {"signs": signs}


def test_what_was_written_on_the_day_of_the_estimate_was_estimated() -> None:
    def sized(*days: float) -> Item:
        events = (happened(Happening.ESTIMATED, 60), *(happened(Happening.WROTE, each) for each in days))
        return item(1, created=ago(90), estimate=Estimate(value=3), events=events)

    assert facts(StaleEstimate(), sized(59.9)) == []
    assert len(facts(StaleEstimate(), sized(59))) == 1


def test_half_of_the_words_may_change() -> None:
    def rewritten(before: str | None, after: str | None, share: float = 0.5) -> list[str]:
        wrote = happened(Happening.WROTE, 20, before=before, after=after)
        events = (happened(Happening.ESTIMATED, 60), wrote, happened(Happening.RANKED, 10))
        sized = item(1, created=ago(90), estimate=Estimate(value=3), events=events)
        return facts(StaleEstimate(rewritten=share), sized)

    assert len(rewritten("Sort the list", "Sort the pages")) == 1
    assert rewritten("Sort the long list by name", "Sort the long list by size") == []
    told = ["SHOP-1 was rewritten on 2026-11-02, after it was estimated on 2026-09-23"]
    assert rewritten("", "Sort", share=1) == rewritten("Sort the list", None) == rewritten(None, "Sort") == told
