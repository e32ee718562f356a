"""A tracker whose answers are nearly right: what can be read is kept, and a line says what is wrong."""

import asyncio
import json
from dataclasses import dataclass, replace
from functools import cache

from backlint.connector import Connector
from backlint.errors import BacklintError
from backlint.store import Store
from backlint.sync import source_of, sync
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.github import FakeGithub
from backlint.testing.fakes.jira import FakeJira
from backlint.transport import Gate
from backlint.transport.inprocess import Heard, InProcess, Reply, Responder
from tests.connectors.github import harness
from tests.connectors.jira import sites
from tests.fuzzing.choices import Choices
from tests.fuzzing.worlds import full_github, full_jira

PATIENCE = 100_000.0
"""Seconds on the fake clock: a read that goes in a ring must end all the same."""


@dataclass
class Odd:
    """Answers as the tracker does, a few times with something changed."""

    tracker: Responder
    choices: Choices

    def __call__(self, heard: Heard) -> Reply:
        try:
            reply = self.tracker(heard)
        except Exception:  # noqa: BLE001 - asked for what it never gave, as it is then
            return Reply(500)
        if reply.status >= 300 or not reply.body or self.choices.at >= len(self.choices.data) or self.choices.number(3):
            return reply
        changed = self.choices.mutated(json.loads(reply.body))
        return replace(reply, body=json.dumps(changed).encode("utf-8", "surrogatepass"))


def github(data: bytes) -> None:
    """GitHub's REST and GraphQL, to items."""
    hub = _github()
    _read(harness.connector(), {hub.host: Odd(hub, Choices(data))})


def jira_cloud(data: bytes) -> None:
    """Jira Cloud, to items."""
    _jira(data, is_cloud=True)


def jira_server(data: bytes) -> None:
    """Jira Data Center, to items."""
    _jira(data, is_cloud=False)


def _jira(data: bytes, *, is_cloud: bool) -> None:
    jira, choices = _fake_jira(is_cloud), Choices(data)
    _read(sites.connector(jira), {host: Odd(tracker, choices) for host, tracker in jira.hosts.items()})


@cache
def _github() -> FakeGithub:
    return full_github()


@cache
def _store() -> Store:
    return Store.open("sqlite://")


@cache
def _fake_jira(is_cloud: bool) -> FakeJira:
    return full_jira(is_cloud=is_cloud)


def _read(connector: Connector, hosts: dict[str, Responder]) -> None:
    """A night: whatever comes, the sync ends, says in a line what was wrong, and what it kept can be read again."""
    clock = FakeClock()
    gate = Gate(clock, wire=InProcess(hosts), until=clock.monotonic() + PATIENCE, jitter=lambda: 0.0)
    store, source = _store(), source_of(connector)
    store.restart(source)
    problems = _problems(store, connector, gate)
    assert not [said for said in problems if "\n" in said or "connector failed" in said], problems
    assert all(item.id and item.created for item in store.items(source))


def _problems(store: Store, connector: Connector, gate: Gate) -> list[str]:
    try:
        readings = asyncio.run(sync(store, [connector], gate))
    except BacklintError as error:
        return [str(error).strip()]
    return [problem for reading in readings for problem in reading.problems]
