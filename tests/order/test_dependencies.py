from hypothesis import given
from hypothesis import strategies as st

from backlint.order.dependencies import rings, tangles

edges = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda it: it[0] != it[1]), max_size=20)


def graph(pairs: list[tuple[int, int]]) -> dict[int, list[int]]:
    return {node: [b for a, b in pairs if a == node] for node in range(8)}


def reaches(start: int, end: int, waits_for: dict[int, list[int]]) -> bool:
    seen: set[int] = set()
    todo = list(waits_for[start])
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            todo.extend(waits_for[node])
    return end in seen


@given(edges)
def test_a_tangle_is_what_waits_for_each_other(pairs: list[tuple[int, int]]) -> None:
    waits_for = graph(pairs)
    together = {
        frozenset(b for b in range(8) if reaches(a, b, waits_for) and reaches(b, a, waits_for)) for a in range(8)
    }
    assert {frozenset(group) for group in tangles(waits_for)} == {group for group in together if len(group) > 1}


@given(edges)
def test_a_ring_follows_the_waiting_and_closes(pairs: list[tuple[int, int]]) -> None:
    waits_for = graph(pairs)
    for ring in rings(waits_for):
        assert len(ring) == len(set(ring)) > 1
        assert all(after in waits_for[node] for node, after in zip(ring, [*ring[1:], ring[0]], strict=True))


def test_the_ring_named_is_a_shortest_one() -> None:
    assert rings({"a": ["b"], "b": ["c", "d"], "c": ["a"], "d": ["e"], "e": ["a"]}) == [["a", "b", "c"]]


def test_a_long_chain_needs_no_recursion() -> None:
    chain = {node: [node + 1] for node in range(5_000)}
    assert tangles(chain) == []
    assert len(tangles(chain | {5_000: [0]})[0]) == 5_001
