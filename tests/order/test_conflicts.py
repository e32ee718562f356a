from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from backlint.order.conflicts import LARGEST, Matching, conflicts, groups
from backlint.order.moves import right_order, staying


def test_pairs_are_found_through_others_and_within_a_level_only() -> None:
    waits_for = {0: [2], 2: [3], 1: [4], 4: [0]}
    assert conflicts([1, 1, 1, 1, 2], waits_for) == {0: {2, 3}, 2: {3}}
    assert conflicts([1] * 5, waits_for) == {0: {2, 3}, 1: {2, 3, 4}, 2: {3}}


def test_what_stands_right_is_no_pair() -> None:
    assert conflicts([1, 1], {1: [0]}) == {}


def test_groups_have_nothing_to_do_with_one_another() -> None:
    together, moving = groups({0: {3}, 1: {4}, 2: {3}})
    assert sorted(together) == [[0, 2, 3], [1, 4]]
    assert moving == set()


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda it: it[0] < it[1]), max_size=12))
def test_as_many_stay_of_a_group_as_can(edges: list[tuple[int, int]]) -> None:
    waits_for: dict[int, list[int]] = {}
    for item, other in edges:
        waits_for.setdefault(item, []).append(other)
    pairs = conflicts([1] * 7, waits_for)
    matching = Matching(pairs)
    for item in range(6, -1, -1):
        matching.add(item)
    free = [
        size
        for size in range(8)
        if any(
            not any(b in pairs.get(a, ()) for a, b in combinations(part, 2)) for part in combinations(range(7), size)
        )
    ]
    kept = sorted(matching.staying())
    assert len(kept) == max(free)
    assert not any(b in pairs.get(a, ()) for a, b in combinations(kept, 2))


def test_a_long_chain_upside_down_is_still_put_right() -> None:
    length = 2 * LARGEST
    waits_for = {item: [item + 1] for item in range(length - 1)}
    kept = staying([1] * length, waits_for)
    assert len(kept) == 1
    assert right_order([1] * length, waits_for, kept) == list(range(length))[::-1]
