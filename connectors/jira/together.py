"""Several requests at once, none of which outlives the failure of another."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from typing import Any, TypeVar

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


async def _end(tasks: Iterable[Awaitable[Any]]) -> None:
    futures = [asyncio.ensure_future(task) for task in tasks]
    for future in futures:
        future.cancel()
    await asyncio.gather(*futures, return_exceptions=True)
