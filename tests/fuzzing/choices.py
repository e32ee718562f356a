"""Bytes read as choices: what a fuzzer varies, made into numbers, texts, and JSON that is nearly right."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")
Json: TypeAlias = Any
Place: TypeAlias = tuple[Json, Json]

ODD: list[Json] = json.loads(
    r"""[
    null, true, false, 0, -1, 1, 9223372036854775808, 1e308, NaN, Infinity, "", " ", "x", "null", "0", "-5",
    "\u0000", "\ud800", "\u202e", "2026-11-22", "2026-02-30T99:99:99Z", "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999+1400", "https://", [], {}, [null], [[]], {"": null}, [{}], {"id": []}, {"name": {}},
    {"type": "doc", "content": [{}]}, {"data": null}
    ]"""
)
"""What no description of an API promises, and what some server has sent."""

MOST_CHANGES = 4
DEEPEST = 12


@dataclass
class Choices:
    """Where the bytes end, every choice is the first one."""

    data: bytes
    at: int = 0

    def number(self, below: int) -> int:
        """A number from 0."""
        width = 1 if below <= 0x100 else 3
        taken = self.data[self.at : self.at + width]
        self.at += width
        return int.from_bytes(taken, "little") % max(below, 1)

    def pick(self, among: Sequence[T]) -> T:
        return among[self.number(len(among))]

    def rest(self) -> bytes:
        taken = self.data[self.at :]
        self.at = len(self.data)
        return taken

    def text(self) -> str:
        return self.rest().decode("utf-8", "surrogateescape")

    def mutated(self, value: Json) -> Json:
        """The value with some of its parts left out, exchanged, doubled, or made into something odd."""
        copy = _copy(value)
        for _ in range(self.number(MOST_CHANGES) + 1):
            copy = self._mutate(copy)
        return copy

    def _mutate(self, root: Json) -> Json:
        places = list(_places(root))
        if not places:
            return _copy(self.pick(ODD))
        holder, key = self.pick(places)
        match self.number(5):
            case 0:
                del holder[key]
            case 1:
                other, name = self.pick(places)
                holder[key] = _copy(other[name]) if _has(other, name) else None
            case 2 if _is(holder, list):
                holder += [_copy(holder[key])]
            case 3 if _is(holder[key], str):
                holder[key] = holder[key][: self.number(40)] + self.pick(("", "\0", "\ud83d", "#", "|", "@x", "{"))
            case _:
                holder[key] = _copy(self.pick(ODD))
        return root


def _places(value: Json, depth: int = 0) -> list[Place]:
    """Every place that can be changed: a list or an object, and where in it."""
    if depth > DEEPEST or not _is(value, dict, list):
        return []
    keys = list(_keys(value))
    return [(value, key) for key in keys] + [place for key in keys for place in _places(value[key], depth + 1)]


def _keys(value: Json) -> Iterable[Json]:
    return value if _is(value, dict) else range(len(value))


def _has(holder: Json, key: Json) -> bool:
    return bool(key in holder if _is(holder, dict) else key < len(holder))


def _is(value: Json, *kinds: type) -> bool:
    return isinstance(value, kinds)


def _copy(value: Json) -> Json:
    return json.loads(json.dumps(value))
