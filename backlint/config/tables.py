"""Nested tables, as TOML gives them, before anybody has checked what stands in them."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from backlint.config.places import Path

Table = Mapping[str, Any]


def is_table(value: object) -> TypeGuard[Table]:
    """Whether it is a table; the keys of one are always text."""
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Whether it is an array."""
    return isinstance(value, list)


def paths(values: Table, above: Path = ()) -> Iterator[Path]:
    """Every path that leads to a value that is no table."""
    for key, value in values.items():
        if is_table(value) and value:
            yield from paths(value, (*above, key))
        else:
            yield (*above, key)


def merged(lower: Table, upper: Table) -> dict[str, Any]:
    """Both, table by table; where both give a value, the upper one's."""
    whole = dict(lower)
    for key, value in upper.items():
        below: object = whole.get(key)
        whole[key] = merged(below, value) if is_table(below) and is_table(value) else value
    return whole
