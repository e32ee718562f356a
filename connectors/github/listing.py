"""The list of a repository's issues by REST, in pages that lose nothing while issues change under them.

Sorted by the time of change, oldest first. GitHub's own `next` links are followed blindly. Where they count pages
(Enterprise Server, and github.com before 2025) a change while reading moves rows over the page boundaries and some are
never seen; there the list is asked again from the newest change that was read, which overlaps by a row and loses none.
"""

import re
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from backlint.connectors.github.graph import refused
from backlint.connectors.github.payload import part, several
from backlint.connectors.github.rows import repository_of
from backlint.errors import TrackerError
from backlint.transport import Answer, Json, Site

PAGE = 100
NEXT = re.compile(r'<([^<>]+)>\s*;[^,<]*?rel="next"')
"""Nothing in it reaches past the next `<`, so that a hostile header is still read in one pass."""

FLOOR = datetime(1980, 1, 1, tzinfo=UTC)
"""GitHub finds nothing for 1970."""

LARGEST_LIST = 1_000_000
"""Rows after which a list is taken for one that never ends."""


def next_page(answer: Answer) -> str | None:
    """Where GitHub says that the list goes on."""
    found = NEXT.search(answer.headers.get("link", ""))
    return found[1] if found else None


async def changed(site: Site, repository: str, since: datetime | None) -> AsyncGenerator[list[Json]]:
    """Pages of issues and pull requests that changed since then, each row once, oldest change first.

    Raises `TrackerError` where the repository cannot be read, or a page cannot be a page.
    """
    seen: dict[int, str] = {}
    path = f"repos/{repository}/issues"
    anchor = max(since, FLOOR) if since else None
    answer = await site.get(path, _asked(anchor))
    can_anchor = True
    followed: set[str] = set()
    while True:
        rows = _rows(site, repository, answer)
        fresh = [row for row in rows if seen.get(row["id"]) != row["updated_at"]]
        seen.update((row["id"], row["updated_at"]) for row in fresh)
        yield fresh
        link = next_page(answer)
        if link is None:
            return
        if not rows or link in followed:
            what = "leads in a ring" if rows else "has an empty page in its middle"
            raise TrackerError(f"{site.name}'s list of the issues of {repository} {what}.", retryable=True)
        newest = max((datetime.fromisoformat(row["updated_at"]) for row in rows), default=None)
        can_anchor = can_anchor and bool(fresh)
        if can_anchor and newest and not _has_cursor(link) and (anchor is None or newest > anchor):
            anchor = newest
            answer = await site.get(path, _asked(anchor))
        else:
            followed.add(link)
            answer = await site.get(link)
        if len(seen) > LARGEST_LIST:
            raise TrackerError(
                f"{site.name} gives more than {LARGEST_LIST:,} issues of {repository}; reading was stopped."
            )


def _asked(since: datetime | None) -> dict[str, str | int]:
    """Everything is asked for by name: the state is `open` where nothing is said."""
    asked: dict[str, str | int] = {"state": "all", "sort": "updated", "direction": "asc", "per_page": PAGE}
    return asked | ({"since": since.strftime("%Y-%m-%dT%H:%M:%SZ")} if since else {})


def _rows(site: Site, repository: str, answer: Answer) -> list[Json]:
    if not answer.is_ok:
        raise refused(site.name, f"for the issues of {repository}", answer)
    body: Json = answer.body
    if not isinstance(body, list):
        raise TrackerError(f"{site.name} answered for the issues of {repository} with something that is no list.")
    return several(answer.body)


def _has_cursor(link: str) -> bool:
    return "after" in parse_qs(urlsplit(link).query)


async def one(site: Site, repository: str, number: int) -> Json | None:
    """An issue as it is now; `None` where it is deleted, moved elsewhere, or hidden."""
    answer = await site.get(f"repos/{repository}/issues/{number}")
    if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return None
    row = part(answer.body)
    if not answer.is_ok or not row:
        raise refused(site.name, f"for {repository}#{number}", answer)
    is_same = row["number"] == number and repository_of(row).casefold() == repository.casefold()
    return row if is_same else None


async def labels(site: Site, repository: str) -> frozenset[str]:
    """The names of all labels of a repository; none where it does not tell them."""
    names: set[str] = set()
    answer = await site.get(f"repos/{repository}/labels", {"per_page": PAGE})
    if answer.status == HTTPStatus.NOT_FOUND:
        return frozenset()
    while True:
        names |= {row["name"] for row in _rows(site, repository, answer)}
        link = next_page(answer)
        if link is None:
            return frozenset(names)
        answer = await site.get(link)
