"""At its limit a rule about the flow is silent; one step beyond it speaks."""

import pytest

from backlint.example import PERSON, ago, happened, item
from backlint.model import EMPTY, Estimate, Happening, Item, Kind, People, Person, Sprint, SprintState, Stage
from backlint.rules.flow.backlog_too_long import BacklogTooLong
from backlint.rules.flow.done_but_open import DoneButOpen
from backlint.rules.flow.inflow_over_outflow import InflowOverOutflow
from backlint.rules.flow.kind_mix import Bounds, KindMix
from backlint.rules.flow.overcommitted_sprint import OvercommittedSprint
from backlint.rules.flow.too_much_in_progress import TooMuchInProgress
from backlint.rules.flow.unowned_backlog import UnownedBacklog
from backlint.rules.flow.untracked_work import UntrackedWork
from backlint.rules.flow.untriaged_inbox import UntriagedInbox
from tests.rules.asking import facts, findings, missing
from tests.rules.flow.test_flow import blank, doing, done, waiting

KIM = Person(id="kim", name="Kim")


@pytest.mark.parametrize(("finished", "told"), [(9, 0), (10, 1)])
def test_ten_finished_items_make_a_pace(finished: int, told: int) -> None:
    assert len(facts(BacklogTooLong(), *waiting(200), *done(finished))) == told
    assert len(missing(BacklogTooLong(), *waiting(200), *done(finished))) == 1 - told


def test_a_year_of_work_may_wait() -> None:
    assert facts(BacklogTooLong(weeks=12, months=12), *waiting(52), *done(12)) == []
    (found,) = findings(BacklogTooLong(weeks=12, months=12), *waiting(53), *done(12))
    assert found.evidence == {"waiting": 53, "done": 12, "weeks": 12, "months": 12.2}


def test_growth_is_told_from_ten_items_and_a_quarter_more_on() -> None:
    new = waiting(50, created=ago(20))
    assert facts(InflowOverOutflow(), *new, *done(40)) == []
    assert facts(InflowOverOutflow(), *new, *done(39)) == ["In 12 weeks 50 items came in and 39 went out"]
    assert facts(InflowOverOutflow(), *waiting(10, created=ago(20)), *done(1)) == []
    assert len(facts(InflowOverOutflow(), *waiting(11, created=ago(20)), *done(1))) == 1


def test_two_for_each_person_are_not_too_much() -> None:
    lee = Person(id="lee", name="Lee")
    assert facts(TooMuchInProgress(at_least_items=4), *(doing(n, KIM, lee) for n in range(1, 5))) == []
    assert facts(TooMuchInProgress(), *(doing(n, KIM) for n in range(1, 5))) == []
    told = ["5 items are in progress, held by 2 people"]
    assert facts(TooMuchInProgress(), *(doing(n, KIM, lee) for n in range(1, 6))) == told


def test_half_of_what_waits_may_be_bugs() -> None:
    def mix(bugs: int, count: int) -> list[Item]:
        return [item(n, kind=Kind.BUG if n <= bugs else Kind.STORY) for n in range(1, count + 1)]

    assert facts(KindMix(), *mix(10, 20)) == []
    assert facts(KindMix(), *mix(19, 19)) == []
    (found,) = findings(KindMix(), *mix(11, 20))
    assert (found.limit, found.evidence) == ("50% at most", {"share": 0.55, "count": 11, "of": 20})
    assert found.fix == "Look at what bug items displace, and decide how many of them you will plan."


def test_a_mix_is_of_what_waits_to_be_planned() -> None:
    bugs, stories = ([item(at + n, kind=kind) for n in range(10)] for at, kind in ((1, Kind.BUG), (11, Kind.STORY)))
    begun = [item(20 + n, kind=Kind.BUG, stage=Stage.DOING) for n in range(1, 9)]
    epics = [item(30 + n, kind=Kind.EPIC) for n in range(1, 9)]
    assert facts(KindMix(), *bugs, *stories, *begun, *epics) == [], "half may be bugs"
    assert len(facts(KindMix(), *bugs, *stories, *epics, item(40, kind=Kind.BUG))) == 1


def test_who_sets_a_least_share_is_told_what_may_be_missing() -> None:
    wanted = KindMix(bounds={Kind.DEBT: Bounds(at_least=0.1)})
    debts = [item(n, kind=Kind.DEBT) for n in (1, 2)]
    (found,) = findings(wanted, *debts, *(item(n) for n in range(3, 24)))
    assert (found.limit, found.evidence) == ("10% at least", {"share": 0.087, "count": 2, "of": 23})
    assert found.fix == "Ask which debt work is done without standing in the backlog, and write it down."
    assert facts(wanted, *debts, *(item(n) for n in range(3, 21))) == []


def test_one_in_five_may_be_of_an_unknown_kind() -> None:
    def mix(unknown: int) -> list[Item]:
        return [item(n, kind=Kind.UNKNOWN if n <= unknown else Kind.BUG) for n in range(1, 21)]

    assert len(facts(KindMix(), *mix(4))) == 1
    assert missing(KindMix(), *mix(5)) == ["the kinds of the items"]


def test_a_sprint_may_hold_what_the_team_does() -> None:
    sprints = [Sprint(id="now", name="now", state=SprintState.ACTIVE, start=ago(3), end=ago(-11))]

    def planned(points: float) -> list[str]:
        items = [item(1, sprints=("now",), estimate=Estimate(value=points))]
        return facts(OvercommittedSprint(share=1), *items, sprints=sprints, velocity=20)

    assert planned(20) == []
    assert planned(21) == ["now holds 21 points"]


def test_a_running_sprint_without_items_hides_no_full_one() -> None:
    now = Sprint(id="now", name="now", state=SprintState.ACTIVE, start=ago(3), end=ago(-11))
    full = Sprint(id="next", name="next", state=SprintState.FUTURE, start=ago(-11), end=ago(-25))
    planned = item(1, sprints=("next",), estimate=Estimate(value=30))
    assert facts(OvercommittedSprint(), planned, sprints=[now, full], velocity=20) == ["next holds 30 points"]


@pytest.mark.parametrize(("days", "told"), [(6, 0), (7, 1)])
def test_an_epic_has_a_week_to_be_closed(days: float, told: int) -> None:
    epic = item(1, kind=Kind.EPIC, created=ago(90), links=(), events=())
    below = [item(n, rank=None, parent=epic.id, stage=Stage.DONE, closed=ago(days)) for n in (2, 3)]
    assert len(facts(DoneButOpen(), epic, *below)) == told


def test_five_may_wait_for_a_first_look_and_each_a_fortnight() -> None:
    assert facts(UntriagedInbox(), *(blank(n) for n in range(1, 6))) == []
    assert facts(UntriagedInbox(), *(blank(n, created=ago(14)) for n in range(1, 7))) == []
    assert len(facts(UntriagedInbox(), *(blank(n, created=ago(15)) for n in range(1, 7)))) == 1
    assert facts(UntriagedInbox(), *(blank(n, kind=Kind.EPIC) for n in range(1, 7))) == []
    assert missing(UntriagedInbox(), *(blank(n) for n in range(1, 6))) == []
    assert missing(UntriagedInbox(), *(blank(n) for n in range(1, 6)), blank(6, author=None)) == [
        "histories, labels, owners, themes and parents of all items"
    ]
    (found,) = findings(UntriagedInbox(), *(blank(n) for n in range(1, 31)))
    assert found.evidence["keys"] == [f"SHOP-{n}" for n in range(1, 21)]


def changed(number: int, who: Person, days: float = 0) -> Item:
    what = Happening.PRIORITISED if number % 2 else Happening.RANKED
    return item(number, events=(happened(what, days or number, actor=who),))


def test_others_may_make_half_of_the_changes() -> None:
    owned = People(owners=("Kim",))
    half = [changed(n, KIM if n % 2 else PERSON) for n in range(1, 11)]
    assert facts(UnownedBacklog(), *half, people=owned) == []
    assert facts(UnownedBacklog(), *(changed(n, PERSON) for n in range(1, 10)), people=owned) == []
    (found,) = findings(UnownedBacklog(), *(changed(n, PERSON) for n in range(1, 11)), people=owned)
    assert found.fact == "In 90 days 10 of 10 changes of the order were made by others than its owners"
    assert found.evidence == {"changes": 10, "days": 90}


def test_one_person_who_makes_the_named_share_of_the_changes_owns_the_order() -> None:
    crowd = [changed(n, Person(id=f"{n // 2}", name=f"{n // 2}")) for n in range(2, 12)]
    assert facts(UnownedBacklog(by_one=0.2), *crowd) == []
    assert facts(UnownedBacklog(by_one=0.21), *crowd) == [
        "In 90 days 5 people changed the order 10 times, and nobody made even 21% of the changes"
    ]


def test_changes_are_counted_for_ninety_days() -> None:
    owned = People(owners=("Kim",))
    assert facts(UnownedBacklog(), *(changed(n, PERSON, 80 + n) for n in range(1, 11)), people=owned) == []
    assert len(facts(UnownedBacklog(), *(changed(n, PERSON, 79.9 + n) for n in range(1, 11)), people=owned)) == 1


def test_a_third_may_be_begun_as_soon_as_it_is_written() -> None:
    def begun(number: int, hours: float) -> Item:
        event = happened(Happening.STAGED, 30 - hours / 24, stage=Stage.DONE)
        return item(number, rank=None, stage=Stage.DONE, created=ago(30), closed=ago(9), events=(event,))

    later = [begun(n, 100) for n in range(1, 16)]
    assert facts(UntrackedWork(at_most=0.25), *later, *(begun(n, 0.1) for n in range(20, 25))) == []
    told = ["6 of 21 finished items were begun as soon as they were written down"]
    assert facts(UntrackedWork(at_most=0.25), *later, *(begun(n, 0.1) for n in range(20, 26))) == told
    assert facts(UntrackedWork(), *(begun(n, 1) for n in range(1, 31))) == [], "an hour later it stood in the backlog"
    assert facts(UntrackedWork(), *(begun(n, 0.1) for n in range(1, 10))) == []
    (found,) = findings(UntrackedWork(), *(begun(n, 0.1) for n in range(101, 131)))
    assert found.evidence["at_once"] == [f"SHOP-{n}" for n in range(101, 121)]


def test_a_closed_backlog_has_no_parents_to_ask() -> None:
    assert missing(DoneButOpen(), item(1, parent=EMPTY, links=None)) == ["the item's links"]
    assert missing(DoneButOpen(), item(1, parent=EMPTY, links=())) == []
