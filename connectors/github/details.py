"""What list rows lack, fetched for many issues at once, in batches that halve when GitHub cannot answer so much."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backlint.connectors.github import documents
from backlint.connectors.github.graph import Graph, TooMuch
from backlint.connectors.github.payload import part, several
from backlint.transport import Json

BATCH = 50
"""Issues in one question to begin with: a hundred with their histories are cut off in practice."""

LONGEST_HISTORY = 50
"""Pages of one issue's timeline after which the rest is left out, and said."""


@dataclass
class Details:
    """Asks, and remembers what could not be had in `problems`."""

    graph: Graph
    problems: list[str] = field(default_factory=list[str])
    unseen: int = 0

    async def of(self, ids: Sequence[str]) -> Mapping[str, Json]:
        """The details of these issues by their ids; one that GitHub does not show is missing."""
        if not self.graph.is_there or not ids:
            return {}
        size = self.graph.sizes.get("details", BATCH)
        shares = [ids[at : at + size] for at in range(0, len(ids), size)]
        found: dict[str, Json] = {}
        for answered in await asyncio.gather(*(self._batch(share) for share in shares)):
            found.update(answered)
        return found

    async def _batch(self, ids: Sequence[str]) -> dict[str, Json]:
        try:
            told = await self.graph.ask(documents.details, {"ids": list(ids)})
        except TooMuch:
            return await self._halves(ids)
        nodes = [node for node in several(told.data, "nodes") if node.get("id")]
        if told.losses():
            self.problems.append(f"Some details of issues could not be read: {told.losses()[0].get('message')}")
        self.unseen += len(ids) - len(nodes)
        await asyncio.gather(*(self._rest_of_history(node) for node in nodes))
        return {node["id"]: node for node in nodes}

    async def _halves(self, ids: Sequence[str]) -> dict[str, Json]:
        if not self.graph.shrink("details", len(ids)):
            self.problems.append(f"The history of the issue with the id {ids[0]} is too long for GitHub to show.")
            return {}
        middle = (len(ids) + 1) // 2
        return {**await self._batch(ids[:middle]), **await self._batch(ids[middle:])}

    async def _rest_of_history(self, node: Json) -> None:
        """Read the further pages of a long timeline into the node."""
        page = part(node, "timelineItems", "pageInfo")
        for _ in range(LONGEST_HISTORY):
            if not page.get("hasNextPage"):
                return
            told = await self.graph.ask(documents.more_history, {"id": node["id"], "after": page["endCursor"]})
            more = part(told.data, "node", "timelineItems")
            if not more:
                break
            node["timelineItems"]["nodes"] += more["nodes"]
            page = more["pageInfo"]
        self.problems.append(f"The history of the issue with the id {node['id']} was not read to its end.")
