"""The REST half: one issue, the list of issues, who the token is, and where a renamed or moved thing now stands."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from backlint.testing.fakes.github import apps, payloads, writing
from backlint.testing.fakes.github.issues import Issue
from backlint.testing.fakes.github.replies import refuse, say
from backlint.testing.fakes.github.repositories import Repository
from backlint.testing.fakes.github.rights import Token
from backlint.transport.inprocess import Heard, Reply

if TYPE_CHECKING:
    from backlint.testing.fakes.github.hub import FakeGithub

Query = dict[str, str]

DEEPEST = 10_000
"""So many items can be reached by page number."""
SINCE_FLOOR = datetime.fromisoformat("1970-01-02T00:00:00+00:00")
"""An earlier `since` finds nothing."""

SORTS: dict[str, Callable[[Issue], tuple[datetime, int]]] = {
    "created": lambda issue: (issue.created, issue.number),
    "updated": lambda issue: (issue.updated, issue.number),
}


def answer(hub: "FakeGithub", token: Token, heard: Heard, path: str, query: Query) -> Reply:
    """Answer a request below the API's base."""
    if reply := apps.answer(hub, token, heard, path):
        return reply
    by_name = re.fullmatch(r"/repos/([^/]+/[^/]+)(/.*)?", path)
    by_id = re.fullmatch(r"/repositories/(\d+)(/.*)?", path)
    if by_name and by_name[1] in hub.renamed:
        to = f"{base(heard.url)}/repositories/{hub.renamed[by_name[1]].ids[0]}{by_name[2] or ''}"
        status = 301 if heard.method == "GET" else 307
        return say(status, {"message": "Moved Permanently", "url": to}, {"location": to})
    if by_name:
        found = hub.repositories.get(by_name[1])
    else:
        found = next((one for one in hub.repositories.values() if by_id and str(one.ids[0]) == by_id[1]), None)
    rest = (by_name or by_id or {2: ""})[2] or ""
    if found is None or not token.sees(found.full_name):
        return refuse(404, "Not Found")
    if heard.method != "GET":
        return writing.answer(token, heard, found, rest)
    return _about(token, heard, found, rest, query)


def _about(token: Token, heard: Heard, repo: Repository, rest: str, query: Query) -> Reply:
    if rest == "":
        return say(200, payloads.repository(repo))
    if rest == "/issues":
        return _listed(heard, repo, query)
    if rest == "/labels":
        return say(200, [payloads.label(name) for name in repo.labels])
    if rest in {"/issues/comments", "/issues/events"}:
        show = payloads.comments if rest == "/issues/comments" else payloads.events
        return _plain_page(heard, rest, repo, query, [row for one in repo.issues.values() for row in show(one)])
    if listed := re.fullmatch(r"/issues/(\d+)/(comments|dependencies/blocked_by)", rest):
        about = repo.issues[int(listed[1])]
        blockers = [payloads.issue(one) for one in about.blocked_by]
        return _plain_page(heard, rest, repo, query, payloads.comments(about) if listed[2] == "comments" else blockers)
    one = re.fullmatch(r"/issues/(\d+)", rest)
    return _one(token, heard, repo, int(one[1])) if one else refuse(404, "Not Found")


def _one(token: Token, heard: Heard, repo: Repository, number: int) -> Reply:
    if number in repo.issues:
        return say(200, payloads.issue(repo.issues[number]))
    if number not in repo.gone:
        return refuse(404, "Not Found")
    moved = repo.gone[number]
    if moved is None:
        return refuse(410, "This issue was deleted")
    if not token.sees(moved.repository.full_name):
        return refuse(404, "Not Found")
    to = f"{base(heard.url)}/repos/{moved.repository.full_name}/issues/{moved.number}"
    return say(301, {"message": "Moved Permanently", "url": to}, {"location": to})


def _listed(heard: Heard, repo: Repository, query: Query) -> Reply:
    """A page of issues and pull requests, with the links of the two ways of paging."""
    state, size = query.get("state", "open"), min(int(query.get("per_page", "30")), 100)
    since = datetime.fromisoformat(query.get("since", "1980-01-01T00:00:00Z"))
    key = SORTS[query.get("sort", "created")]
    rows = [one for one in repo.issues.values() if state in {"all", one.state}]
    rows = [one for one in rows if since >= SINCE_FLOOR and one.updated.replace(microsecond=0) >= since]
    is_up = query.get("direction", "desc") == "asc"
    rows.sort(key=key, reverse=not is_up)
    page = int(query.get("page", "1"))
    if page * size > DEEPEST:
        said = "Pagination with the page parameter is not supported for large datasets, please use cursor based"
        return refuse(422, f"{said} pagination (after/before)")
    start = (page - 1) * size
    if "after" in query:
        mark = _mark(query["after"])
        start = next((at for at, one in enumerate(rows) if (key(one) > mark if is_up else key(one) < mark)), len(rows))
    shown = rows[start : start + size]
    links = {}
    if start + size < len(rows):
        forward = {"after": _written(key(shown[-1]))} if repo.hub.has_cursors else {"page": str(page + 1)}
        asked = {name: value for name, value in query.items() if name not in {"page", "after"}}
        url = f"{base(heard.url)}/repositories/{repo.ids[0]}/issues?{urlencode({**asked, **forward})}"
        links = {"link": f'<{url}>; rel="next", <https://github.blog/changelog>; rel="deprecation"; type="text/html"'}
    return say(200, [payloads.issue(one) for one in shown], links)


def _plain_page(heard: Heard, rest: str, repo: Repository, query: Query, rows: list[payloads.Payload]) -> Reply:
    """A page by number of a list that changes seldom."""
    page, size = int(query.get("page", "1")), min(int(query.get("per_page", "30")), 100)
    url = f"{base(heard.url)}/repositories/{repo.ids[0]}{rest}?{urlencode({**query, 'page': str(page + 1)})}"
    links = {"link": f'<{url}>; rel="next"'} if page * size < len(rows) else {}
    return say(200, rows[(page - 1) * size : page * size], links)


def _written(key: tuple[datetime, int]) -> str:
    return f"{key[0].isoformat()}|{key[1]}"


def _mark(cursor: str) -> tuple[datetime, int]:
    at, _, number = cursor.partition("|")
    return datetime.fromisoformat(at), int(number)


def base(url: str) -> str:
    """Where this API stands, as far as the asker is concerned."""
    found = re.match(r"https?://[^/]+(/api/v3)?", url)
    return found[0] if found else payloads.API
