"""Reading issues from Jira Data Center: one search gives whole issues, with their histories and comments."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from backlint.connector import falls_short
from backlint.connectors.jira.pages import MOST_PAGES, page_of
from backlint.connectors.jira.payload import several
from backlint.errors import TrackerError
from backlint.transport import Json, Site

API = "rest/api/2"
PAGE = 1000
SMALLEST_PAGE = 25


@dataclass(frozen=True)
class Page:
    """Issues, the place that the next page begins at (`None` after the last), and how many there are in all."""

    issues: list[Json]
    following: int | None
    total: int


@dataclass
class Server:
    """One Data Center site. `page` shrinks when the site cannot answer as much at once in time."""

    site: Site
    fields: list[str]
    page: int = PAGE

    async def search(self, jql: str, start: int = 0, *, fields: Sequence[str] | None = None) -> AsyncIterator[Page]:
        """Whole issues page by page, or only the fields that are named, without comments and history.

        Places shift when an issue before them goes: where the total shrank, the walk steps back as far, so that an
        issue may come twice, but none is passed over.
        """
        total: int | None = None
        for _ in range(MOST_PAGES):
            body = await self._ask(jql, start, fields)
            issues = list(several(body, "issues"))
            if int(body.get("startAt") or 0) != start:
                raise TrackerError("Jira answered with another page of issues than it was asked for.")
            now_total = int(body.get("total") or 0)
            if total is not None and now_total < total and start > 0:
                start, total = max(start - (total - now_total), 0), now_total
                continue
            total = now_total
            start += len(issues)
            if not issues and falls_short(start, total):
                raise TrackerError(f"Jira counts {total:,} issues and gave none after {start:,}.", retryable=True)
            is_last = not issues or start >= total
            yield Page(issues, None if is_last else start, total)
            if is_last:
                return
        raise TrackerError("Jira's search did not come to an end.")

    async def _ask(self, jql: str, start: int, fields: Sequence[str] | None) -> Json:
        whole = {"fields": [*self.fields, "comment"], "expand": ["changelog"]}
        told = whole if fields is None else {"fields": list(fields), "validateQuery": False}
        while True:
            body = {"jql": jql, "startAt": start, "maxResults": self.page if fields is None else PAGE} | told
            try:
                return page_of(await self.site.ask(f"{API}/search", body), "issues", "issues")
            except TrackerError as error:
                is_too_much = error.retryable and error.status != 429 and self.page > SMALLEST_PAGE  # noqa: PLR2004
                if fields is not None or not is_too_much:
                    raise
                self.page = max(self.page // 4, SMALLEST_PAGE)
