"""Serve an application until told to stop: uvicorn, without its signals, its log, and its patience."""

import asyncio
import socket
from collections.abc import Generator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from backlint.config.service import ServiceSettings
from backlint.errors import ConfigError

WHOLE = 60.0
"""Seconds that a connection may last, whatever is done on it: a client that dawdles has had its turn."""

CONNECTIONS = 256
"""So many at once; who comes then is told to come again (503)."""

LAST_ANSWERS = 5
"""Seconds in which answers that are under way may end when the service stops."""

OPEN_TO_ALL = (
    "service.host: {} can be reached from other machines, so a token is needed: set BACKLINT_SERVICE__TOKEN "
    "(`openssl rand -hex 32` makes a good one), or listen on 127.0.0.1."
)


def impatient(seconds: float) -> type[H11Protocol]:
    """The protocol, with an end to every connection: slow headers and slow readers have no other one."""

    class Impatient(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as its parent's
            super().connection_made(transport)
            self._end = self.loop.call_later(seconds, transport.abort)

        def connection_lost(self, exc: Exception | None) -> None:
            self._end.cancel()
            super().connection_lost(exc)

    return Impatient


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Leave signals to whoever started us."""
        yield


def listen(settings: ServiceSettings) -> socket.socket:
    """Open the door, before anything else is begun.

    Raises `ConfigError` where the address cannot be had, and where others could reach it without a token.
    """
    host = settings.host.strip("[]")
    if not settings.is_local and settings.token is None:
        raise ConfigError(OPEN_TO_ALL.format(settings.host))
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, settings.port, type=socket.SOCK_STREAM)[0]
        opened = socket.socket(family, kind, protocol)
    except OSError as error:
        raise ConfigError(f"service.host: {settings.host} is no address of this machine: {error.strerror}.") from None
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen()
    except OSError as error:
        opened.close()
        raise ConfigError(
            f"service.port: {settings.host} port {settings.port} cannot be listened on: {error.strerror}."
        ) from None
    return opened


async def serve_http(
    application: ASGIApp, door: socket.socket, stopped: asyncio.Event, *, longest: float = WHOLE
) -> None:
    """Answer on an open door until told to stop; answers that are under way come to their end.

    One request a connection, which lasts no longer than `longest` seconds.
    """
    config = uvicorn.Config(
        application,
        http=impatient(longest),
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        headers=[("Connection", "close")],
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=1,
        timeout_graceful_shutdown=LAST_ANSWERS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[door]))
    stop = asyncio.create_task(stopped.wait())
    try:
        await asyncio.wait({serving, stop}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await serving
    finally:
        stop.cancel()
        door.close()
