"""What `backlint doctor` shows of a Jira site."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from backlint.connector import Observation
from backlint.connectors.jira.door import Door
from backlint.connectors.jira.facts import learn
from backlint.transport import Gate

if TYPE_CHECKING:
    from backlint.connectors.jira import Jira


async def examine(settings: "Jira", gate: Gate) -> AsyncIterator[Observation]:
    """One line for each thing that was looked at."""
    door = Door.of(settings)
    async with door.open(gate) as site:
        facts = await learn(site, settings, door)
        yield Observation(
            about="site", found=f"{settings.url}, {'Cloud' if facts.is_cloud else 'Data Center'} {facts.version}"
        )
