from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from backlint.order.inversions import Inversion, inversions, stays

levels = st.lists(st.integers(1, 5), max_size=8)
slacks = st.integers(0, 2)


def is_right(order: list[int], slack: int) -> bool:
    return all(above <= below + slack for above, below in combinations(order, 2))


def most_that_can_stay(order: list[int], slack: int) -> int:
    return max(
        size for size in range(len(order) + 1) if any(is_right(list(part), slack) for part in combinations(order, size))
    )


@given(levels, slacks)
def test_as_many_stay_as_brute_force_finds(order: list[int], slack: int) -> None:
    kept = stays(order, slack)
    assert is_right([order[at] for at in kept], slack)
    assert len(kept) == most_that_can_stay(order, slack)


@given(levels, slacks)
def test_carrying_out_the_moves_puts_the_order_right(order: list[int], slack: int) -> None:
    result = list(range(len(order)))
    for move in sorted(inversions(order, slack), key=lambda move: (move.is_up, order[move.index])):
        result.remove(move.index)
        result.insert(result.index(move.beside) + (not move.is_up), move.index)
    wrong = [(a, b) for a, b in combinations(result, 2) if order[a] > order[b] + slack]
    moved = {move.index for move in inversions(order, slack)}
    assert all(a in moved and b in moved for a, b in wrong)


@given(levels, slacks)
def test_every_inversion_passes_something(order: list[int], slack: int) -> None:
    assert all(move.passes >= 1 for move in inversions(order, slack))


def test_one_urgent_item_at_the_bottom_is_one_move() -> None:
    assert inversions([3, 3, 4, 3, 4, 1], slack=1) == [Inversion(index=5, beside=0, is_up=True, passes=5)]


def test_one_trivial_item_at_the_top_is_one_move() -> None:
    assert inversions([5, 1, 1, 2, 1, 4], slack=1) == [Inversion(index=0, beside=4, is_up=False, passes=4)]


def test_neighbouring_levels_are_no_inversion_with_a_slack_of_one() -> None:
    assert inversions([2, 1, 3, 2, 3], slack=1) == []


def test_nothing_is_in_order() -> None:
    assert stays([]) == []
    assert inversions([]) == []
