"""The order of the backlog: the board's own, where a board is named; else the rank of the project's open issues."""

from http import HTTPStatus

from backlint.connectors.jira.facts import Facts
from backlint.connectors.jira.pages import Walk, by_place, by_query_token
from backlint.connectors.jira.payload import several
from backlint.connectors.jira.query import OPEN
from backlint.errors import TrackerError
from backlint.transport import Json, Site

SOFTWARE = "rest/software/1.0"
AGILE = "rest/agile/1.0"
PAGE = 100


async def of_board(site: Site, facts: Facts) -> list[str]:
    """The ids in a board's order: its running and coming sprints, then what stands in no sprint."""
    return [id_ for ids in await lists_of_board(site, facts) for id_ in ids]


async def lists_of_board(site: Site, facts: Facts) -> list[list[str]]:
    """The same, sprint by sprint; what stands in two lists counts where it comes first."""
    paths = [f"sprint/{sprint['id']}/issue" for sprint in facts.sprints if sprint.get("id") is not None]
    lists: list[list[str]] = []
    known: set[str] = set()
    for path in [*paths, f"board/{facts.board_id}/backlog"]:
        ids = dict.fromkeys(str(issue["id"]) for issue in await _issues(site, path, facts))
        lists.append([id_ for id_ in ids if id_ not in known])
        known |= ids.keys()
    return lists


async def _issues(site: Site, path: str, facts: Facts) -> list[Json]:
    """The open issues of a sprint or a backlog, in order.

    Cloud's lists moved to `/rest/software/1.0`; a Cloud site that does not have it yet, and every Data Center, still
    has those of `/rest/agile/1.0`.
    """
    what = f"the order of board {facts.board_id}"
    query: dict[str, str | int] = {"fields": "id", "jql": OPEN, "maxResults": PAGE}
    if facts.is_cloud:
        walk = Walk()
        try:
            pages = [page async for page in by_query_token(site, f"{SOFTWARE}/{path}", query, what, walk)]
        except TrackerError as error:
            if error.status != HTTPStatus.NOT_FOUND:
                raise
        else:
            if not walk.is_complete:
                raise TrackerError(f"Jira did not come to an end with {what}.", retryable=True)
            return [issue for page in pages for issue in several(page, "issues")]
    pages = [page async for page in by_place(site, f"{AGILE}/{path}", query, what, "issues")]
    return [issue for page in pages for issue in several(page, "issues")]
