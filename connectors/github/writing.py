"""Writing to GitHub: an issue's comments and labels are looked at by GraphQL, and written by REST.

GraphQL says of each comment whether the token wrote it (`viewerDidAuthor`), an App's too, and who edited it last; REST
says neither.
"""

import re
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from backlint.connectors.github.limits import pause
from backlint.connectors.github.payload import part, several
from backlint.connectors.github.publishing import Publisher
from backlint.connectors.github.ranking import Ranking
from backlint.errors import TrackerError
from backlint.note import read_marker
from backlint.transport import Answer, Gate, Json, Site
from backlint.writer import Keeper, Markup, Note, Order, Posted, Standing, Target, send_once

if TYPE_CHECKING:
    from backlint.connectors.github import Github

COMMENT = re.compile(r"#issuecomment-(\d+)$")
GONE = {"NOT_FOUND"}

LOOK = """
query Look($id: ID!, $after: String) {
  node(id: $id) {
    __typename
    ... on Issue {
      number state locked updatedAt
      repository { nameWithOwner isPrivate }
      labels(first: 100) { nodes { name } }
      comments(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { url body viewerDidAuthor author { login } editor { login } }
      }
    }
  }
}
"""


@dataclass
class GithubWriter:
    """One GitHub, open for writing. `prefix` is what the ids of its items begin with."""

    site: Site
    graphql: str
    prefix: str
    ranking: Ranking
    publisher: Keeper | None = None
    markup: Markup = Markup.MARKDOWN

    async def look(self, target: Target) -> Standing | None:
        """The issue now, with all pages of its comments."""
        issue = await self._page(target, None)
        if issue is None:
            return None
        rows, page = several(issue, "comments", "nodes"), issue
        while part(page, "comments", "pageInfo").get("hasNextPage"):
            page = await self._page(target, part(page, "comments", "pageInfo")["endCursor"])
            if page is None:
                return None
            rows += several(page, "comments", "nodes")
        return Standing(
            is_open=issue["state"] == "OPEN",
            is_locked=bool(issue["locked"]),
            is_confidential=False,
            labels=frozenset(label["name"] for label in several(issue, "labels", "nodes")),
            updated=datetime.fromisoformat(issue["updatedAt"]).astimezone(UTC),
            notes=tuple(posted for row in rows if (posted := _posted(row))),
        )

    async def post(self, target: Target, note: Note) -> None:
        """Add the note."""
        await self._send("POST", f"{_issue(target)}/comments", {"body": note.body})

    async def edit(self, target: Target, posted: Posted, note: Note) -> None:
        """Put the note in the place of one that stands there; nobody is told of an edit."""
        await self._send("PATCH", f"{_repository(target)}/issues/comments/{posted.id}", {"body": note.body})

    async def remove(self, target: Target, posted: Posted) -> None:
        """Delete the note."""
        await self._send("DELETE", f"{_repository(target)}/issues/comments/{posted.id}")

    async def label(self, target: Target, name: str) -> None:
        """Put a label on."""
        await self._send("POST", f"{_issue(target)}/labels", {"labels": [name]})

    async def unlabel(self, target: Target, name: str) -> None:
        """Take a label off."""
        await self._send("DELETE", f"{_issue(target)}/labels/{quote(name, safe='')}")

    async def order(self) -> Order:
        """What is open on the projects, in the order of each."""
        return await self.ranking.order()

    async def move(self, target: Target, above: str | None, below: str | None) -> None:
        """Put it directly below one item of its project, or directly above the other."""
        await self.ranking.move(target, above, below)

    async def _send(self, method: str, path: str, body: Json = None) -> None:
        def is_limit(answer: Answer) -> bool:
            return pause(answer, self.site.gate.clock.now()) is not None

        await send_once(self.site, method, path, body, is_limit=is_limit)

    async def _page(self, target: Target, after: str | None) -> Json:
        variables = {"id": target.id.removeprefix(self.prefix), "after": after}
        answer = await self.site.ask(self.graphql, {"query": LOOK, "variables": variables})
        errors = several(answer.body, "errors")
        if errors and all(error.get("type") in GONE for error in errors):
            return None
        if not answer.is_ok or errors:
            said = "; ".join(str(error.get("message")) for error in errors) or answer.status
            raise TrackerError(f"GitHub did not show {target.key}: {said}.", status=answer.status)
        found = part(answer.body, "data", "node")
        return found if found.get("__typename") == "Issue" else None


@asynccontextmanager
async def writing(settings: "Github", gate: Gate) -> AsyncGenerator[GithubWriter]:
    """Open a GitHub for writing."""
    async with AsyncExitStack() as stack:
        site = project_site = await stack.enter_async_context(settings.open_site(gate))
        if other := settings.open_project_site(gate):
            project_site = await stack.enter_async_context(other)
        ranking = Ranking(project_site, settings.graphql, settings.prefix, settings.projects())
        publisher = Publisher(site, settings.graphql, settings.repository[0]) if settings.repository else None
        yield GithubWriter(site, settings.graphql, settings.prefix, ranking, publisher)


def _posted(row: Json) -> Posted | None:
    marked, numbered = read_marker(row.get("body")), COMMENT.search(row.get("url") or "")
    if not (marked and numbered and row.get("viewerDidAuthor")):
        return None
    editor = part(row, "editor").get("login")
    is_touched = editor is not None and editor != part(row, "author").get("login")
    return Posted(id=numbered[1], note=Note(fingerprint=marked.fingerprint, body=row["body"]), is_touched=is_touched)


def _repository(target: Target) -> str:
    return f"repos/{target.key.partition('#')[0]}"


def _issue(target: Target) -> str:
    return f"{_repository(target)}/issues/{target.key.partition('#')[2]}"
