"""Ways into a payload that hold where GitHub writes `null`, or leaves something out."""

from typing import TypeAlias

from backlint.transport import Json

Node: TypeAlias = dict[str, Json]

OBJECT: type[Json] = dict
LIST: type[Json] = list
"""Named so that what is one of them stays what it is to a type checker: whatever JSON there is."""


def part(told: Json, *path: str) -> Node:
    """The object at the end of a path; an empty one where anything on the way is missing."""
    for name in path:
        told = told.get(name) if isinstance(told, OBJECT) else None
    return told if isinstance(told, OBJECT) else {}


def several(told: Json, *path: str) -> list[Node]:
    """The objects in the list at the end of a path, without those that GitHub writes `null` for."""
    rows: Json = part(told, *path[:-1]).get(path[-1]) if path else told
    return [one for one in rows if isinstance(one, OBJECT)] if isinstance(rows, LIST) else []
