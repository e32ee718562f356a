"""Reading issues from Jira Cloud: a sweep over ids, then whole issues and whole histories in bulk."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus

from backlint.connector import falls_short
from backlint.connectors.jira.door import checked
from backlint.connectors.jira.pages import Walk, by_place, by_token
from backlint.connectors.jira.payload import listed, part, several
from backlint.connectors.jira.together import together
from backlint.errors import TrackerError
from backlint.transport import Json, Site

API = "rest/api/3"
IDS = 5000
ISSUES = 100
BULK = 1000
CHANGES = 10_000
NEWEST_COMMENTS = 100
NEWEST_CHANGES = 40
"""A search gives no more of each history, and what it calls their total may be no more than what it gives."""

ABSENT = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
"""How a site says that it knows no such request, as a proxy does that lets only some through."""


@dataclass(frozen=True)
class Swept:
    """Ids in the order of a query; `is_complete` is false where the site would not come to an end.

    `began` is the site's own time when it began.
    """

    ids: tuple[str, ...]
    is_complete: bool
    began: datetime | None = None


@dataclass
class Cloud:
    """One Cloud site. `bulk` is how many issues it gives at once when no lists are asked for; it shrinks on refusal."""

    site: Site
    fields: list[str]
    bulk: int = BULK
    has_histories: bool = True

    async def sweep(self, jql: str, *, is_sure: bool = False) -> Swept:
        """Every id that a query finds, each once, 5,000 a request.

        A walk over several pages, one that finds nothing, and one that must be sure, are held against the site's own
        count, and begun anew once where that says more: walks were seen that came to a quiet end after two thirds.
        """
        ids: dict[str, None] = {}
        for _ in range(2):
            walk = Walk()
            body = {"jql": jql, "fields": ["id"], "maxResults": IDS}
            async for page in by_token(self.site, f"{API}/search/jql", body, "the list of issues", walk):
                ids |= {str(issue["id"]): None for issue in page["issues"]}
            is_small = walk.is_complete and walk.pages == 1 and ids and not is_sure
            if is_small or await self.is_all(jql, len(ids), walk):
                return Swept(tuple(ids), is_complete=True, began=walk.began)
        return Swept(tuple(ids), is_complete=False)

    async def is_all(self, jql: str, given: int, walk: Walk) -> bool:
        """Whether a walk gave what the site counts; one that had no end must have given every one."""
        counted = await self._count(jql)
        if counted is None:
            return walk.is_complete
        return not falls_short(given, counted) if walk.is_complete else given >= counted

    async def search(
        self, jql: str, walk: Walk, *, with_comments: bool = True, with_changes: bool = False
    ) -> AsyncIterator[list[Json]]:
        """Whole issues, page by page; with the newest of their changes, where those are wanted."""
        fields = [*self.fields, "comment"] if with_comments else self.fields
        body: dict[str, Json] = {"jql": jql, "fields": fields, "maxResults": ISSUES}
        body |= {"expand": "changelog"} if with_changes else {}
        async for page in by_token(self.site, f"{API}/search/jql", body, "issues", walk):
            yield list(page["issues"])

    async def fetch(self, ids: Sequence[str], *, with_comments: bool) -> list[Json]:
        """Whole issues by id; what is not given was asked for twice."""
        fields = [*self.fields, "comment"] if with_comments else self.fields
        found = await self._in_pieces(ids, fields, ISSUES if with_comments else self.bulk)
        missing = [id_ for id_ in ids if id_ not in found]
        if missing:  # the index may be ahead of what may be read, or a moment behind it
            found |= await self._in_pieces(missing, fields, ISSUES)
        return list(found.values())

    async def histories(self, ids: Sequence[str]) -> dict[str, list[Json]] | None:
        """The whole history of each issue; `None` where this site gives none."""
        if not self.has_histories:
            return None
        found: dict[str, list[Json]] = {id_: [] for id_ in ids}
        pieces = [ids[start : start + BULK] for start in range(0, len(ids), BULK)]
        for logs in await together([self._changelogs(piece) for piece in pieces]):
            if logs is None:
                self.has_histories = False
                return None
            for log in logs:
                found.setdefault(str(log.get("issueId")), []).extend(several(log, "changeHistories"))
        return found

    async def histories_of(self, issues: Sequence[Json]) -> Mapping[str, list[Json] | None]:
        """The whole histories of issues that came with changes: those that may have more are asked for."""
        came = {str(it["id"]): several(it, "changelog", "histories")[::-1] for it in issues if _brings_all_changes(it)}
        short = [str(it["id"]) for it in issues if str(it["id"]) not in came]
        more = await self.histories(short) if short else {}
        return {**came, **(dict.fromkeys(short) if more is None else more)}

    async def comments(self, issue: Json, came: Sequence[Json]) -> list[Json]:
        """The comments that came with an issue, and the newest hundred."""
        query: dict[str, str | int] = {"orderBy": "-created", "maxResults": NEWEST_COMMENTS}
        answer = await self.site.get(f"{API}/issue/{issue['id']}/comment", query)
        newest = several(checked(answer, f"the comments of {issue.get('key')}"), "comments")
        return list({str(comment.get("id")): comment for comment in [*came, *newest]}.values())

    async def shows(self, id_: str) -> bool:
        """Whether a direct read finds the issue: it looks into the database, and not into the index."""
        answer = await self.site.get(f"{API}/issue/{id_}", {"fields": "id"})
        if answer.status == HTTPStatus.NOT_FOUND:
            return False
        checked(answer, f"issue {id_}")
        return True

    async def _in_pieces(self, ids: Sequence[str], fields: list[str], size: int) -> dict[str, Json]:
        pieces = [ids[start : start + size] for start in range(0, len(ids), size)]
        found: dict[str, Json] = {}
        for issues in await together([self._bulk(piece, fields) for piece in pieces]):
            found |= {str(issue["id"]): issue for issue in issues}
        return found

    async def _bulk(self, ids: Sequence[str], fields: list[str]) -> list[Json]:
        answer = await self.site.ask(f"{API}/issue/bulkfetch", {"issueIdsOrKeys": list(ids), "fields": fields})
        if answer.status in ABSENT:
            found = replace(self, fields=fields).search(f"id in ({', '.join(ids)})", Walk(), with_comments=False)
            return [issue async for page in found for issue in page]
        if answer.status == HTTPStatus.BAD_REQUEST and len(ids) > ISSUES:
            self.bulk = ISSUES  # sites differ: a hundred is what every one of them gives
            return list((await self._in_pieces(ids, fields, ISSUES)).values())
        return several(checked(answer, "issues"), "issues")

    async def _changelogs(self, ids: Sequence[str]) -> list[Json] | None:
        walk = Walk()
        body = {"issueIdsOrKeys": list(ids), "maxResults": CHANGES}
        pages = by_token(self.site, f"{API}/changelog/bulkfetch", body, "histories", walk, name="issueChangeLogs")
        try:
            logs = [log async for page in pages for log in page["issueChangeLogs"]]
        except TrackerError as error:
            if error.status not in ABSENT:
                raise
            return None
        return logs if walk.is_complete else await self._one_by_one(ids)

    async def _one_by_one(self, ids: Sequence[str]) -> list[Json]:
        """The slow way, for when the bulk answer leads in a ring."""
        return [{"issueId": id_, "changeHistories": await self._changelog(id_)} for id_ in ids]

    async def _changelog(self, id_: str) -> list[Json]:
        pages = by_place(self.site, f"{API}/issue/{id_}/changelog", {"maxResults": 100}, "a history")
        return [change async for page in pages for change in several(page, "values")]

    async def _count(self, jql: str) -> int | None:
        answer = await self.site.ask(f"{API}/search/approximate-count", {"jql": jql})
        if answer.status in ABSENT:
            return None
        return int(part(checked(answer, "the count of issues"))["count"])


def _brings_all_changes(issue: Json) -> bool:
    log = part(issue, "changelog")
    came = listed(log, "histories")
    return "histories" in log and len(came) < NEWEST_CHANGES and int(log.get("total") or 0) <= len(came)
