"""Wires with a tracker at the other end that does what a test wants."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping

import httpx

from backlint.testing.clock import FakeClock
from backlint.transport import Answer, Gate, Pause, Site
from backlint.transport.inprocess import Heard, InProcess, Reply

BASE = "https://tracker.example/context"


class Tracker:
    """Gives its replies one after the other, the last one for ever; `heard` is what was asked of it, and when."""

    def __init__(self, *replies: Reply | Callable[[Heard], Reply], clock: FakeClock | None = None) -> None:
        self.replies = list(replies)
        self.clock = clock or FakeClock()
        self.heard: list[Heard] = []
        self.at: list[float] = []

    def __call__(self, heard: Heard) -> Reply:
        self.heard.append(heard)
        self.at.append(self.clock.monotonic())
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return reply(heard) if callable(reply) else reply

    def gate(self, *, until: float | None = None, wire: httpx.AsyncBaseTransport | None = None) -> Gate:
        mine = InProcess({"tracker.example": self, "elsewhere.example": self})
        return Gate(self.clock, until=until, wire=wire or mine, jitter=lambda: 0.0)


def reply(status: int = 200, body: object = None, headers: Mapping[str, str] | None = None) -> Reply:
    told = b"" if body is None else json.dumps(body).encode()
    return Reply(status, told, {"content-type": "application/json", **(headers or {})})


FINE = reply(body={"fine": True})


async def letting_in() -> Mapping[str, str]:
    return {"authorization": "Bearer secret"}


def site(gate: Gate, *, pause: Pause | None = None, base: str = BASE, token: str | None = None) -> Site:
    async def letting_in_with() -> Mapping[str, str]:
        return {"authorization": f"Bearer {token}"}

    return gate.site("Tracker", base, authorise=letting_in_with if token else letting_in, pause=pause)


def read(
    tracker: Tracker,
    path: str = "items",
    *,
    until: float | None = None,
    pause: Pause | None = None,
    token: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """One GET."""

    async def go() -> Answer:
        async with site(tracker.gate(until=until), pause=pause, token=token) as open_site:
            return await open_site.get(path, headers=headers)

    return asyncio.run(go())


def ask(tracker: Tracker, path: str = "search", body: object = None) -> Answer:
    """One POST that only reads."""

    async def go() -> Answer:
        async with site(tracker.gate()) as open_site:
            return await open_site.ask(path, body or {"q": 1})

    return asyncio.run(go())


def send(tracker: Tracker, method: str = "POST", path: str = "comment", body: object = None) -> Answer:
    """One write."""

    async def go() -> Answer:
        async with site(tracker.gate()) as open_site:
            return await open_site.send(method, path, body or {"text": "x"})

    return asyncio.run(go())


class Counting(httpx.AsyncBaseTransport):
    """Answers when it has been asked often enough, or nobody asks any more; knows how many waited at once."""

    def __init__(self, replies: Iterable[Reply] = ()) -> None:
        self.now = 0
        self.most = 0
        self.replies = list(replies)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.now += 1
        self.most = max(self.most, self.now)
        for _ in range(5):
            await asyncio.sleep(0)
        self.now -= 1
        said = self.replies.pop(0) if self.replies else FINE
        return httpx.Response(said.status, headers=dict(said.headers), content=said.body, request=request)


class Silent(httpx.AsyncBaseTransport):
    """Takes a request and never answers."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError(request)
