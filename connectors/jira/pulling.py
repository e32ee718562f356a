"""One pull: what changed since the cursor, or everything, in batches that can each be kept."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from backlint.connector import NOT_AS_DESCRIBED, Batch, falls_short, not_as_described
from backlint.connectors.jira import order, query
from backlint.connectors.jira.cloud import BULK, ISSUES, Cloud
from backlint.connectors.jira.cursor import Cursor, Phase
from backlint.connectors.jira.facts import Facts, whoami
from backlint.connectors.jira.fields import Meaning
from backlint.connectors.jira.iterations import Iterations
from backlint.connectors.jira.pages import Walk
from backlint.connectors.jira.payload import part, several
from backlint.connectors.jira.remembered import Remembered, UnfamiliarError, is_familiar
from backlint.connectors.jira.server import Server
from backlint.connectors.jira.sprints import to_sprint
from backlint.connectors.jira.times import OVERLAP, milliseconds, moment
from backlint.connectors.jira.together import Once, ending, in_order, together
from backlint.connectors.jira.velocity import LOOK_BACK, finished
from backlint.errors import ConfigError, TrackerError
from backlint.model import Item, Sprint, Theme
from backlint.plural import plural
from backlint.transport import Json, Site

if TYPE_CHECKING:
    from backlint.connectors.jira import Jira

AHEAD = {Phase.OPEN: 4, Phase.DONE: 1}
"""Pieces that are fetched while the one before is being kept: of a hundred open issues, or of a thousand done ones."""

Logs: TypeAlias = dict[str, list[Json]] | None
Piece: TypeAlias = Callable[[], Coroutine[Any, Any, tuple[str, Batch]]]

BARE = ("id",)

STEP_BACK = 50
"""A read of Data Center that goes on at a place looks so many issues back, for places shift."""


@dataclass
class Pull:
    """What one pull knows; the two flavours of Jira differ in how they give issues, and in nothing else.

    `now` is our time and `began` the site's, where it has told it; `known` is what the next pull need not ask for.
    `lost` are issues that were listed and then not given: they are asked for again by the next pull. `is_quiet` until
    an issue is given.
    """

    site: Site
    settings: "Jira"
    facts: Facts
    cursor: Cursor
    now: datetime
    began: datetime | None
    known: Remembered | None = None
    warnings: list[str] = field(default_factory=list[str])
    lost: dict[str, None] = field(default_factory=dict[str, None])
    is_complete: bool = True
    is_quiet: bool = True

    def __post_init__(self) -> None:
        fields = self.facts.fields.to_read
        self.cloud = Cloud(self.site, fields)
        self.server = Server(self.site, fields)
        self.scope = query.scope(self.settings.project, self.settings.filter)
        self.iterations = Iterations(self.site, self.facts.mapper.prefix, self.cursor.sprints)

    async def batches(self) -> AsyncIterator[Batch]:
        """The order first, so that even a pull that dies has it; then the issues; last the velocity."""
        open_ids = await self._list_open()
        ranking = await self._ranking(open_ids)
        yield Batch(ranking=ranking, sprints=self._board_sprints(), cursor=self._written())
        if self.cursor.phase is Phase.CHANGES:
            reading = self._changes()
        elif self.facts.is_cloud:
            reading = self._all_of_cloud(open_ids)
        else:
            reading = self._all_of_server()
        async for batch in reading:
            yield batch
        speed = await self.velocity()
        await self.iterations.ask_for_unseen()
        if self.lost:
            lost = plural(len(self.lost), "issue was", "issues were")
            self.warnings.append(f"{lost} listed by Jira and then not given; the next run asks again.")
        self.cursor = self._end(len(open_ids))
        warnings = (*self.facts.cannot, *self.warnings)
        sprints = tuple(self.iterations.seen.values())
        yield Batch(ranking=ranking, sprints=sprints, velocity=speed, cursor=self._written(), warnings=warnings)

    def _end(self, listed: int) -> Cursor:
        """Where the next pull begins: where this one began, unless it could not see everything that changed."""
        if not self.is_complete:
            return self.cursor
        lost = tuple(self.lost)
        since = milliseconds(self.began) if self.began else self.cursor.since
        site = self.known.written() if self.known else None
        told = Cursor(since, self.cursor.scope, Phase.CHANGES, lost=lost, sprint=self._running)
        return replace(told, listed=listed, site=site)

    def _written(self) -> str:
        return str(replace(self.cursor, sprints=self.iterations.open))

    # The order

    async def _list_open(self) -> tuple[str, ...]:
        """The ids of the open issues by rank: the order of the backlog, and the first half of a full read."""
        jql = f"{query.both(self.scope, query.OPEN)} ORDER BY Rank ASC"
        if not self.facts.fields.of(Meaning.RANK):
            jql = f"{query.both(self.scope, query.OPEN)} ORDER BY key ASC"
        if self.facts.is_cloud:
            ids = await self._sweep(jql, is_sure=self.cursor.phase is not Phase.CHANGES)
            return await self._sweep(jql, is_sure=True) if falls_short(len(ids), self.cursor.listed) else ids
        return tuple([str(issue["id"]) async for page in self.server.search(jql, fields=BARE) for issue in page.issues])

    async def _ranking(self, open_ids: Sequence[str]) -> tuple[str, ...] | None:
        """The order of the backlog by item ids; `None` where the site has none, or did not give all of it."""
        ids: Sequence[str] = open_ids
        if self.settings.board is not None:
            try:
                ids = await order.of_board(self.site, self.facts)
            except (TrackerError, ConfigError) as error:
                self.warnings.append(f"The order of board {self.settings.board} was not read: {error}")
                return None
        elif not self.facts.fields.of(Meaning.RANK) or not self.is_complete:
            return None
        return tuple(self.facts.mapper.item_id(id_) for id_ in ids)

    async def _sweep(self, jql: str, *, is_sure: bool = False) -> tuple[str, ...]:
        swept = await self.cloud.sweep(jql, is_sure=is_sure)
        if not swept.is_complete:
            self._is_cut_short("the list of issues")
        self.began = self.began or swept.began
        if not swept.ids and self.facts.is_remembered:
            await whoami(self.site, f"{self.facts.api}/myself")  # to a stranger every site is empty
        return swept.ids

    # Everything

    async def _all_of_cloud(self, open_ids: Sequence[str]) -> AsyncIterator[Batch]:
        """Open issues with their comments, then done ones without: a hundred a request, and a thousand."""
        done_ids = await self._sweep(f"{query.both(self.scope, query.DONE)} ORDER BY key ASC", is_sure=True)
        total = len(open_ids) + len(done_ids)
        for phase, ids in ((Phase.OPEN, open_ids), (Phase.DONE, done_ids)):
            if self.cursor.phase is Phase.DONE and phase is Phase.OPEN:
                continue
            after = self.cursor.after if phase is self.cursor.phase else 0
            left = sorted((id_ for id_ in ids if int(id_) > after), key=int)
            under_way: set[asyncio.Future[Logs]] = set()
            async with ending(under_way):
                async for last, batch in in_order(self._pieces(left, phase, under_way), AHEAD[phase]):
                    self._come_to(phase, int(last))
                    yield replace(batch, cursor=self._written(), total=total)

    def _pieces(self, ids: Sequence[str], phase: Phase, under_way: set[asyncio.Future[Logs]]) -> Iterator[Piece]:
        """What to fetch: histories by the thousand, which several pieces share, and issues as many as are given."""
        size = ISSUES if phase is Phase.OPEN else BULK
        for start in range(0, len(ids), BULK):
            unit = ids[start : start + BULK]
            logs = Once(partial(self.cloud.histories, unit), under_way)
            for place in range(0, len(unit), size):
                yield partial(self._piece, unit[place : place + size], logs, is_open=phase is Phase.OPEN)

    def _come_to(self, phase: Phase, after: int) -> None:
        """Remember how far we are, unless the list was cut short: what is missing from it may stand before that."""
        if self.is_complete:
            self.cursor = replace(self.cursor, phase=phase, after=after)

    async def _piece(self, ids: Sequence[str], logs: Once[Logs], *, is_open: bool) -> tuple[str, Batch]:
        """The last of the ids, and what there is of them."""
        logs.begin()
        issues = await self.cloud.fetch(ids, with_comments=is_open)
        given = {str(issue["id"]) for issue in issues}
        self.lost |= {id_: None for id_ in ids if id_ not in given}
        return ids[-1], await self._mapped(issues, await logs.result())

    async def _all_of_server(self) -> AsyncIterator[Batch]:
        jql = f"{self.scope} ORDER BY created ASC, key ASC"
        async for page in self.server.search(jql, max(self.cursor.after - STEP_BACK, 0)):
            batch = await self._mapped(page.issues, None)
            self._come_to(Phase.OPEN, page.following or page.total)
            yield replace(batch, cursor=self._written(), total=page.total)

    # What changed

    async def _changes(self) -> AsyncIterator[Batch]:
        since = self.cursor.moment - OVERLAP
        zone = self.facts.zone
        changed = query.since("updated", since, is_cloud=self.facts.is_cloud, zone=zone)
        jql = f"{query.both(self.scope, changed)} ORDER BY key ASC"
        if self.cursor.lost:
            yield await self._lost_before()
        async for issues in self._changed(jql):
            fresh = [issue for issue in issues if _changed_after(issue, since)]
            histories = await self.cloud.histories_of(fresh) if self.facts.is_cloud else None
            yield replace(await self._mapped(fresh, histories), cursor=self._written())

    async def _lost_before(self) -> Batch:
        """What an earlier pull was not given. What a direct read does not find either is the census's to judge."""
        under_way: set[asyncio.Future[Logs]] = set()
        async with ending(under_way):
            logs = Once(partial(self.cloud.histories, self.cursor.lost), under_way)
            _, batch = await self._piece(self.cursor.lost, logs, is_open=True)
        for id_ in list(self.lost):
            if not await self.cloud.shows(id_):
                del self.lost[id_]
        return batch

    async def _changed(self, jql: str) -> AsyncIterator[list[Json]]:
        if not self.facts.is_cloud:
            async for page in self.server.search(jql):
                yield page.issues
            return
        walk, given = Walk(), 0
        async for issues in self.cloud.search(jql, walk, with_changes=True):
            given += len(issues)
            yield issues
        if not walk.is_complete or (walk.pages > 1 and not await self.cloud.is_all(jql, given, walk)):
            self._is_cut_short("the list of changed issues")

    # Mapping

    async def _mapped(self, issues: Sequence[Json], histories: Mapping[str, list[Json] | None] | None) -> Batch:
        """Issues as items, with the sprints and releases that they name. Without histories, each brings its own."""
        mapper = self.facts.mapper
        if self.facts.is_remembered and not all(is_familiar(mapper, issue) for issue in issues):
            raise UnfamiliarError
        if not self.facts.is_cloud:
            await self._name_epics(issues)
        self.is_quiet = self.is_quiet and not issues
        comments = await self._comments(issues)
        sprints: dict[str, Sprint] = {}
        themes: dict[str, Theme] = {}
        items: list[Item] = []
        for issue, said in zip(issues, comments, strict=True):
            changes = part(issue, "changelog").get("histories") if histories is None else histories[str(issue["id"])]
            try:
                items.append(mapper.item(issue, changes, said))
                sprints |= {sprint.id: sprint for sprint in mapper.sprints(issue)}
                themes |= {theme.id: theme for theme in mapper.themes(issue)}
            except NOT_AS_DESCRIBED as error:  # it costs this one issue, and the next run asks for it again
                self.warnings.append(not_as_described(f"Issue {issue.get('key')}", error))
                self.lost[str(issue["id"])] = None
        self.iterations.note(sprints.values())
        return Batch(items=tuple(items), sprints=tuple(sprints.values()), themes=tuple(themes.values()))

    async def _comments(self, issues: Sequence[Json]) -> list[list[Json]]:
        """The comments of each. Cloud sends no more than some with an issue, and says how many there are."""
        pages = [part(issue, "fields", "comment") for issue in issues]
        came = [several(page, "comments") for page in pages]
        if self.facts.is_cloud:
            short = [n for n, page in enumerate(pages) if len(came[n]) < int(page.get("total") or 0)]
            more = await together(self.cloud.comments(issues[n], came[n]) for n in short)
            for n, comments in zip(short, more, strict=True):
                came[n] = comments
        return came

    async def _name_epics(self, issues: Sequence[Json]) -> None:
        """Data Center names an epic by its key; its id is looked up, once, wherever the epic stands."""
        known = self.facts.mapper.ids_by_key
        known |= {str(issue["key"]): str(issue["id"]) for issue in issues}
        epics = {part(it, "fields").get(id_) for it in issues for id_ in self.facts.fields.of(Meaning.EPIC)}
        unknown = sorted(key for key in epics if isinstance(key, str) and key not in known)
        if unknown:
            jql = f"key in ({', '.join(query.quoted(key) for key in unknown)})"
            async for page in self.server.search(jql, fields=BARE):
                known |= {str(issue["key"]): str(issue["id"]) for issue in page.issues}

    # What the team is able to do

    def _board_sprints(self) -> tuple[Sprint, ...]:
        told = (to_sprint(sprint, self.facts.mapper.prefix) for sprint in self.facts.sprints)
        found = tuple(sprint for sprint in told if sprint)
        self.iterations.note(found)
        return found

    @property
    def _running(self) -> str:
        return ",".join(str(it.get("id")) for it in self.facts.sprints if it.get("state") == "active")

    async def velocity(self) -> tuple[float, ...] | None:
        """What was finished in each of the last sprints; the answer tells the states of those sprints, too.

        Asked for only when another sprint runs than the last time, for it cannot have changed before; and where none
        runs, when anything has changed.
        """
        fields, zone = self.facts.fields, self.facts.zone
        is_quiet = self.facts.is_remembered and self.is_quiet and self.iterations.is_all_seen
        if not fields.of(Meaning.SPRINT) or (self._running == self.cursor.sprint and (self._running or is_quiet)):
            return None
        resolved = query.since(
            "resolved", (self.began or self.now) - LOOK_BACK, is_cloud=self.facts.is_cloud, zone=zone
        )
        jql = f"{query.both(self.scope, query.DONE, 'sprint in closedSprints()', resolved)} ORDER BY key ASC"
        wanted = ["resolutiondate", *fields.of(Meaning.SPRINT), *fields.of(Meaning.POINTS)]
        try:
            if self.facts.is_cloud:
                pages = [page async for page in Cloud(self.site, wanted).search(jql, Walk(), with_comments=False)]
            else:
                pages = [page.issues async for page in self.server.search(jql, fields=wanted)]
        except ConfigError:
            return None  # no closed sprint, or no sprints at all: Jira refuses the function then
        issues = [issue for page in pages for issue in page]
        self.iterations.note(sprint for issue in issues for sprint in self.facts.mapper.sprints(issue))
        return finished(issues, fields)

    def _is_cut_short(self, what: str) -> None:
        self.is_complete = False
        self.warnings.append(f"Jira gave {what} in part: it ended too early, or came again and again.")


def _changed_after(issue: Json, since: datetime) -> bool:
    """A query rounds to minutes, and may be off by a time zone; the issue itself knows."""
    updated = moment(part(issue, "fields").get("updated"))
    return updated is None or updated >= since
