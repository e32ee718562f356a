"""R9: bad lines, on real sockets where a fake wire could not show it: every one ends within the time that is left."""

import asyncio
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from backlint.errors import TrackerError
from backlint.testing.loopback import serve
from backlint.transport import Answer, Gate
from backlint.transport.inprocess import Heard, Reply

DEADLINE = 0.5
"""Seconds of a run. The full size is two minutes for an answer and the run's own deadline; what ends it is the same."""
SLACK = 0.1
"""The tenth that the matrix allows."""
STARTING = 0.3
"""Seconds that a loaded machine may take to open a client and to be scheduled, beside the deadline."""


class RealClock:
    """The machine's own time: on a real line nothing else passes."""

    def now(self) -> datetime:
        return datetime(2026, 11, 22, 8, tzinfo=UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


Line = Callable[[socket.socket, Event], None]


def trickles(line: socket.socket, over: Event) -> None:
    """A slow loris: an answer that never ends, a byte at a time, so that no pause is ever long."""
    line.recv(65536)
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n[")
    while not over.wait(0.02):
        line.sendall(b" ")


def never_answers(line: socket.socket, over: Event) -> None:
    """Half open: the request arrives and nobody is there any more."""
    line.recv(65536)
    over.wait()


def trickles_headers(line: socket.socket, over: Event) -> None:
    line.recv(65536)
    line.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not over.wait(0.02):
        line.sendall(b"x")


def resets(line: socket.socket, _: Event) -> None:
    """What a firewall does: no goodbye, a reset."""
    line.recv(65536)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def breaks_off(line: socket.socket, _: Event) -> None:
    line.recv(65536)
    line.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"items": [')


def speaks_something_else(line: socket.socket, _: Event) -> None:
    line.recv(65536)
    line.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")


LINES: Mapping[str, Line] = {
    each.__name__: each
    for each in (trickles, never_answers, trickles_headers, resets, breaks_off, speaks_something_else)
}


@contextmanager
def listening(line: Line, tls: ssl.SSLContext | None = None) -> Generator[int]:
    """A server whose every connection goes that way; gives its port."""
    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take(accepted: socket.socket) -> None:
            with suppress(OSError), accepted:
                if tls:
                    accepted = tls.wrap_socket(accepted, server_side=True)
                line(accepted, over)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    Thread(target=take, args=(server.accept()[0],), daemon=True).start()

        Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1]
        over.set()
        server.shutdown(socket.SHUT_RDWR)


async def nothing() -> Mapping[str, str]:
    return {"authorization": "Bearer secret-that-stays"}


def read(base: str, *, deadline: float = DEADLINE) -> Answer:
    """One answer, by a run that has so many seconds."""

    async def go() -> Answer:
        clock = RealClock()
        gate = Gate(clock, until=clock.monotonic() + deadline, jitter=lambda: 0.0)
        async with gate.site("Tracker", base, authorise=nothing) as site:
            return await site.get("items")

    return asyncio.run(go())


def refusal(base: str) -> str:
    """What is said of it, which must be said in time."""
    began = time.monotonic()
    with pytest.raises(TrackerError) as raised:
        read(base)
    assert time.monotonic() - began <= DEADLINE * (1 + SLACK) + STARTING
    assert "\n" not in str(raised.value)
    assert "secret-that-stays" not in str(raised.value)
    return str(raised.value)


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Whatever is loaded with the first request is not the line's time."""
    with serve(lambda _: Reply(200, b"[]", {})) as base:
        read(base, deadline=60)


@pytest.mark.parametrize("line", LINES)
def test_a_bad_line_ends_in_time(line: str) -> None:
    with listening(LINES[line]) as port:
        said = refusal(f"http://127.0.0.1:{port}")
    assert "did not finish" in said or "longer than this run" in said


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    refusal(f"http://127.0.0.1:{port}")


def test_a_name_that_is_nobodys() -> None:
    refusal("http://nobody.invalid")


def test_a_certificate_of_ones_own_is_not_believed(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    try:
        subprocess.run(  # noqa: S603 - our own arguments
            [*made, "-keyout", key, "-out", certificate], check=True, capture_output=True
        )
    except FileNotFoundError:
        pytest.skip("no openssl here")
    heard: list[bytes] = []
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    with listening(lambda line, _: heard.append(line.recv(65536)), tls) as port:
        refusal(f"https://127.0.0.1:{port}")
    assert not any(b"secret-that-stays" in each for each in heard)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_redirect_to_another_origin_is_not_followed(scheme: str) -> None:
    heard: list[str] = []

    def listen(request: Heard) -> Reply:
        heard.append(request.url)
        return Reply(200, b"[]", {})

    with serve(listen) as other:
        leads = other.replace("http", scheme, 1) + "/items"
        with serve(lambda _: Reply(302, b"", {"Location": leads})) as base:
            assert "it was not followed" in refusal(base)
    assert heard == []
