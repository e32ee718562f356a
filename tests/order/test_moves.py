from itertools import combinations, permutations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from backlint.order.moves import effective_levels, right_order, staying, without_rings

Waiting = dict[int, list[int]]


@st.composite
def orders(draw: st.DrawFn, most: int = 8) -> tuple[list[int], Waiting]:
    levels = draw(st.lists(st.integers(1, 4), max_size=most))
    index = st.integers(0, max(len(levels) - 1, 0))
    pairs = draw(st.lists(st.tuples(index, index), max_size=10)) if len(levels) > 1 else []
    waits_for: Waiting = {}
    for item, other in pairs:
        waits_for.setdefault(item, []).append(other)
    return levels, waits_for


def is_right(order: tuple[int, ...] | list[int], levels: list[int], waiting: Waiting, slack: int = 0) -> bool:
    place = {item: at for at, item in enumerate(order)}
    worth = effective_levels(levels, waiting)
    return all(worth[above] <= worth[below] + slack for above, below in combinations(order, 2)) and all(
        place[other] < place[item] for item, others in waiting.items() for other in others
    )


def most_that_can_stay(levels: list[int], waiting: Waiting, slack: int = 0) -> int:
    """Over all right orders, the longest part that stands in it as it stands now."""
    best = 0
    for order in permutations(range(len(levels))):
        if is_right(order, levels, waiting, slack):
            run: list[int] = []
            for item in order:
                run.append(
                    1 + max((length for length, before in zip(run, order, strict=False) if before < item), default=0)
                )
            best = max(best, *run)
    return best


@given(orders(most=6))
@settings(max_examples=80, deadline=None)
def test_as_many_stay_as_brute_force_finds(given_order: tuple[list[int], Waiting]) -> None:
    levels, waits_for = given_order
    waiting = without_rings(waits_for)
    assert len(staying(levels, waits_for)) == (most_that_can_stay(levels, waiting) if levels else 0)


@given(orders(most=8))
@settings(max_examples=12, deadline=None)
@example(([1] * 8, {0: [5], 2: [7], 3: [5, 7], 4: [6], 5: [7]}))
@example(([2, 2, 2, 1, 2, 1, 2, 2], {0: [6], 1: [4], 3: [7]}))
def test_as_many_stay_as_brute_force_finds_for_eight(given_order: tuple[list[int], Waiting]) -> None:
    levels, waits_for = given_order
    waiting = without_rings(waits_for)
    assert len(staying(levels, waits_for)) == (most_that_can_stay(levels, waiting) if levels else 0)


@given(orders(most=30))
@settings(deadline=None)
def test_the_rest_can_be_put_right_around_what_stays(given_order: tuple[list[int], Waiting]) -> None:
    levels, waits_for = given_order
    kept = staying(levels, waits_for)
    order = right_order(levels, waits_for, kept)
    assert sorted(order) == list(range(len(levels)))
    assert is_right(order, levels, without_rings(waits_for))
    assert [item for item in order if item in set(kept)] == kept


@given(orders(most=6))
@settings(max_examples=60, deadline=None)
def test_with_a_slack_hardly_fewer_stay_than_brute_force_finds(given_order: tuple[list[int], Waiting]) -> None:
    levels, waits_for = given_order
    kept = staying(levels, waits_for, slack=1)
    order = right_order(levels, waits_for, kept)
    waiting = without_rings(waits_for)
    assert is_right(order, levels, waiting, slack=1)
    assert [item for item in order if item in set(kept)] == kept
    assert len(kept) >= (most_that_can_stay(levels, waiting, slack=1) if levels else 0) - 1


def test_what_a_valuable_item_waits_for_goes_up_with_it() -> None:
    levels, waits_for = [2, 2, 3, 1], {3: [2]}
    kept = staying(levels, waits_for)
    assert kept == [0, 1]
    assert right_order(levels, waits_for, kept) == [2, 3, 0, 1]


def test_one_blocker_moves_rather_than_all_that_wait_for_it() -> None:
    levels, waits_for = [1] * 5, {item: [4] for item in range(4)}
    assert staying(levels, waits_for) == [0, 1, 2, 3]


def test_nothing_moves_for_a_ring() -> None:
    assert staying([1, 1], {0: [1], 1: [0]}) == [0, 1]
