from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backlint.example import NOW, item
from backlint.model import EMPTY, Backlog, Band, Framework, Item, Kind, Link, LinkKind, Moscow, Priority, Score
from backlint.proposal import By, Proposal, propose


def rice(stored: float) -> Score:
    return Score(framework=Framework.RICE, stored=stored)


def waits_for(*numbers: int) -> tuple[Link, ...]:
    return tuple(Link(kind=LinkKind.BLOCKED_BY, target=f"example:{n}", key=f"SHOP-{n}") for n in numbers)


def look(*items: Item) -> Backlog:
    return Backlog(items, now=NOW)


def said(proposal: Proposal) -> list[str]:
    return [f"{move.step} {move.item.key} {move.reason}." for move in proposal.moves]


def carried_out(backlog: Backlog, proposal: Proposal) -> list[str]:
    order = [it.key for it in backlog.plannable]
    for move in proposal.moves:
        order.remove(move.item.key)
        order.insert(order.index(move.beside.key) + (not move.is_above), move.item.key)
    return order


def test_by_value_the_one_that_is_worth_most_goes_up() -> None:
    backlog = look(*(item(n, score=rice(score)) for n, score in enumerate((50, 40, 30, 90), 1)))
    proposal = propose(backlog)
    assert (proposal.by, proposal.basis) == (By.VALUE, "RICE scores of 4 of 4 waiting items")
    assert said(proposal) == [
        "Move SHOP-4 above SHOP-1. SHOP-4 has a RICE score of 90, and SHOP-1 has a RICE score of 50."
    ]
    assert carried_out(backlog, proposal) == ["SHOP-4", "SHOP-1", "SHOP-2", "SHOP-3"]


def test_scores_within_a_quarter_stay_as_they_are() -> None:
    assert propose(look(item(1, score=rice(80)), item(2, score=rice(95)))).moves == ()


def test_what_the_valuable_one_waits_for_goes_up_with_it() -> None:
    backlog = look(
        item(1, score=rice(50)),
        item(2, score=rice(40)),
        item(3, score=rice(90), links=waits_for(4)),
        item(4, score=rice(5)),
    )
    assert said(propose(backlog)) == [
        "Move SHOP-4 above SHOP-1. SHOP-4 blocks SHOP-3, which has a RICE score of 90.",
        "Move SHOP-3 above SHOP-1. SHOP-3 has a RICE score of 90, and SHOP-1 has a RICE score of 50.",
    ]


def test_a_blocker_goes_above_what_it_blocks() -> None:
    backlog = look(item(1, links=waits_for(3)), item(2), item(3))
    proposal = propose(backlog, By.DEPENDENCIES)
    order = carried_out(backlog, proposal)
    assert len(proposal.moves) == 1
    assert order.index("SHOP-3") < order.index("SHOP-1")


def test_a_child_without_a_score_takes_its_epics() -> None:
    backlog = look(
        item(1, score=rice(10)),
        item(2, score=EMPTY, parent="example:9"),
        item(9, kind=Kind.EPIC, score=rice(90)),
    )
    assert said(propose(backlog)) == [
        "Move SHOP-2 above SHOP-1. SHOP-2 has a RICE score of 90 through SHOP-9, and SHOP-1 has a RICE score of 10."
    ]


def test_follows_what_there_is_the_most_telling_first() -> None:
    priorities = [Priority(level=4, name="Low"), Priority(level=1, name="Highest")]
    assert propose(look(*(item(n, priority=it) for n, it in enumerate(priorities, 1)))).by is By.PRIORITY
    classes = [Moscow.COULD, Moscow.MUST]
    both = [item(n, moscow=it, priority=priorities[0]) for n, it in enumerate(classes, 1)]
    assert propose(look(*both)).by is By.MOSCOW
    assert propose(look(*both), By.PRIORITY).moves == ()


@pytest.mark.parametrize(
    ("items", "missing"),
    [([item(1), item(2)], "priorities"), ([item(1, rank=None, score=rice(9))], "the order of the backlog")],
)
def test_says_what_is_missing(items: list[Item], missing: str) -> None:
    assert propose(look(*items)).missing == missing


def test_moves_far_below_are_only_counted() -> None:
    backlog = look(
        *(item(n, score=rice(1000 - n)) for n in range(1, 100)), item(100, score=rice(1)), item(101, score=rice(90))
    )
    assert propose(backlog).moves == ()
    assert propose(backlog).further == 1
    assert len(propose(backlog, within=Band.ICEBOX).moves) == 1


@given(st.lists(st.tuples(st.integers(1, 5), st.sets(st.integers(1, 12), max_size=2)), max_size=12))
@settings(deadline=None)
def test_carried_out_one_by_one_the_moves_put_the_order_right(told: list[tuple[int, set[int]]]) -> None:
    items = [
        item(n, priority=Priority(level=level, name=str(level)), links=waits_for(*(it for it in others if it > n)))
        for n, (level, others) in enumerate(told, 1)
    ]
    backlog = look(*items)
    if not items:
        return
    proposal = propose(backlog, By.PRIORITY, within=Band.ICEBOX)
    order = carried_out(backlog, proposal)
    place = {key: at for at, key in enumerate(order)}
    assert all(place[blocker.key] < place[it.key] for it in items for blocker in backlog.blockers(it))
    assert propose(_in_order(items, order), By.PRIORITY, within=Band.ICEBOX).moves == ()
    levels = {it.key: it.priority.level for it in items if isinstance(it.priority, Priority)}
    free = [it.key for it in items if not backlog.blocks(it)]
    ordered = sorted(free, key=place.__getitem__)
    assert all(levels[above] <= levels[below] + 1 for above, below in combinations(ordered, 2))


def _in_order(items: list[Item], order: list[str]) -> Backlog:
    by_key = {it.key: it for it in items}
    return look(*(replace(by_key[key], rank=at) for at, key in enumerate(order, 1)))
