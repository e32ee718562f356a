from itertools import combinations
from math import isclose, sqrt

from hypothesis import given
from hypothesis import strategies as st

from backlint.order.agreement import Pair, kendall_tau

pairs = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12)


def by_definition(given: list[tuple[int, int]]) -> float | None:
    products = [(a[0] - b[0]) * (a[1] - b[1]) for a, b in combinations(given, 2)]
    first = sum(a[0] != b[0] for a, b in combinations(given, 2))
    second = sum(a[1] != b[1] for a, b in combinations(given, 2))
    return sum((it > 0) - (it < 0) for it in products) / sqrt(first * second) if first * second else None


@given(pairs)
def test_is_what_the_definition_says(given: list[tuple[int, int]]) -> None:
    expected = by_definition(given)
    found = kendall_tau(given)
    assert found is expected if expected is None or found is None else isclose(found, expected, abs_tol=1e-12)


def test_same_order_reversed_order_and_no_order() -> None:
    same: list[Pair] = [(n, n) for n in range(9)]
    assert kendall_tau(same) == 1
    assert kendall_tau((n, -n) for n in range(9)) == -1
    assert kendall_tau((n, 1) for n in range(9)) is None
    assert kendall_tau([]) is None
