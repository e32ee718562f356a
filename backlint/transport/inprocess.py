"""A network inside the process: the demo and the tests put a responder where a tracker would be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx


@dataclass(frozen=True, slots=True)
class Heard:
    """A request as a tracker hears it; header names are lower-case."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What a tracker says."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class HungUp(Exception):  # noqa: N818 - it is what happened on the line, not an error of ours
    """Raised by a responder that closes the connection without an answer."""


Responder = Callable[[Heard], Reply]
"""A tracker, as far as the network can tell."""


class InProcess(httpx.AsyncBaseTransport):
    """Leads every request to the responder of its host; a host that nobody plays cannot be reached."""

    def __init__(self, hosts: Mapping[str, Responder]) -> None:
        self._hosts = hosts

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer as the responder does."""
        responder = self._hosts.get(request.url.host)
        if responder is None:
            raise httpx.ConnectError(f"nobody plays {request.url.host}", request=request)
        headers = {key.lower(): value for key, value in request.headers.items()}
        try:
            reply = responder(Heard(request.method, str(request.url), headers, await request.aread()))
        except HungUp:
            raise httpx.RemoteProtocolError("the server closed the connection", request=request) from None
        return httpx.Response(reply.status, headers=dict(reply.headers), content=reply.body, request=request)
