"""Walking through Jira's pages, by token or by place: always to an end, and it says when that is not all."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from backlint.connectors.jira.door import checked
from backlint.connectors.jira.payload import listed, part
from backlint.connectors.jira.times import dated
from backlint.errors import TrackerError
from backlint.transport import Answer, Json, Site

MOST_PAGES = 20_000


@dataclass
class Walk:
    """One walk: `is_complete` turns false where the site would not let us come to an end; `pages` are those it had.

    `began` is the site's own time when it gave the first of them.
    """

    is_complete: bool = True
    pages: int = 0
    began: datetime | None = None
    _seen: set[str] = field(default_factory=set[str])

    def goes_on(self, page: Json) -> str | None:
        """The token of the next page; `None` at the end. The end is where Jira says so, not where a page is short.

        A token that was given before leads in a ring, and a page that says that it is not the last but has no token
        leads nowhere: the walk ends there, incomplete.
        """
        self.pages += 1
        token = page.get("nextPageToken")
        if page.get("isLast") is True or (not token and page.get("isLast") is not False):
            return None
        if not token or token in self._seen or len(self._seen) >= MOST_PAGES:
            self.is_complete = False
            return None
        self._seen.add(token)
        return str(token)


async def by_token(
    site: Site, path: str, body: Mapping[str, Json], what: str, walk: Walk, *, name: str = "issues"
) -> AsyncIterator[Json]:
    """The pages of a POST that takes the token in its body."""
    token: str | None = None
    while True:
        answer = await site.ask(path, dict(body) | ({"nextPageToken": token} if token else {}))
        page = page_of(answer, what, name)
        walk.began = walk.began or dated(answer.headers)
        yield page
        token = walk.goes_on(page)
        if token is None:
            return


async def by_query_token(
    site: Site, path: str, query: Mapping[str, str | int], what: str, walk: Walk
) -> AsyncIterator[Json]:
    """The pages of a GET that takes the token in its query."""
    token: str | None = None
    while True:
        answer = await site.get(path, dict(query) | ({"nextPageToken": token} if token else {}))
        page = page_of(answer, what, "issues")
        yield page
        token = walk.goes_on(page)
        if token is None:
            return


async def by_place(
    site: Site, path: str, query: Mapping[str, str | int], what: str, name: str = "values"
) -> AsyncIterator[Json]:
    """The pages of a GET that counts places; the server may give fewer at a time than were asked for."""
    start = 0
    for _ in range(MOST_PAGES):
        page = page_of(await site.get(path, dict(query) | {"startAt": start}), what, name)
        found = page[name]
        yield page
        start += len(found)
        is_past_total = page.get("isLast") is None and start >= int(page.get("total") or 0)
        if not found or page.get("isLast") is True or is_past_total:
            return
    raise TrackerError(f"Jira gave more than {MOST_PAGES:,} pages of {what}.")


def page_of(answer: Answer, what: str, name: str) -> Json:
    """A page with its list in it: an answer without one must not look like an empty page."""
    page = checked(answer, what)
    if name not in part(page) or part(page)[name] != listed(page, name):
        raise TrackerError(f"Jira answered {what} without a list of {name}.", retryable=True)
    return page
