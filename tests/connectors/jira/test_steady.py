"""A second referee of the requests: `steady` (npm: @stdy/cli), which nobody here wrote."""

import asyncio
import json
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from socket import create_server
from typing import Any
from urllib.parse import urlsplit

import pytest

from backlint.connector import Observation
from backlint.connectors.jira.payload import is_object, listed
from backlint.example import NOW
from backlint.testing import contract
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from backlint.transport.inprocess import Heard, InProcess, Reply
from tests.connectors.jira.referee import CLOUD, spec
from tests.connectors.jira.sites import connector, living
from tests.shared import needs_shared

INSTALLED = Path(__file__).resolve().parents[3] / "node_modules" / ".bin"
STEADY = shutil.which("steady") or shutil.which("steady", path=INSTALLED)
STARTS_WITHIN = 60.0
EMPTY_OBJECT = {"additionalProperties": False, "type": "object"}

pytestmark = [needs_shared, pytest.mark.skipif(STEADY is None, reason="steady is not installed (npm: @stdy/cli)")]


def asked() -> list[Heard]:
    """Every request of two nights, a census and a look by the doctor."""
    jira = living(is_cloud=True)
    heard: list[Heard] = []

    def listening(request: Heard) -> Reply:
        heard.append(request)
        return jira(request)

    way = Gate(FakeClock(), wire=InProcess(dict.fromkeys(jira.hosts, listening)))
    for told in ({}, {"board": 1}):
        reader = connector(jira, **told)
        first = contract.Tried(reader, lambda: way).pull()
        jira.change("SHOP-2", title="Changed", at=NOW + timedelta(hours=1))
        contract.Tried(reader, lambda: way).pull(first[-1].cursor)
        asyncio.run(reader.census(way))

    async def look() -> list[Observation]:
        return [it async for it in connector(jira, filter="labels = web").examine(way)]

    asyncio.run(look())
    return heard


def with_parsed_examples(told: Any) -> Any:
    """The specification with its examples as JSON, which are published as strings.

    What it describes as an object without members (`state`, `fields`) is, by its own words, text with commas.
    """
    if told == EMPTY_OBJECT:
        return {"type": "string"}
    if isinstance(told, list):
        return [with_parsed_examples(one) for one in listed(told)]
    if not is_object(told):
        return told
    return {key: _parsed(value) if key == "example" else with_parsed_examples(value) for key, value in told.items()}


def _parsed(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


@contextmanager
def steady(specification: Path) -> Generator[str, None, None]:
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    served = subprocess.Popen(  # noqa: S603 - a tool that the developer installed
        [str(STEADY), "-q", "--host", "127.0.0.1", "-p", str(port), str(specification)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, served)
        yield f"http://127.0.0.1:{port}"
    finally:
        served.kill()
        served.wait()


def _wait_for(port: int, served: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and served.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return
        except OSError:
            time.sleep(0.1)  # another process, which only the real clock moves
        else:
            return
    raise RuntimeError("steady did not come up")


def verdict(base: str, heard: Heard) -> str | None:
    """What it holds against a request; `None` where it finds nothing."""
    parts = urlsplit(heard.url)
    path = parts.path.replace("/rest/api/2/", "/rest/api/3/")
    url = f"{base}{path}?{parts.query}" if parts.query else f"{base}{path}"
    request = urllib.request.Request(url, heard.body or None, method=heard.method)  # noqa: S310 - loopback
    for name in ("authorization", "content-type", "accept"):
        if name in heard.headers:
            request.add_header(name, heard.headers[name])
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
            is_valid = answer.headers.get("x-steady-request-valid") == "true"
            return None if is_valid else f"{heard.method} {path}: {answer.headers.get('x-steady-error-1-message')}"
    except urllib.error.HTTPError as refusal:
        with refusal:
            return f"{heard.method} {path}: {refusal.headers.get('x-steady-error-1-message') or refusal.code}"


def test_it_finds_nothing_wrong_with_our_requests(tmp_path: Path) -> None:
    requests = asked()
    assert len(requests) > 40
    for name in CLOUD:
        specification = tmp_path / name
        specification.write_text(json.dumps(with_parsed_examples(spec(name))))
        wanted = [it for it in requests if ("/rest/api/" in it.url) is (name == CLOUD[0])]
        assert wanted
        with steady(specification) as base:
            said = [fault for fault in (verdict(base, request) for request in wanted) if fault]
        assert said == []
