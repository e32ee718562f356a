"""A service on a real port, before a fake GitHub and a fake Jira on others."""

import asyncio
import hmac
import json
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from backlint import app
from backlint.app.writing import apply, plan_comments
from backlint.config import Config, Team, load
from backlint.config.loading import Surroundings
from backlint.example import NOW
from backlint.service import Service
from backlint.store import Store
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.github import FakeGithub, Issue, payloads
from backlint.testing.fakes.jira import FakeJira
from backlint.testing.loopback import serve
from backlint.timetable import Job, Slot
from backlint.transport import Gate

TOKEN = "a token of thirty characters.."
SECRET = "the secret of the webhooks"

CONFIG = """
select = ["missing-description"]
pages = "pages"
[service]
port = 0
{service}
[teams.Shop]
write = true
comments = {{ grace_hours = 0, quiet_hours = 0, cool_down_hours = 0, relapse_days = 0 }}
schedule = {{ nightly = "02:40", bot = "nightly" }}
[teams.Shop.github]
url = "{github}/api/v3"
repository = "acme/shop"
order_by = "label"
order_labels = ["first"]
[teams."Till & Co / <b>".jira]
url = "{jira}"
project = "SHOP"
"""


class HeldClock(FakeClock):
    """Whoever sleeps on it wakes when the test lets time pass."""

    def __init__(self) -> None:
        super().__init__()
        self._sleepers: list[tuple[float, asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def sleep(self, seconds: float) -> None:
        """Wait for `pass_time`."""
        until, woken = self.monotonic() + seconds, asyncio.Event()
        self._sleepers.append((until, asyncio.get_running_loop(), woken))
        while self.monotonic() < until:
            woken.clear()
            await woken.wait()

    def pass_time(self, seconds: float) -> None:
        """Let time pass, and wake those whose time has come."""
        super().pass_time(seconds)
        for until, loop, woken in self._sleepers:
            if until <= self.monotonic():
                loop.call_soon_threadsafe(woken.set)
        self._sleepers = [each for each in self._sleepers if each[0] > self.monotonic()]


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class NoJobs:
    """A scheduler that has one thing to do."""

    config: Config
    is_alive: bool = True

    def upcoming(self) -> Sequence[tuple[Team, Slot]]:
        return ((self.config.teams[0], Slot.of_day(Job.NIGHTLY, NOW.date(), NOW)),)


@dataclass
class Town:
    """A service, and the trackers behind it."""

    config: Config
    clock: FakeClock
    hub: FakeGithub
    jira: FakeJira
    scheduler: NoJobs
    service: Service
    loop: asyncio.AbstractEventLoop
    stopped: asyncio.Event
    ended: "Future[None]" = field(repr=False)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """One request, over a socket."""
        connection = HTTPConnection("127.0.0.1", self.service.port, timeout=20)
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, told)
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def say(self, sent: bytes, *, most: int = 65_536) -> bytes:
        """Bytes over a socket, and what comes back until the other side hangs up."""
        with socket.create_connection(("127.0.0.1", self.service.port), timeout=20) as line:
            line.sendall(sent)
            heard = b""
            while piece := line.recv(most):
                heard += piece
            return heard

    def call(self, tracker: str, payload: object, secret: str = SECRET, **headers: str) -> Answer:
        """A webhook, signed."""
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        signature = f"sha256={hmac.new(secret.encode(), body, 'sha256').hexdigest()}"
        name = "X_Hub_Signature_256" if tracker == "github" else "X_Hub_Signature"
        told = {"Content_Type": "application/json", name: signature} | headers
        return self.ask(f"/hooks/{tracker}", "POST", body, **told)

    def edited(self, issue: Issue, **headers: str) -> Answer:
        """GitHub says that an issue was edited."""
        told = {"X_GitHub_Event": "issues", "X_GitHub_Delivery": str(len(self.hub.heard))} | headers
        return self.call("github", {"action": "edited", "issue": payloads.issue(issue)}, **told)

    def figure(self, name: str) -> float:
        """A figure of the metrics."""
        lines = self.ask("/metrics").text.splitlines()
        return float(next((line.rpartition(" ")[2] for line in lines if line.startswith(name)), 0))

    def until(self, name: str, value: float) -> None:
        """Ask until a figure has that value: the round that reads hints runs beside us."""
        for _ in range(400):
            if self.figure(name) == value:
                return
        pytest.fail(f"{name} is {self.figure(name)}, and not {value}")

    def night(self, *, writes: bool = False) -> None:
        """Read, check, and comment."""
        gate, asked = Gate(self.clock), app.Asked(now=self.clock.now())
        app.check(self.config, self.config.teams, gate, asked)
        if writes:
            planned = plan_comments(self.config, self.config.teams, gate, asked)
            apply(self.config, planned.plans, gate, lambda _: None, introduces=True)

    def stop(self) -> None:
        """Tell it to stop, and wait until it has."""
        self.loop.call_soon_threadsafe(self.stopped.set)
        self.ended.result(20)

    @property
    def issue(self) -> Issue:
        return self.hub.repositories["acme/shop"].issues[1]

    @property
    def comments(self) -> list[str]:
        return [entry.facts["body"] for entry in self.issue.history if entry.typename == "IssueComment"]

    def kept(self, source: str) -> dict[str, str]:
        with Store.open(self.config.store) as store:
            return {item.key: item.title for item in store.items(source)}


Build = Callable[..., Town]


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    """Start a town; `service` are further lines of its settings."""
    with ExitStack() as stack:

        def start(service: str = "settle_seconds = 0", clock: FakeClock | None = None, **environ: str) -> Town:
            clock = clock or FakeClock()
            hub, jira = FakeGithub(now=clock.now), FakeJira()
            github, tracker = stack.enter_context(serve(hub)), stack.enter_context(serve(jira))
            jira.base = tracker
            hub.repository("acme/shop").issue("Pay by card", labels=["first"], at=NOW - timedelta(days=9))
            jira.project("SHOP", "Shop")
            file = tmp_path / "backlint.toml"
            file.write_text(CONFIG.format(service=service, github=github, jira=tracker))
            secrets = {f"BACKLINT_SERVICE__HOOKS__{name}": SECRET for name in ("GITHUB", "JIRA")}
            tokens = {"GITHUB_TOKEN": "ghp_x", "JIRA_TOKEN": jira.token, "JIRA_EMAIL": jira.email}
            config = load(file, around=Surroundings(tmp_path, secrets | tokens | environ))
            loop = asyncio.new_event_loop()
            thread = Thread(target=loop.run_forever, daemon=True)
            thread.start()
            scheduler = NoJobs(config)

            async def make() -> tuple[Service, asyncio.Event]:
                return Service(lambda: config, scheduler, clock), asyncio.Event()

            try:
                made, stopped = asyncio.run_coroutine_threadsafe(make(), loop).result(20)
                ended = asyncio.run_coroutine_threadsafe(made.run(stopped), loop)
            except BaseException:
                loop.call_soon_threadsafe(loop.stop)
                thread.join()
                loop.close()
                raise
            town = Town(config, clock, hub, jira, scheduler, made, loop, stopped, ended)

            def end() -> None:
                town.stop()
                loop.call_soon_threadsafe(loop.stop)
                thread.join()
                loop.close()

            stack.callback(end)
            return town

        yield start


@pytest.fixture
def town(build: Build) -> Town:
    return build()
