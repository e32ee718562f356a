"""Connections come to an end, and so does the server."""

import asyncio
import socket

import pytest
from starlette.responses import PlainTextResponse

from backlint.config.service import ServiceSettings
from backlint.service import listen, serve_http

FEW = 0.2
"""Seconds."""


async def heard_after(sent: bytes, *, hangs_up: bool = False) -> bytes:
    """What a client hears that sends this and then waits; the server is stopped afterwards."""
    stopped = asyncio.Event()
    door = listen(ServiceSettings(port=0))
    port = door.getsockname()[1]
    serving = asyncio.create_task(serve_http(PlainTextResponse("x" * 4_000_000), door, stopped, longest=FEW))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    try:
        heard = b"" if hangs_up else await asyncio.wait_for(reader.read(100), 20)
    except ConnectionError:
        heard = b""
    writer.close()
    stopped.set()
    await asyncio.wait_for(serving, 20)
    with pytest.raises(OSError, match=r"refused|reset|Connect call failed"):
        await asyncio.open_connection("127.0.0.1", port)
    return heard


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: y"])
def test_who_never_ends_a_request_is_hung_up_on(sent: bytes) -> None:
    assert asyncio.run(heard_after(sent)) == b""


def test_who_asks_is_answered() -> None:
    assert asyncio.run(heard_after(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")).startswith(b"HTTP/1.1 200 OK")


def test_who_never_reads_the_answer_does_not_keep_the_server() -> None:
    assert asyncio.run(heard_after(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", hangs_up=True)) == b""


def test_it_may_listen_beyond_this_machine_with_a_token() -> None:
    settings = ServiceSettings.model_validate({"host": "0.0.0.0", "port": 0, "token": "0123456789abcdef"})  # noqa: S104
    with listen(settings) as door, socket.create_connection(("127.0.0.1", door.getsockname()[1])):
        pass
