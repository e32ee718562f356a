"""One pull: projects first for the order, then issues page by page with their details, and the ranking last."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from http import HTTPStatus
from itertools import compress
from typing import TYPE_CHECKING

from backlint.connector import NOT_AS_DESCRIBED, Batch, falls_short, not_as_described
from backlint.connectors.github import board as boards
from backlint.connectors.github import listing, overlap, vocabulary
from backlint.connectors.github.ahead import one_ahead
from backlint.connectors.github.board import Board
from backlint.connectors.github.details import Details
from backlint.connectors.github.drafts import draft
from backlint.connectors.github.graph import Graph
from backlint.connectors.github.ordering import Ordering
from backlint.connectors.github.rows import OnBoard, Rows, id_of, is_issue, theme
from backlint.connectors.github.selection import Lacks
from backlint.connectors.github.settings import Columns
from backlint.connectors.github.state import Mark
from backlint.connectors.github.vocabulary import Repository
from backlint.errors import TrackerError
from backlint.model import Item
from backlint.plural import plural
from backlint.transport import Json, Site

if TYPE_CHECKING:
    from backlint.connectors.github import Github

WHOLE_AGAIN = timedelta(days=7)
"""Some changes leave an issue's `updated_at` alone (links, columns, renamed labels): a whole read catches up."""

MOST_SINGLE = 50
"""So many issues that only moved on the board are read one by one; for more the whole list is cheaper."""


@dataclass
class Pull:
    """One run of `Github.pull`: what was found on the way. `everything` is set by a read that was whole."""

    settings: "Github"
    site: Site
    graph: Graph
    project_graph: Graph
    now: datetime
    mark: Mark
    ordering: Ordering | None
    boards: list[Board] = field(default_factory=list[Board])
    warnings: list[str] = field(default_factory=list[str])
    kept: set[str] = field(default_factory=set[str])
    present: set[str] = field(default_factory=set[str])
    everything: frozenset[str] | None = None
    is_short: bool = False

    @property
    def prefix(self) -> str:
        """What every id of this GitHub begins with."""
        return self.settings.prefix

    async def batches(self) -> AsyncIterator[Batch]:
        """Everything, in pieces that can be kept."""
        self._begin()
        await self._look()
        await self._read_boards()
        self._catch_up()
        is_whole = not self.mark.newest
        names = self.settings.repository or self._on_boards()
        repositories = [await vocabulary.describe(self.graph, name, self.prefix) for name in names]
        self.warnings += [problem for repository in repositories for problem in repository.problems]
        rows, details = vocabulary.rows(self.settings, self.boards, repositories), Details(self.graph)
        for repository in repositories:
            async for batch in self._issues(repository, rows, details):
                yield replace(batch, total=self._total(repositories))
        async for batch in self._moved(repositories, rows, details):
            yield batch
        yield self._last(repositories, rows, details)
        self.everything = frozenset(self.prefix + id_ for id_ in self.present) if is_whole else None

    async def _look(self) -> None:
        for graph in {id(one): one for one in (self.graph, self.project_graph)}.values():
            if self.mark.lacks is not None:
                graph.lacks = Lacks(frozenset(self.mark.lacks))
            graph.sizes.update(self.mark.sizes)
            await graph.look()

    async def _read_boards(self) -> None:
        """A project that cannot be read costs the order and the columns, and is said; the issues are read still."""
        for owner, number in self.settings.projects():
            try:
                board = await boards.read(self.project_graph, owner, number, self.settings.columns)
            except TrackerError as error:
                if error.retryable or error.status == HTTPStatus.UNAUTHORIZED:
                    raise
                self.warnings.append(str(error))
            else:
                self.boards.append(board)
                self.warnings += board.problems

    def _on_boards(self) -> tuple[str, ...]:
        """The repositories that the projects draw from, where none is named."""
        return tuple({name: None for board in self.boards for name, _ in board.where.values()})

    def _begin(self) -> None:
        """Decide between the whole and what changed; an interrupted whole read goes on where it was.

        A whole read looks anew at what the server lacks: it may have been updated.
        """
        is_old = self.mark.whole is not None and self.now - datetime.fromisoformat(self.mark.whole) > WHOLE_AGAIN
        if is_old:
            self.mark = Mark(meaning=self.mark.meaning, sizes=self.mark.sizes)

    def _catch_up(self) -> None:
        """Where much was moved on the board, the whole list costs less than each issue by itself.

        A whole read that was interrupted is not begun anew for that, so that it ends some day.
        """
        if self.mark.whole and len(self._moved_cards()) > MOST_SINGLE:
            self.mark = replace(self.mark, newest={}, whole=None, cards=None, beside="")
        if self.mark.cards is None:
            self.mark = replace(self.mark, cards=self._newest_card())

    def _newest_card(self) -> str | None:
        moments = [at for _, at in self._card_changes()]
        return max(moments).isoformat() if moments else None

    def _card_changes(self) -> list[overlap.Changed]:
        cards = [one for board in self.boards for one in board.cards.items()]
        return [(id_, card.updated) for id_, card in cards if card.updated]

    def _moved_cards(self) -> dict[str, tuple[str, int]]:
        """The issues whose place or columns changed since the last run and that this run has not read."""
        if not self.mark.cards:
            return {}
        newest = datetime.fromisoformat(self.mark.cards)
        is_known = self.mark.beside == overlap.digest(self._card_changes(), newest)
        since = newest - overlap.OVERLAP
        return {
            id_: where
            for board in self.boards
            for id_, where in board.where.items()
            if id_ not in self.kept and (at := board.cards[id_].updated) and (at > newest if is_known else at >= since)
        }

    def _beside(self) -> str:
        newest = self._newest_card()
        at = datetime.fromisoformat(newest) if newest else None
        return overlap.digest(self._card_changes(), at) if at and overlap.is_settled(at, self.now) else ""

    def _total(self, repositories: Sequence[Repository]) -> int | None:
        totals = [one.total for one in repositories if one.total is not None]
        return sum(totals) if self.mark.whole is None and len(totals) == len(repositories) else None

    async def _issues(self, repository: Repository, rows: Rows, details: Details) -> AsyncIterator[Batch]:
        """What changed; where the order comes from the issues themselves, the whole list is needed for it."""
        name, since = repository.asked, self.mark.since(repository.asked)
        known = frozenset(self.mark.seen.get(name, ()) if since else ())
        if since and not self.ordering and overlap.is_all_known(repository.newest, known, since):
            return
        passing = overlap.Passing(self.now)
        pages = listing.changed(self.site, repository.name, None if self.ordering else since)
        async for page in one_ahead(pages):
            found = [row for row in page if is_issue(row)]
            changes = [(id_of(row), datetime.fromisoformat(row["updated_at"])) for row in found]
            if self.ordering:
                self.ordering.note(found)
            self.present |= {id_ for id_, _ in changes}
            passing.note(changes)
            is_new = [not since or (one[1] >= since and overlap.print_of(one) not in known) for one in changes]
            batch = await self._batch([*compress(found, is_new)], rows, details)
            self.mark = self.mark.reached(name, max((row["updated_at"] for row in page), default=None))
            yield replace(batch, cursor=self._written())
        self.mark = self.mark.having_seen(name, passing.prints)
        self._hold_against(repository, None if self.ordering else since)

    def _hold_against(self, repository: Repository, since: datetime | None) -> None:
        """Whether the list gave what GraphQL knows: so many issues where it was whole, and those that changed last."""
        newest = [id_ for id_, at in repository.newest or () if since is None or at >= since]
        is_short = falls_short(sum(id_ in self.present for id_ in newest), len(newest))
        if since is None and repository.total and len(self.settings.repository or ()) == 1:
            is_short = is_short or falls_short(len(self.present), repository.total)
        if is_short:
            self.is_short = True
            self.warnings.append(
                f"GitHub's list of the issues of {repository.name} is shorter than GitHub says; it is read again."
            )

    async def _batch(self, found: Sequence[Json], rows: Rows, details: Details) -> Batch:
        known = await details.of([id_of(row) for row in found])
        cards = self._cards
        items: list[Item] = []
        for row in found:
            try:
                items.append(rows.item(row, known.get(id_of(row)), cards.get(id_of(row))))
            except NOT_AS_DESCRIBED as error:  # it costs this one issue; the next census finds that it is missing
                self.warnings.append(not_as_described(str(row.get("html_url")), error))
        self.kept |= {id_of(row) for row in found}
        themes = {
            one.id: one for row in found if row.get("milestone") for one in [theme(row["milestone"], self.prefix)]
        }
        return Batch(items=tuple(items), themes=tuple(themes.values()))

    @cached_property
    def _cards(self) -> Mapping[str, OnBoard]:
        """What all projects say of each issue; where two say it, the one that is named first."""
        cards: dict[str, OnBoard] = {}
        for board in self.boards:
            for id_, card in board.cards.items():
                cards[id_] = cards[id_].filled_up(card) if id_ in cards else card
        return cards

    async def _moved(self, repositories: Sequence[Repository], rows: Rows, details: Details) -> AsyncIterator[Batch]:
        """Issues that changed on a board only: their list row does not show it, so they are read one by one."""
        names = {one.name.casefold() for one in repositories}
        wanted = [where for where in self._moved_cards().values() if where[0].casefold() in names]
        found = await asyncio.gather(*(listing.one(self.site, name, number) for name, number in wanted))
        if rows_found := [row for row in found if row and is_issue(row)]:
            yield replace(await self._batch(rows_found, rows, details), cursor=self._written())

    def _last(self, repositories: Sequence[Repository], rows: Rows, details: Details) -> Batch:
        """Notes, sprints, milestones and the order; and how far everything was read."""
        notes = {id_: (told, board) for board in reversed(self.boards) for id_, told in board.drafts.items()}
        self.present |= {*notes}
        if details.unseen:
            unseen = plural(details.unseen, "issue was", "issues were")
            self.warnings.append(f"{unseen} listed, but GitHub shows no details.")
        self.warnings += dict.fromkeys(details.problems)
        whole = self.mark.whole or self.now.isoformat()
        self.mark = replace(self.mark, whole=whole, cards=self._newest_card() or self.mark.cards, beside=self._beside())
        if self.is_short:
            self.mark = replace(self.mark, newest={}, whole=None, cards=None, beside="")
        if self.warnings:  # what was not read well is to be read again
            self.mark = self.mark.doubting()
        today, columns = self.now.date(), self.settings.columns
        drafts = [draft(rows, told, board.cards[id_], board.name, board.url) for id_, (told, board) in notes.items()]
        return Batch(
            items=tuple(drafts),
            sprints=tuple(one for board in self.boards for one in boards.sprints(board, self.prefix, today)),
            themes=tuple(one for repository in repositories for one in repository.themes),
            ranking=self._ranking({one.name.casefold() for one in repositories}, drafts),
            velocity=next((found for it in self.boards if (found := boards.velocity(it, columns, today))), None),
            cursor=self._written(),
            warnings=tuple(self.warnings),
        )

    def _ranking(self, repositories: Collection[str], drafts: Sequence[Item]) -> tuple[str, ...] | None:
        """The order of what is open, the projects one behind the other.

        What belongs to no repository of ours has no place in it, nor has a note in a column of finished work: the first
        place is that of the next thing to be done.
        """
        waiting = {it.id for it in drafts if it.stage.is_open}
        if self.ordering:
            return tuple(self.prefix + id_ for id_ in self.ordering.ranking())
        order = {
            id_: None
            for board in self.boards
            for id_ in board.order
            if self.prefix + id_ in waiting or (id_ in board.where and board.where[id_][0].casefold() in repositories)
        }
        return tuple(self.prefix + id_ for id_ in order) if self.boards else None

    def _written(self) -> str:
        graphs = [graph for graph in (self.graph, self.project_graph) if graph.is_there and graph.lacks is not None]
        lacks = {name for graph in graphs for name in (graph.lacks.names if graph.lacks else ())}
        sizes = self.graph.sizes | self.project_graph.sizes
        return replace(self.mark, lacks=tuple(sorted(lacks)) if graphs else None, sizes=sizes).written()


async def census(settings: "Github", graph: Graph, project_graph: Graph) -> frozenset[str] | None:
    """Every id that GitHub shows: what was deleted, moved or hidden never appears in a list of changes."""
    present: set[str] = set()
    read = [await boards.read(project_graph, owner, number, Columns()) for owner, number in settings.projects()]
    names = settings.repository or tuple({name: None for board in read for name, _ in board.where.values()})
    for name in names:
        listed: set[str] = set()
        async for page in listing.changed(graph.site, name, None):
            listed |= {id_of(row) for row in page if is_issue(row)}
        counted = (await vocabulary.describe(graph, name, settings.prefix)).total
        if counted and falls_short(len(listed), counted):
            raise TrackerError(f"GitHub counts {counted:,} issues in {name} and lists {len(listed):,}.", retryable=True)
        present |= listed
    for board in read:
        present |= {*board.drafts}
    return None if any(board.problems for board in read) else frozenset(settings.prefix + id_ for id_ in present)
