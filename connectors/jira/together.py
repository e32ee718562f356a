"""Several requests at once, none of which outlives the failure of another."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from typing import Any, Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


async def together(calls: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """All results in order; the first failure ends the others and is raised."""
    tasks = [asyncio.ensure_future(call) for call in calls]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        await _end(tasks)


async def both(first: Coroutine[Any, Any, T], second: Coroutine[Any, Any, U]) -> tuple[T, U]:
    """Two results of different sorts; the failure of one ends the other."""
    one, other = asyncio.ensure_future(first), asyncio.ensure_future(second)
    try:
        return await asyncio.gather(one, other)
    finally:
        await _end([one, other])


async def in_order(makers: Iterable[Callable[[], Coroutine[Any, Any, T]]], ahead: int) -> AsyncIterator[T]:
    """Results in order, while so many of the next are already under way."""
    left = iter(makers)
    under_way: deque[asyncio.Future[T]] = deque()
    try:
        while True:
            while len(under_way) <= ahead and (make := next(left, None)):
                under_way.append(asyncio.ensure_future(make()))
            if not under_way:
                return
            yield await under_way.popleft()
    finally:
        await _end(under_way)


class Once(Generic[T]):
    """A call that several wait for: made once, not ended by the end of one of them, but by `ending`."""

    def __init__(self, make: Callable[[], Coroutine[Any, Any, T]], under_way: set[asyncio.Future[Any]]) -> None:
        self._make = make
        self._under_way = under_way
        self._call: asyncio.Future[T] | None = None

    def begin(self) -> asyncio.Future[T]:
        """Make it, if nobody has."""
        if self._call is None:
            self._call = asyncio.ensure_future(self._make())
            self._under_way.add(self._call)
            self._call.add_done_callback(self._is_done)
        return self._call

    async def result(self) -> T:
        """Wait for it."""
        return await asyncio.shield(self.begin())

    def _is_done(self, call: asyncio.Future[T]) -> None:
        self._under_way.discard(call)
        if not call.cancelled():
            call.exception()  # seen, even if all who waited for it have ended before


@asynccontextmanager
async def ending(under_way: set[asyncio.Future[Any]]) -> AsyncGenerator[None]:
    """End what is still under way when the block is left."""
    try:
        yield
    finally:
        await _end(list(under_way))


async def _end(tasks: Iterable[Awaitable[Any]]) -> None:
    futures = [asyncio.ensure_future(task) for task in tasks]
    for future in futures:
        future.cancel()
    await asyncio.gather(*futures, return_exceptions=True)
