"""`backlint serve` as a process: started, probed, hinted at, and stopped."""

import hmac
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from threading import Timer

import pytest

from backlint.example import NOW
from backlint.testing.fakes.github import FakeGithub, payloads
from backlint.testing.loopback import serve

SECRET = "the secret of the webhooks"
CONFIG = """
select = ["missing-description"]
service = {{ port = 0, settle_seconds = 0 }}
[teams.Shop]
schedule = {{ nightly = "00:00", late_hours = 30 }}
github = {{ url = "{url}/api/v3", repository = "acme/shop" }}
"""


@pytest.fixture
def hub() -> FakeGithub:
    hub = FakeGithub()
    hub.repository("acme/shop").issue("Pay by card", at=NOW - timedelta(days=9))
    return hub


@pytest.fixture
def folder(tmp_path: Path, hub: FakeGithub) -> Iterator[Path]:
    with serve(hub) as url:
        (tmp_path / "backlint.toml").write_text(CONFIG.format(url=url))
        yield tmp_path


PATIENCE = 90
"""Seconds after which a process that says nothing is killed, and the test fails."""


def started(folder: Path, *arguments: str, **environ: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "backlint", "serve", "--log-format", "json", *arguments]
    known = {"GITHUB_TOKEN": "ghp_x", "BACKLINT_SERVICE__HOOKS__GITHUB": SECRET, "PATH": os.environ["PATH"]}
    told = known | environ
    process = subprocess.Popen(command, cwd=folder, env=told, text=True, stderr=subprocess.PIPE)  # noqa: S603 - our own
    guard = Timer(PATIENCE, process.kill)
    guard.daemon = True
    guard.start()
    return process


def said(process: "subprocess.Popen[str]", word: str) -> str:
    """Read what it says until a line with that word."""
    assert process.stderr
    for line in process.stderr:
        if word in line:
            return line
    return pytest.fail(f"it never said {word}")


def asked(port: int, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    told = answer.status, answer.read().decode()
    connection.close()
    return told


def test_it_is_started_probed_hinted_at_and_stopped(folder: Path, hub: FakeGithub) -> None:
    process = started(folder)
    try:
        port = int(json.loads(said(process, "Listening on"))["url"].rsplit(":", 1)[1].strip("/"))
        said(process, "Shop: nightly: ")
        assert asked(port, "/readyz")[0] == 200
        assert asked(port, "/healthz")[0] == 200
        assert "Shop" in asked(port, "/")[1]
        issue = hub.repositories["acme/shop"].issues[1]
        issue.rename("Pay with a card", by="ada")
        body = json.dumps({"action": "edited", "issue": payloads.issue(issue)}).encode()
        signature = f"sha256={hmac.new(SECRET.encode(), body, 'sha256').hexdigest()}"
        headers = {"X-GitHub-Event": "issues", "X-Hub-Signature-256": signature}
        assert asked(port, "/hooks/github", "POST", body, **headers)[0] == 202
        assert json.loads(said(process, "acme/shop#1 was read"))["team"] == "Shop"
        process.send_signal(signal.SIGTERM)
        said(process, "Stopped.")
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("arguments", [("--host", "0.0.0.0"), ("--host", "no.such.host.invalid")])  # noqa: S104 - it is refused
def test_where_it_cannot_listen_is_one_clear_line(folder: Path, arguments: tuple[str, str]) -> None:
    process = started(folder, *arguments)
    _, told = process.communicate(timeout=60)
    [line] = told.splitlines()
    assert "service." in json.loads(line)["message"]
    assert process.returncode == 2
