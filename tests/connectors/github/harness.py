"""Short ways to read a fake GitHub."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from backlint.connector import Batch, Connector, Observation
from backlint.connectors.github import Github
from backlint.connectors.github.payload import several
from backlint.model import Item
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.github import FakeGithub
from backlint.transport import Gate
from backlint.transport.inprocess import Heard, InProcess, Reply, Responder
from tests.connectors.github.official import SPECS, executor, validator

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
execution: dict[str, Any] = {"execute": executor()} if SPECS.is_dir() else {}
"""GraphQL is executed from GitHub's schema where that is at hand."""


def github(**more: Any) -> FakeGithub:
    """A fake whose GraphQL is GitHub's own."""
    return FakeGithub(**execution | more)


def gate_to(hub: FakeGithub, clock: FakeClock | None = None, **more: Any) -> Gate:
    """A gate that leads to the fake and to nothing else; every issue that it gives out is held to the description."""
    return Gate(clock or FakeClock(), wire=InProcess({hub.host: described(hub)}), jitter=lambda: 0.0, **more)


def described(hub: FakeGithub) -> Responder:
    """The fake, its list of issues checked."""

    def answer(heard: Heard) -> Reply:
        reply = hub(heard)
        is_its_own = "x-ratelimit-limit" in reply.headers and reply.status == HTTPStatus.OK
        if is_its_own and "/issues" in heard.url and SPECS.is_dir():
            body = json.loads(reply.body)
            for row in several(body):
                validator("issue").validate(row)
        return reply

    return answer


def connector(**settings: Any) -> Github:
    """The connector for acme/shop and its project 4; what is given replaces that."""
    told: dict[str, Any] = {"repository": "acme/shop", "project": 4, "token": "ghp_x"}
    return Github(**{name: value for name, value in (told | settings).items() if value is not None})


async def _all(batches: AsyncIterator[Batch]) -> list[Batch]:
    return [batch async for batch in batches]


def pull(hub: FakeGithub, cursor: str | None = None, *, gate: Gate | None = None, **settings: Any) -> "Pulled":
    """Read the fake to the end."""
    return read_all(connector(**settings), gate or gate_to(hub), cursor)


def read_all(reading: Connector, gate: Gate, cursor: str | None = None) -> "Pulled":
    """Read whatever the gate leads to, to the end."""
    return Pulled(asyncio.run(_all(reading.pull(gate, cursor))))


def doctor(hub: FakeGithub, **settings: Any) -> list[Observation]:
    """Ask what `doctor` shows."""

    async def observe() -> list[Observation]:
        return [each async for each in connector(**settings).examine(gate_to(hub))]

    return asyncio.run(observe())


class Pulled:
    """What one pull gave."""

    def __init__(self, batches: list[Batch]) -> None:
        self.batches = batches
        self.items: dict[str, Item] = {item.key: item for batch in batches for item in batch.items}
        self.by_title: dict[str, Item] = {item.title: item for item in self.items.values()}
        self.warnings = [warning for batch in batches for warning in batch.warnings]
        self.cursor = batches[-1].cursor
        by_id = {item.id: item for item in self.items.values()}
        ranking = next((batch.ranking for batch in batches if batch.ranking is not None), None)
        self.order = None if ranking is None else [by_id[id_].title for id_ in ranking if id_ in by_id]
