"""A small, safe expression about an item: `kind == "bug" and age > 365 and "legacy" not in labels`.

It is parsed as Python and never run as Python: facts, texts, numbers, lists, comparisons, `in`, `and`, `or`, `not`, and
nothing else. A comparison with what the tracker does not say is false, whichever way round it is put.
"""

import ast
import operator
import warnings
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from backlint.model import Backlog, Estimate, Item, Priority

LONGEST = 1000
"""Characters: so short an expression cannot be nested deeply enough to do harm."""

Fact = Callable[[Item, Backlog], object]

FACTS: Mapping[str, Fact] = {
    "age": lambda item, backlog: (backlog.now - item.created).days,
    "assignees": lambda item, _: None if item.assignees is None else [each.name for each in item.assignees],
    "author": lambda item, _: item.author.name if item.author else None,
    "band": lambda item, backlog: backlog.band(item),
    "components": lambda item, _: item.components,
    "due_in": lambda item, backlog: (item.due - backlog.now.date()).days if isinstance(item.due, date) else None,
    "estimate": lambda item, _: item.estimate.value if isinstance(item.estimate, Estimate) else None,
    "flagged": lambda item, _: item.flagged,
    "key": lambda item, _: item.key,
    "kind": lambda item, _: item.kind,
    "labels": lambda item, _: item.labels,
    "priority": lambda item, _: item.priority.level if isinstance(item.priority, Priority) else None,
    "project": lambda item, _: item.project,
    "quiet": lambda item, backlog: None if (quiet := backlog.quiet_for(item)) is None else quiet.days,
    "rank": lambda item, _: item.rank,
    "stage": lambda item, _: item.stage,
    "status": lambda item, _: item.status,
    "title": lambda item, _: item.title,
    "votes": lambda item, _: item.votes,
}
"""What an expression may speak of; `age`, `quiet` and `due_in` are days."""

COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda part, whole: part in whole,
    ast.NotIn: lambda part, whole: part not in whole,
}

Look = Callable[[Item, Backlog], Any]


@lru_cache(maxsize=64)
def parse(text: str) -> Look:
    """What says whether an item fits. Raises `ValueError`, in words for a person, where it is no such expression."""
    if len(text) > LONGEST:
        raise ValueError(f"an expression may have {LONGEST} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's advice to programmers is none to a team
            tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError('expected an expression such as: kind == "bug" and age > 365') from None
    return _compiled(tree.body)


def _compiled(node: ast.expr) -> Look:
    match node:
        case ast.BoolOp(op=op, values=values):
            looks = [_compiled(each) for each in values]
            decide = all if isinstance(op, ast.And) else any
            return lambda item, backlog: decide(look(item, backlog) for look in looks)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            look = _compiled(operand)
            return lambda item, backlog: not look(item, backlog)
        case ast.Compare(left=left, ops=ops, comparators=others):
            return _comparison([_compiled(each) for each in (left, *others)], [COMPARISONS.get(type(op)) for op in ops])
        case ast.Name(id=name) if name in FACTS:
            return FACTS[name]
        case ast.Name(id=name):
            raise ValueError(f'"{name}" is no fact about an item; there are: {", ".join(FACTS)}')
        case _:
            return _constant(node)


def _constant(node: ast.expr) -> Look:
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        raise ValueError("only facts, texts, numbers, lists, comparisons, in, and, or, not may stand there") from None
    return lambda _item, _backlog: value


def _comparison(looks: list[Look], compares: list[Callable[[Any, Any], bool] | None]) -> Look:
    """`1 < rank <= 5` compares each with the next."""
    wanted = [compare for compare in compares if compare]
    if len(wanted) < len(compares):
        raise ValueError("compare with ==, !=, <, <=, >, >=, in or not in")

    def fits(item: Item, backlog: Backlog) -> bool:
        values = [look(item, backlog) for look in looks]
        pairs = zip(wanted, values, values[1:], strict=False)
        return all(_compare(compare, one, other) for compare, one, other in pairs)

    return fits


def _compare(compare: Callable[[Any, Any], bool], one: object, other: object) -> bool:
    """Whether it holds; what is not known, or cannot be compared, holds nothing."""
    if one is None or other is None:
        return False
    try:
        return compare(one, other)
    except TypeError:
        return False
