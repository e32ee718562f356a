"""A wire between a writer and a tracker on which every accident can happen, and a process that can die at any step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx

from backlint.testing.clock import FakeClock
from backlint.transport.inprocess import Heard, Reply, Responder

Accident = Callable[[httpx.Request, "Wire"], "httpx.Response"]

READING = {"GET"}
MUTATION = b"mutation "
READING_PATHS = ("/graphql", "/search", "/search/jql", "/search/approximate-count", "/bulkfetch")


class Died(BaseException):
    """The process is gone."""


@dataclass
class Life:
    """A process that dies at its n-th step of input or output, and does nothing at all from then on."""

    steps: int | None = None
    taken: int = 0

    def step(self, *_: object) -> None:
        """One statement of the database, or one side of one request."""
        self.taken += 1
        if self.steps is not None and self.taken > self.steps:
            raise Died


def is_write(request: httpx.Request) -> bool:
    """GraphQL reads and writes by the same path."""
    if request.method in READING:
        return False
    return not request.url.path.endswith(READING_PATHS) or MUTATION in request.content


@dataclass
class Wire(httpx.AsyncBaseTransport):
    """Leads to a tracker. `accidents` befall its next writes, one each; `late` is what the tracker has still to do."""

    hosts: Mapping[str, Responder]
    clock: FakeClock
    life: Life = field(default_factory=Life)
    accidents: list[Accident] = field(default_factory=list[Accident])
    late: list[tuple[float, Callable[[], Reply]]] = field(default_factory=list[tuple[float, Callable[[], Reply]]])
    writes: int = 0
    requests: int = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.life.step()
        await request.aread()
        self.catch_up()
        self.requests += 1
        self.writes += is_write(request)
        accident = self.accidents.pop(0) if self.accidents and is_write(request) else _nothing
        response = accident(request, self)
        self.life.step()
        return response

    def catch_up(self) -> None:
        """The tracker does what is due."""
        due = [do for at, do in self.late if at <= self.clock.monotonic()]
        self.late = [(at, do) for at, do in self.late if at > self.clock.monotonic()]
        for do in due:
            do()

    def deliver(self, request: httpx.Request) -> httpx.Response:
        """Let the tracker answer."""
        headers = {key.lower(): value for key, value in request.headers.items()}
        reply = self.hosts[request.url.host](Heard(request.method, str(request.url), headers, request.content))
        return httpx.Response(reply.status, headers=dict(reply.headers), content=reply.body, request=request)

    def later(self, request: httpx.Request, seconds: float) -> None:
        """The tracker is going to do it."""
        headers = {key.lower(): value for key, value in request.headers.items()}
        heard = Heard(request.method, str(request.url), headers, request.content)
        host = self.hosts[request.url.host]
        self.late.append((self.clock.monotonic() + seconds, lambda: host(heard)))


def _nothing(request: httpx.Request, wire: Wire) -> httpx.Response:
    return wire.deliver(request)


def says(status: int, *, commits: bool = True, **headers: str) -> Accident:
    """The tracker does it, or not, and answers with that status."""

    def accident(request: httpx.Request, wire: Wire) -> httpx.Response:
        if commits:
            wire.deliver(request)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.Response(status, headers=named, request=request)

    return accident


def closes(request: httpx.Request, wire: Wire) -> httpx.Response:
    """The tracker does it, and the line goes dead."""
    wire.deliver(request)
    raise httpx.RemoteProtocolError("Server disconnected without sending a response.", request=request)


def times_out(request: httpx.Request, wire: Wire) -> httpx.Response:
    """The tracker does it, and no answer comes in time."""
    wire.deliver(request)
    wire.clock.pass_time(60)
    raise httpx.ReadTimeout("", request=request)


def cuts(request: httpx.Request, wire: Wire) -> httpx.Response:
    """The tracker does it, and half of its answer arrives."""
    whole = wire.deliver(request)
    body = whole.content[: len(whole.content) // 2] or b'{"i'
    return httpx.Response(max(whole.status_code, 200), headers={"content-type": "application/json"}, content=body)


def shows_a_page(request: httpx.Request, wire: Wire) -> httpx.Response:
    """The tracker does it, and a proxy answers with a page for people."""
    wire.deliver(request)
    return httpx.Response(200, headers={"content-type": "text/html"}, content=b"<html>", request=request)


def delays(seconds: float, *, status: int = 502) -> Accident:
    """The answer comes at once and is no answer; the tracker does it so many seconds later."""

    def accident(request: httpx.Request, wire: Wire) -> httpx.Response:
        wire.later(request, seconds)
        return httpx.Response(status, request=request)

    return accident
