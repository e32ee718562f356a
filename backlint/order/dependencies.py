"""What depends on what: rings of items that wait for each other."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def rings(waits_for: Mapping[Node, Sequence[Node]]) -> list[list[Node]]:
    """One shortest ring out of every group of nodes that wait for each other, in the order of waiting."""
    return [_shortest_ring(group, waits_for) for group in tangles(waits_for)]


def tangles(waits_for: Mapping[Node, Sequence[Node]]) -> list[list[Node]]:
    """The groups of nodes in which each waits, directly or not, for every other one, in the mapping's order.

    Kosaraju's strongly connected components, without recursion: a chain of dependencies may be long.
    """
    held_up: dict[Node, list[Node]] = defaultdict(list)
    for node, others in waits_for.items():
        for other in others:
            held_up[other].append(node)
    seen: set[Node] = set()
    finished = [node for start in waits_for for node in _walk(start, waits_for, seen)]
    seen = set()
    groups = [_walk(start, held_up, seen) for start in reversed(finished)]
    place = {node: at for at, node in enumerate(waits_for)}
    return sorted(
        (sorted(group, key=place.__getitem__) for group in groups if len(group) > 1), key=lambda it: place[it[0]]
    )


def _walk(start: Node, edges: Mapping[Node, Sequence[Node]], seen: set[Node]) -> list[Node]:
    """What can be reached and was not seen before, each node after those that it leads to."""
    if start in seen:
        return []
    seen.add(start)
    done: list[Node] = []
    path = [(start, iter(edges.get(start, ())))]
    while path:
        node, others = path[-1]
        following = next((other for other in others if other not in seen), None)
        if following is None:
            done.append(node)
            path.pop()
        else:
            seen.add(following)
            path.append((following, iter(edges.get(following, ()))))
    return done


def _shortest_ring(group: Iterable[Node], waits_for: Mapping[Node, Sequence[Node]]) -> list[Node]:
    inside = list(group)
    candidates = (_ring_from(start, set(inside), waits_for) for start in inside)
    return min(candidates, key=len)


def _ring_from(start: Node, inside: set[Node], waits_for: Mapping[Node, Sequence[Node]]) -> list[Node]:
    """The shortest way from a node back to itself, by breadth first."""
    came_from: dict[Node, Node] = {}
    frontier = [start]
    while frontier:
        following: list[Node] = []
        for node in frontier:
            for other in waits_for.get(node, ()):
                if other == start:
                    return _way(start, node, came_from)
                if other in inside and other not in came_from:
                    came_from[other] = node
                    following.append(other)
        frontier = following
    return [start]


def _way(start: Node, end: Node, came_from: Mapping[Node, Node]) -> list[Node]:
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]
