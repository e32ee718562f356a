"""Several requests at once: what is shared is made once, and what one of them suffers is its own."""

import asyncio
from typing import Any

import pytest

from backlint.connectors.jira.together import Once, ending


class Line:
    """Answers when it is told to; `asked` counts, `has_ended` tells that a request was given up."""

    def __init__(self) -> None:
        self.asked = 0
        self.has_ended = False
        self.may_answer = asyncio.Event()

    async def ask(self) -> str:
        self.asked += 1
        try:
            await self.may_answer.wait()
        except asyncio.CancelledError:
            self.has_ended = True
            raise
        return "answer"


def test_several_wait_for_one_answer() -> None:
    async def tell() -> None:
        line, under_way = Line(), set[asyncio.Future[Any]]()
        async with ending(under_way):
            once = Once(line.ask, under_way)
            waiting = [asyncio.ensure_future(once.result()) for _ in range(3)]
            await asyncio.sleep(0)
            line.may_answer.set()
            assert await asyncio.gather(*waiting) == ["answer"] * 3
        assert (line.asked, line.has_ended, under_way) == (1, False, set())

    asyncio.run(tell())


def test_who_gives_up_does_not_end_it_for_the_others() -> None:
    async def tell() -> None:
        line, under_way = Line(), set[asyncio.Future[Any]]()
        async with ending(under_way):
            once = Once(line.ask, under_way)
            one, other = asyncio.ensure_future(once.result()), asyncio.ensure_future(once.result())
            await asyncio.sleep(0)
            one.cancel()
            await asyncio.sleep(0)
            line.may_answer.set()
            assert await other == "answer"
            assert one.cancelled()

    asyncio.run(tell())


def test_nothing_outlives_the_failure_of_a_read() -> None:
    line, under_way = Line(), set[asyncio.Future[Any]]()

    async def tell() -> None:
        async with ending(under_way):
            Once(line.ask, under_way).begin()
            await asyncio.sleep(0)
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        asyncio.run(tell())
    assert line.has_ended
