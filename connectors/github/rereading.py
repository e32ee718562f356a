"""Read some items again, because somebody said that they changed."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from backlint.connector import Batch, Hint
from backlint.connectors.github import listing, vocabulary
from backlint.connectors.github.absent import KEY
from backlint.connectors.github.details import Details
from backlint.connectors.github.pulling import Pull
from backlint.connectors.github.rows import is_issue
from backlint.connectors.github.vocabulary import Repository


class Rereading(Pull):
    """The same reading of the same things, for a few issues.

    A project is read whole for its order, as always; what changed besides is left to the next pull, so there is no
    cursor.
    """

    async def some(self, hints: Sequence[Hint]) -> Batch:
        """The items that are hinted at, as far as they are issues of these repositories, or notes on these projects."""
        await self._look()
        await self._read_boards()
        names = self.settings.repository or self._on_boards()
        repositories = [await vocabulary.describe(self.graph, name, self.prefix) for name in names]
        self.warnings += [problem for repository in repositories for problem in repository.problems]
        rows, details = vocabulary.rows(self.settings, self.boards, repositories), Details(self.graph)
        found = await asyncio.gather(*(listing.one(self.site, *it) for it in self._wanted(hints, repositories)))
        read = await self._batch([row for row in found if row and is_issue(row)], rows, details)
        rest = self._last(repositories, rows, details)
        themes = {theme.id: theme for theme in (*rest.themes, *read.themes)}
        return replace(rest, items=(*read.items, *rest.items), themes=tuple(themes.values()), cursor=None)

    def _wanted(self, hints: Sequence[Hint], repositories: Sequence[Repository]) -> list[tuple[str, int]]:
        """The repository and number of each; an item of a project comes without them, and the project knows them."""
        ours = {name.casefold(): one.name for one in repositories for name in (one.asked, one.name)}
        on_boards = {id_: where for board in self.boards for id_, where in board.where.items()}
        wanted: dict[tuple[str, int], None] = {}
        for hint in hints:
            key = KEY.fullmatch(hint.key or "")
            where = (key[1], int(key[2])) if key else on_boards.get(hint.id)
            if where and (name := ours.get(where[0].casefold())):
                wanted[name, where[1]] = None
        return list(wanted)
