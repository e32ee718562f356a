"""A Jira and a GitHub that nobody here wrote: the PyPI package `backlot`, served once for all tests that ask.

    from tests.backlot import Backlot, backlot, needs_backlot

It holds its own small corpus and is told to report to nobody.
"""

import atexit
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from socket import create_server

import pytest

needs_backlot = pytest.mark.skipif(find_spec("backlot") is None, reason="the package backlot is not installed")

STARTS_WITHIN = 60.0


@dataclass(frozen=True)
class Backlot:
    """Where it listens, and who may read everything."""

    url: str
    email: str
    token: str

    @property
    def jira(self) -> str:
        return f"{self.url}/atlassian"

    @property
    def github(self) -> str:
        return f"{self.url}/github"


@cache
def _started() -> Backlot:
    home = Path(tempfile.mkdtemp(prefix="backlot-"))
    atexit.register(rmtree, home, ignore_errors=True)
    quiet = {**os.environ, "DO_NOT_TRACK": "1", "BACKLOT_TELEMETRY": "0", "HOME": str(home), "NO_PROXY": "*"}
    command = [sys.executable, "-m", "backlot"]
    subprocess.run(  # noqa: S603 - our own command
        [*command, "import", "--bundled", "--data-dir", str(home / "data")], env=quiet, check=True, capture_output=True
    )
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    served = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "serve", "--disable-telemetry", "--data-dir", str(home / "data"), "--port", str(port)],
        env=quiet,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    atexit.register(served.kill)
    url = f"http://127.0.0.1:{port}"
    _wait_for(f"{url}/atlassian/rest/api/3/serverInfo", served)
    email, token = _somebody((home / "data" / "tokens.yaml").read_text())
    return Backlot(url, email, token)


def _wait_for(url: str, served: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and served.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - loopback
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)  # another process, which only the real clock moves
    raise RuntimeError("backlot did not come up")


def _somebody(tokens: str) -> tuple[str, str]:
    """The first user of the corpus: lines of YAML, read without a library for it."""
    lines = [line.strip(" -") for line in tokens.partition("users:")[2].splitlines()]
    told = dict(line.split(": ", 1) for line in lines[1:4])
    return told["email"], told["token"]


@pytest.fixture(scope="session")
def backlot() -> Backlot:
    """The running server; started by the first test that asks."""
    return _started()
