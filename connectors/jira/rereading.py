"""Read some issues again, because somebody said that they changed."""

from collections.abc import Sequence
from dataclasses import replace

from backlint.connector import Batch
from backlint.connectors.jira import query
from backlint.connectors.jira.payload import part
from backlint.connectors.jira.pulling import BARE, Pull
from backlint.transport import Json


class Rereading(Pull):
    """The same reading, for a few issues and the order; what changed besides is left to the next pull."""

    async def some(self, ids: Sequence[str]) -> Batch:
        """The issues of these numbers, as far as they belong to this backlog."""
        ranking = await self._ranking(await self._list_open())
        issues = await (self._of_cloud(ids) if self.facts.is_cloud else self._of_server(ids))
        histories = await self.cloud.histories([str(it["id"]) for it in issues]) if self.facts.is_cloud else None
        read = await self._mapped(issues, histories)
        return replace(read, ranking=ranking, warnings=tuple(self.warnings))

    async def _of_cloud(self, ids: Sequence[str]) -> list[Json]:
        """By number first: a search that names an issue which is gone is refused whole."""
        projects = {project.casefold() for project in self.settings.project}
        found = await self.cloud.fetch(ids, with_comments=True)
        ours = [it for it in found if str(part(it, "fields", "project").get("key")).casefold() in projects]
        if not self.settings.filter or not ours:
            return ours
        kept = frozenset(await self._sweep(f"{self._these([str(it['id']) for it in ours])} ORDER BY key ASC"))
        return [it for it in ours if str(it["id"]) in kept]

    async def _of_server(self, ids: Sequence[str]) -> list[Json]:
        """The numbers alone are asked for without a check of the query, which would refuse one that is gone."""
        bare = self.server.search(self._these(ids), fields=BARE)
        there = [str(issue["id"]) async for page in bare for issue in page.issues]
        if not there:
            return []
        return [issue async for page in self.server.search(self._these(there)) for issue in page.issues]

    def _these(self, ids: Sequence[str]) -> str:
        return query.both(self.scope, f"id in ({', '.join(ids)})")
