"""What a document costs, by the formula that GitHub documents: the requests its connections stand for, by a hundred."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backlint.testing.fakes.github.query import Asked, Document, OnType, Selection, Variable, parse

LARGEST_ANSWER = 500_000
"""Nodes that one call may ask for."""


@dataclass
class Cost:
    """`requests` are the connections to be read, `nodes` what they may hold, `widest` the largest page of them."""

    requests: int = 0
    nodes: int = 0
    widest: int = 0

    @property
    def points(self) -> int:
        """What is taken from the hour's budget; never less than one."""
        return max(1, round(self.requests / 100))


def cost(text: str, variables: Mapping[str, Any]) -> Cost:
    """Work out the cost without executing anything."""
    document = parse(text)
    total = Cost()
    _add(document, document.selection, variables, 1, total)
    return total


def _add(document: Document, selection: Selection, variables: Mapping[str, Any], times: int, total: Cost) -> None:
    for part in selection:
        if isinstance(part, OnType):
            _add(document, part.selection, variables, times, total)
        elif isinstance(part, Asked):
            _add(document, part.selection, variables, times * _weigh(part, variables, times, total), total)
        else:
            _add(document, document.fragments[part.name].selection, variables, times, total)


def _weigh(asked: Asked, variables: Mapping[str, Any], times: int, total: Cost) -> int:
    """Count one field; how often what stands below it is asked for."""
    first, ids = (_given(asked.arguments.get(name), variables) for name in ("first", "ids"))
    if first is None and ids is None:
        return 1
    size = first if first is not None else len(ids)
    total.requests += times
    total.nodes += times * size
    total.widest = max(total.widest, size)
    return int(size)


def _given(value: Any, variables: Mapping[str, Any]) -> Any:
    return variables.get(value.name) if isinstance(value, Variable) else value
