from hypothesis import given
from hypothesis import strategies as st

from backlint.example import NOW, item
from backlint.model import EMPTY, Backlog, Estimate, Framework, Kind, Link, LinkKind, Pace, Score, Stage, Unit


def link(kind: LinkKind, number: int) -> Link:
    return Link(kind=kind, target=f"example:{number}", key=f"SHOP-{number}")


def test_items_stand_in_their_order_and_the_unranked_last() -> None:
    backlog = Backlog([item(3), item(1), item(9, rank=None), item(2)], now=NOW)
    assert [it.key for it in backlog] == ["SHOP-1", "SHOP-2", "SHOP-3", "SHOP-9"]


@given(st.permutations(range(1, 9)))
def test_the_order_of_reading_changes_nothing(numbers: list[int]) -> None:
    items = [item(n, rank=n if n < 5 else None) for n in numbers]
    assert [it.id for it in Backlog(items, now=NOW)] == [f"example:{n}" for n in range(1, 9)]


def test_a_blocker_is_found_from_either_end_and_once() -> None:
    items = [
        item(1, links=(link(LinkKind.BLOCKED_BY, 2),)),
        item(2, links=(link(LinkKind.BLOCKS, 1), link(LinkKind.BLOCKS, 3), link(LinkKind.RELATES, 4))),
        item(3, links=()),
        item(4, links=()),
    ]
    backlog = Backlog(items, now=NOW)
    assert [it.key for it in backlog.blockers(items[0])] == ["SHOP-2"]
    assert [it.key for it in backlog.blocks(items[1])] == ["SHOP-1", "SHOP-3"]
    assert backlog.blockers(items[3]) == ()


def test_what_is_done_blocks_nothing_any_more() -> None:
    items = [item(1, links=(link(LinkKind.BLOCKED_BY, 2),)), item(2, stage=Stage.DONE)]
    backlog = Backlog(items, now=NOW)
    assert backlog.blockers(items[0]) == (items[1],)
    assert backlog.open_blockers(items[0]) == ()


def test_kin_and_the_item_itself_are_no_blockers() -> None:
    items = [
        item(1, kind=Kind.EPIC, links=(link(LinkKind.BLOCKED_BY, 3),)),
        item(2, parent="example:1", links=(link(LinkKind.BLOCKED_BY, 1), link(LinkKind.BLOCKED_BY, 2))),
        item(3, parent="example:2"),
    ]
    backlog = Backlog(items, now=NOW)
    assert [backlog.blockers(it) for it in items] == [(), (), ()]
    assert [it.key for it in backlog.ancestors(items[2])] == ["SHOP-2", "SHOP-1"]


def test_a_ring_of_parents_ends() -> None:
    items = [item(1, parent="example:2"), item(2, parent="example:1")]
    backlog = Backlog(items, now=NOW)
    assert backlog.ancestors(items[0]) == (items[1],)


def test_velocity_is_a_pace_in_points_and_a_pace_in_items_is_no_velocity() -> None:
    assert Backlog([], now=NOW, velocity=20).pace == Pace(per_sprint=20)
    assert Backlog([], now=NOW, pace=Pace(per_sprint=4, unit=Unit.ITEMS)).velocity is None
    assert Backlog([], now=NOW).velocity is None


def test_a_team_that_hardly_ever_estimates_does_not() -> None:
    some = [item(n, estimate=Estimate(value=3) if n < 4 else EMPTY) for n in range(1, 31)]
    few = [item(n, estimate=Estimate(value=3) if n < 3 else EMPTY) for n in range(1, 31)]
    assert Backlog(some, now=NOW).is_estimated
    assert not Backlog(few, now=NOW).is_estimated
    assert Backlog(few[5:10], now=NOW).is_estimated
    assert not Backlog([item(1)], now=NOW).is_estimated


def test_another_reading_of_an_item_is_judged_by_its_own_text() -> None:
    """What was found out of an item is kept by its id; somebody may ask about an older or a newer text of it."""
    told = "People pay by card.\n\n## Acceptance criteria\n\n- The card is charged once."
    backlog = Backlog([item(1, body="")], now=NOW)
    [bare], full = backlog, item(1, body=told)
    for _ in range(2):
        assert (backlog.is_described(bare), backlog.has_criteria(bare)) == (False, False)
        assert (backlog.is_described(full), backlog.has_criteria(full)) == (True, True)


def test_equal_scores_are_one_whatever_the_order_of_their_inputs() -> None:
    inputs = {"reach": 400.0, "impact": 2.0, "confidence": 0.8, "effort": 4.0}
    turned = dict(reversed(inputs.items()))
    assert len({Score(framework=Framework.RICE, inputs=each) for each in (inputs, turned)}) == 1
