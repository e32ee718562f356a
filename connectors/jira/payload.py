"""Ways into a payload that hold where Jira writes `null`, leaves something out, or gives another sort of thing."""

from backlint.transport import Json

OBJECT: type[Json] = dict
LIST: type[Json] = list
"""Named so that what is one of them stays what it is to a type checker: whatever JSON there is."""


def is_object(value: Json) -> bool:
    """Whether it is a JSON object."""
    return isinstance(value, dict)


def part(told: Json, *path: str) -> Json:
    """The object at the end of a path; an empty one where anything on the way is missing.

    Asked some thirty times for each issue, so it looks for what `json.loads` makes and not for any mapping.
    """
    for name in path:
        told = told.get(name) if isinstance(told, OBJECT) else None
    return told if isinstance(told, OBJECT) else {}


def several(told: Json, *path: str) -> list[Json]:
    """The objects in the list at the end of a path."""
    return [it for it in listed(told, *path) if is_object(it)]


def listed(told: Json, *path: str) -> list[Json]:
    """The list at the end of a path; an empty one where there is none."""
    found = part(told, *path[:-1]).get(path[-1]) if path else told
    return list(found) if isinstance(found, LIST) else []
