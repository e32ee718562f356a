"""At its limit a rule is silent; one step beyond it speaks."""

from datetime import timedelta
from typing import Any

from backlint.catalog import load
from backlint.example import NOW, ago, item
from backlint.finding import Finding
from backlint.model import EMPTY, Estimate, Framework, Item, Kind, Link, LinkKind, Priority, Score, Stage, Unit
from backlint.rule import Rule
from tests.rules.asking import facts, findings, missing

NAMES = ("Highest", "High", "Medium", "Low", "Lowest")
CHARTS = ("ring", "column", "line", "pie")


def rule(name: str, **settings: Any) -> Rule:
    made: Rule = load(Rule, name)(**settings)
    return made


def prioritised(*levels: int, **fields: Any) -> list[Item]:
    return [item(n, priority=Priority(level=it, name=NAMES[it - 1]), **fields) for n, it in enumerate(levels, 1)]


def test_a_fifth_may_be_of_the_highest_priority() -> None:
    inflated = rule("priority-inflation")
    rest = [2, 3, 4, 5] * 4
    assert facts(inflated, *prioritised(*[1] * 4, *rest)) == []
    assert facts(inflated, *prioritised(*[1] * 5, *rest[1:])) == ["5 of 20 waiting items have the priority Highest"]
    assert facts(inflated, *prioritised(*[1] * 5, *rest[2:])) == []


def test_six_in_ten_may_be_of_one_priority() -> None:
    inflated = rule("priority-inflation")
    assert facts(inflated, *prioritised(*[3] * 12, *[2] * 8)) == []
    assert facts(inflated, *prioritised(*[3] * 13, *[2] * 7)) == ["13 of 20 waiting items have the priority Medium"]


def test_priorities_count_where_items_wait() -> None:
    inflated = rule("priority-inflation")
    assert facts(inflated, *prioritised(*[1] * 30, stage=Stage.DOING)) == []
    assert facts(inflated, *prioritised(*[1] * 30, kind=Kind.EPIC)) == []
    assert missing(inflated, *prioritised(2, 3), item(9)) == []
    assert missing(inflated, item(9), *(item(n, stage=Stage.DOING) for n in (1, 2))) == ["priorities"]


def test_half_of_the_items_may_share_their_place() -> None:
    unordered = rule("unordered-backlog")

    def tied(pairs: int) -> list[Item]:
        ranks = [*(n // 2 + 1 for n in range(2 * pairs)), *range(50, 70 - 2 * pairs)]
        return [item(n, rank=rank, created=ago((n * 37) % 101)) for n, rank in enumerate(ranks, 1)]

    assert facts(unordered, *tied(5)) == []
    assert facts(unordered, *tied(6)) == ["12 of 20 waiting items share their place with another"]


def test_order_and_scores_are_compared_from_ten_items_on() -> None:
    def upside_down(count: int) -> list[Item]:
        return [item(n, score=Score(framework=Framework.RICE, stored=n * 10)) for n in range(1, count + 1)]

    assert [it.part for it in findings(rule("value-inversion"), *upside_down(10))] == ["agreement"]
    assert "agreement" not in [it.part for it in findings(rule("value-inversion"), *upside_down(9))]


def test_scores_without_an_order_lack_the_order_and_no_scores_lack_scores() -> None:
    score = Score(framework=Framework.RICE, stored=9)
    assert missing(rule("value-inversion"), item(1), item(2, rank=None, score=score)) == ["value scores"]
    assert missing(rule("value-inversion"), item(2, rank=None, score=score)) == ["the order of the backlog"]
    assert missing(rule("value-inversion"), item(1, rank=None)) == ["value scores"]


def test_three_quotes_are_enough() -> None:
    questions = "\n\n".join(f"Open question: do we draw chart {n}?" for n in range(4))
    (found,) = findings(rule("open-question"), item(body=questions))
    assert found.fact == "has 4 open questions"
    assert found.evidence == {"quotes": [f"do we draw chart {n}?" for n in range(3)], "count": 4}
    criteria = "## Acceptance criteria\n" + "".join(f"- The {one} is easy to use\n" for one in CHARTS)
    (found,) = findings(rule("untestable-criteria"), item(body=criteria))
    assert found.evidence["quotes"] == [f"- The {one} is easy to use" for one in CHARTS[:3]]


def test_what_a_tracker_does_not_say_is_not_held_against_a_ring_or_a_removal() -> None:
    def waits(number: int, other: int) -> Item:
        link = Link(kind=LinkKind.BLOCKED_BY, target=f"example:{other}", key=f"SHOP-{other}")
        return item(number, links=(link,), parent=None)

    assert missing(rule("dependency-cycle"), waits(1, 2), waits(2, 1)) == ["parents"]
    assert facts(rule("dependency-cycle"), waits(1, 2), waits(2, 1)) == []
    mentioned = Link(kind=LinkKind.MENTIONED_BY, target="pull:7", key="#7", stage=Stage.DONE)
    candidate = rule("removal-candidate")
    assert missing(candidate, item(1, links=(mentioned,), events=None)) == ["the item's history"]
    assert missing(candidate, item(1)) == ["parents, releases and links"]
    assert missing(candidate, item(1, links=(), events=None)) == []


def test_nobody_who_gives_no_score_no_date_and_no_estimate_is_told_so() -> None:
    assert facts(rule("score-out-of-range"), item(1, score=EMPTY)) == []
    later = NOW.date() + timedelta(days=15)
    front = [item(n, due=EMPTY) for n in range(1, 30)]
    assert facts(rule("urgent-but-buried"), *front, item(30, due=later)) == []
    assert len(facts(rule("urgent-but-buried"), *front, item(30, due=later - timedelta(days=1)))) == 1


def test_twins_of_one_estimate_agree() -> None:
    def twin(points: float, unit: Unit = Unit.POINTS) -> list[str]:
        link = Link(kind=LinkKind.TWIN, target="github:7", key="acme/shop#7")
        other = item(2, id="github:7", key="acme/shop#7", links=(), estimate=Estimate(value=points, unit=unit))
        return facts(rule("twins-disagree"), item(1, links=(link,), estimate=Estimate(value=3)), other)

    assert twin(3) == []
    assert twin(3, Unit.HOURS) == []
    assert twin(5) == ["SHOP-1 is estimated at 3 points, and in the other tracker acme/shop#7 at 5 points"]


def test_scores_are_missed_where_a_fifth_has_one() -> None:
    def scored(count: int, of: int) -> list[Item]:
        score = Score(framework=Framework.RICE, stored=9)
        return [item(n, score=score if n <= count else EMPTY) for n in range(1, of + 1)]

    (found,) = findings(rule("unscored-item", in_use=0.5), *scored(1, of=2))
    assert (str(found), found.limit) == ("SHOP-2 has no RICE score", "1 of 2 waiting items have one")
    assert facts(rule("unscored-item", in_use=0.5), *scored(1, of=3)) == []
    assert facts(rule("unscored-item"), *scored(1, of=6)) == []


def test_an_item_without_subtasks_has_none_where_parents_are_told() -> None:
    assert missing(rule("too-many-subtasks"), item(1, parent=EMPTY)) == []
    assert missing(rule("too-many-subtasks"), item(1, parent=None)) == ["parents"]


def test_what_stands_in_a_ring_of_waiting_is_left_to_the_rule_about_rings() -> None:
    def waits(number: int, *others: int) -> Item:
        links = (Link(kind=LinkKind.BLOCKED_BY, target=f"example:{it}", key=f"SHOP-{it}") for it in others)
        return item(number, links=tuple(links), parent=EMPTY)

    told = ["SHOP-1 stands above SHOP-2, which blocks it"]
    blocked = rule("blocked-above-blocker")
    assert facts(blocked, waits(1, 2), waits(2)) == told
    assert facts(blocked, waits(1, 2), waits(2, 1)) == []
    assert facts(blocked, waits(1, 2), waits(2, 3), waits(3, 1)) == []
    assert facts(blocked, waits(2, 3), waits(3, 4), waits(4, 3))[0].startswith("SHOP-2 stands above SHOP-3")


def test_a_blocker_beside_it_and_one_that_may_be_its_parent_are_not_held_against_it() -> None:
    link = Link(kind=LinkKind.BLOCKED_BY, target="example:2", key="SHOP-2")
    blocked = rule("blocked-above-blocker")
    assert facts(blocked, item(1, links=(link,), parent=EMPTY), item(2, rank=1)) == []
    assert missing(blocked, item(1, links=(link,), parent=None), item(2, links=(), parent=None)) == ["parents"]
    assert len(facts(blocked, item(1, links=(link,), parent=None), item(2, links=(), parent=EMPTY))) == 1
    assert missing(blocked, item(1, links=(), parent=EMPTY)) == []


def test_half_of_the_items_may_have_no_place() -> None:
    def placed(without: int, waiting: int = 40) -> list[str]:
        items = [item(n, rank=None if n <= without else n, created=ago((n * 37) % 101)) for n in range(1, waiting + 1)]
        return facts(rule("unordered-backlog"), *items)

    assert placed(20) == []
    assert placed(21) == ["21 of 40 waiting items have no place in the order"]


def test_the_one_that_waits_is_told_to_follow_its_twin_whichever_is_which() -> None:
    def twins(one: Stage, other: Stage, **fields: Any) -> list[Finding]:
        link = Link(kind=LinkKind.TWIN, target="github:7", key="acme/shop#7")
        mirrored = item(2, id="github:7", key="acme/shop#7", stage=other, links=())
        return list(findings(rule("twins-disagree"), item(1, links=(link,), stage=one, **fields), mirrored))

    (found,) = twins(Stage.DOING, Stage.BACKLOG)
    assert str(found) == "acme/shop#7 is waiting, and in the other tracker SHOP-1 is in progress"
    assert (found.fix, found.part) == ("Bring it in line with SHOP-1.", "stage example:1")
    (found,) = twins(Stage.DONE, Stage.BACKLOG, rank=None, closed=ago(3))
    assert str(found) == "acme/shop#7 is open, and in the other tracker SHOP-1 is done"
    assert found.fix == "Close it if the work is done, or reopen SHOP-1."
    assert twins(Stage.BACKLOG, Stage.BACKLOG, estimate=Estimate(value=3)) == []
