from backlint.catalog import load
from backlint.engine import lint
from backlint.example import NOW, ago, item
from backlint.finding import Severity
from backlint.model import EMPTY, Backlog, Band, Estimate, Item, Kind, Link, LinkKind, Pace, Sprint, SprintState, Stage
from backlint.planning import Demands, Planning, agenda, plan
from backlint.rule import Rule

NAMES = ("missing-acceptance-criteria", "missing-description", "missing-estimate", "bug-report")
RULES = [load(Rule, name)() for name in NAMES]
STEADY = Pace(per_sprint=10, samples=(10, 10, 10))


def ready(number: int, **fields: object) -> Item:
    body = f"Price list {number} shows the tax.\n\n## Acceptance criteria\n- Each price of list {number} shows its tax."
    return item(number, **({"body": body, "estimate": Estimate(value=5), "links": (), "parent": EMPTY} | fields))


def planned(*items: Item, demands: Demands | None = None, **around: object) -> Planning:
    backlog = Backlog(items, now=NOW, **({"pace": STEADY} | around))  # type: ignore[arg-type]  # settings by name
    return plan(backlog, lint(backlog, RULES), demands)


def test_ready_work_is_counted_and_unready_work_in_between_is_not() -> None:
    planning = planned(ready(1), ready(2, body=""), ready(3), ready(4), ready(5))
    assert [each.is_ready for each in planning.coming] == [True, False, True, True, True]
    assert (planning.work, planning.runway) == (20, 2.0)
    assert [each.sprints for each in planning.coming] == [0.5, 0.5, 1.0, 1.5, 2.0]


def test_each_next_item_says_exactly_what_it_lacks() -> None:
    planning = planned(ready(1), ready(2, body="", estimate=EMPTY), ready(3))
    assert [each.item.key for each in planning.next] == ["SHOP-1", "SHOP-2"]
    lacks = {finding.rule for finding in planning.next[1].lacks}
    assert {"missing-description", "missing-estimate"} <= lacks
    assert [each.item.key for each in planning.unestimated] == ["SHOP-2"]
    assert not planning.can_plan


def test_the_team_can_plan_when_the_next_are_ready_and_the_work_lasts() -> None:
    assert planned(*(ready(n) for n in range(1, 6))).can_plan
    assert not planned(*(ready(n) for n in range(1, 3))).can_plan
    assert not planned().can_plan


def test_without_a_pace_the_items_decide_and_it_is_said() -> None:
    planning = planned(ready(1), ready(2), pace=None)
    assert planning.can_plan
    assert (planning.work, planning.runway) == (2.0, None)
    assert planning.missing == ("the team's velocity",)


def test_blocked_items_name_what_they_wait_for() -> None:
    foreign = (Link(kind=LinkKind.BLOCKED_BY, target="other:7", key="PAY-7", stage=Stage.BACKLOG),)
    planning = planned(ready(1, links=foreign), ready(2))
    assert [(each.item.key, each.waits_for) for each in planning.blocked] == [("SHOP-1", ("PAY-7",))]


def test_a_team_may_demand_something_else_of_each_kind() -> None:
    bug = ready(1, kind=Kind.BUG, body="It is broken, every time.")
    assert not planned(bug).next[0].is_ready
    assert planned(bug, demands=Demands(by_kind={Kind.BUG: frozenset({"missing-estimate"})})).next[0].is_ready
    assert planned(ready(1, estimate=EMPTY), demands=Demands(severity=Severity.ERROR)).next[0].is_ready


def test_a_sprint_that_holds_too_much_keeps_from_planning() -> None:
    sprint = Sprint(id="7", name="Sprint 7", state=SprintState.FUTURE, start=ago(-3), end=ago(-17))
    planning = planned(*(ready(n, sprints=("7",)) for n in range(1, 6)), sprints=[sprint])
    (commitment,) = planning.commitments
    assert (commitment.items, commitment.held, commitment.velocity) == (5, 25, 10)
    assert commitment.is_too_much
    assert not planning.can_plan


def test_only_what_is_next_and_soon_is_shown() -> None:
    planning = planned(*(ready(n) for n in range(1, 30)))
    assert {each.band for each in planning.coming} == {Band.NEXT, Band.SOON}
    assert len(planning.coming) == 8


def test_the_agenda_goes_from_the_top_as_far_as_the_time_goes() -> None:
    planning = planned(*(ready(n, body="") for n in range(1, 9)))
    talk = agenda(planning, minutes=45)
    assert [topic.item.key for topic in talk.topics] == [f"SHOP-{n}" for n in range(1, len(talk.topics) + 1)]
    assert talk.minutes <= 45
    assert len(talk.topics) + len(talk.left) == sum(bool(each.lacks) for each in planning.coming)
    assert "What is wanted, for whom, and why now?" in talk.topics[0].questions


def test_the_agenda_is_split_evenly_and_nobody_gets_the_same_item() -> None:
    planning = planned(*(ready(n, body="") for n in range(1, 9)))
    talk = agenda(planning, minutes=600, people=3)
    assert sorted(topic.item.key for share in talk.shares for topic in share.topics) == sorted(
        topic.item.key for topic in talk.topics
    )
    minutes = [share.minutes for share in talk.shares]
    assert max(minutes) - min(minutes) <= max(topic.minutes for topic in talk.topics)


def test_nothing_to_talk_about_is_an_empty_agenda() -> None:
    talk = agenda(planned(ready(1)), people=2)
    assert (talk.topics, talk.left, talk.minutes) == ((), (), 0)
    assert [share.topics for share in talk.shares] == [(), ()]
