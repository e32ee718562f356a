"""What `doctor` says: who the token is, what it may see, what is missing to see more."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain

from backlint.app.hiding import without_credentials
from backlint.config import Team
from backlint.connector import Connector, Observation
from backlint.errors import BacklintError
from backlint.sync import source_of
from backlint.transport import Gate


def examine(teams: Iterable[Team], gate: Gate) -> Mapping[str, tuple[Observation, ...]]:
    """What each source shows, by its name. Reads only."""
    connectors = {source_of(each): each for each in chain.from_iterable(team.sources for team in teams)}
    return asyncio.run(_examine(connectors, gate))


async def _examine(connectors: Mapping[str, Connector], gate: Gate) -> Mapping[str, tuple[Observation, ...]]:
    return {name: await _look(connector, gate) for name, connector in connectors.items()}


async def _look(connector: Connector, gate: Gate) -> tuple[Observation, ...]:
    seen: list[Observation] = []
    try:
        async for observation in connector.examine(gate):
            seen.append(replace(observation, found=without_credentials(observation.found, connector)))  # noqa: PERF401 - what was seen before a failure is shown
    except BacklintError as error:
        seen.append(Observation(about=connector.wants, found=without_credentials(str(error), connector), is_well=False))
    return tuple(seen)
