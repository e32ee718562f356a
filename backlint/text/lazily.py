"""Properties that are worked out when they are first asked for."""

from collections.abc import Callable
from typing import Generic, TypeVar

S = TypeVar("S")
T = TypeVar("T")


class lazily(Generic[S, T]):  # noqa: N801 - it is written as a decorator
    """`functools.cached_property` without its lock, which up to Python 3.11 costs more than most of what it guards."""

    def __init__(self, compute: Callable[[S], T]) -> None:
        self.compute = compute
        self.name = compute.__name__
        self.__doc__ = compute.__doc__

    def __get__(self, holder: S, owner: type[S]) -> T:
        """Work it out and leave it in the holder, where it is found first from then on."""
        found = holder.__dict__[self.name] = self.compute(holder)
        return found
