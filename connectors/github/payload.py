"""Ways into a payload that hold where GitHub writes `null`, or leaves something out."""

from collections.abc import Sequence
from typing import TypeAlias, cast

from backlint.transport import Json

Node: TypeAlias = dict[str, Json]


def part(told: Json, *path: str) -> Node:
    """The object at the end of a path; an empty one where anything on the way is missing."""
    for name in path:
        told = cast("Node", told).get(name) if isinstance(told, dict) else None
    return cast("Node", told) if isinstance(told, dict) else {}


def several(told: Json, *path: str) -> list[Node]:
    """The objects in the list at the end of a path, without those that GitHub writes `null` for."""
    rows: Json = part(told, *path[:-1]).get(path[-1]) if path else told
    if not isinstance(rows, list):
        return []
    return [cast("Node", one) for one in cast("Sequence[Json]", rows) if isinstance(one, dict)]
