"""Dashboards on GitHub: an issue for each team, found by its marker and its author, edited in place.

GitHub lets nobody but an administrator delete an issue: one that is taken back is emptied and closed. One that a person
closed is still ours, and stays closed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from backlint.connectors.github.limits import pause
from backlint.connectors.github.payload import Node, part, several
from backlint.errors import TrackerError
from backlint.note import read_marker
from backlint.transport import Answer, Json, Site
from backlint.writer import Note, Posted, Standing, Target, send_once

FIND = """
query Find($owner: String!, $name: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    issues(first: $first, after: $after, orderBy: {field: UPDATED_AT, direction: DESC}) {
      nodes { number state locked updatedAt body viewerDidAuthor author { login } editor { login } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""
PAGE = 100
TAKEN_BACK = "This was a dashboard of backlint, and was taken back."


@dataclass
class Publisher:
    """The dashboards in one repository (owner/name)."""

    site: Site
    graphql: str
    repository: str

    async def look(self, target: Target) -> Standing:
        """The dashboard, as it stands; what changed last comes first, so a search seldom goes far."""
        after: Json = None
        while True:
            page = await self._page(after)
            for row in several(page, "nodes"):
                if row.get("viewerDidAuthor") and (posted := _posted(row, target)):
                    return _standing(row, posted)
            if not part(page, "pageInfo").get("hasNextPage"):
                return _standing({}, None)
            after = part(page, "pageInfo")["endCursor"]

    async def post(self, target: Target, note: Note) -> None:
        """Open the issue."""
        await self._send("POST", "", {"title": target.key, "body": note.body})

    async def edit(self, target: Target, posted: Posted, note: Note) -> None:
        """Give it another text; nobody is told of an edit."""
        del target
        await self._send("PATCH", f"/{posted.id}", {"body": note.body})

    async def remove(self, target: Target, posted: Posted) -> None:
        """Take it back, as far as GitHub lets us."""
        del target
        await self._send(
            "PATCH", f"/{posted.id}", {"body": TAKEN_BACK, "state": "closed", "state_reason": "not_planned"}
        )

    async def _send(self, method: str, path: str, body: Json) -> None:
        def is_limit(answer: Answer) -> bool:
            return pause(answer, self.site.gate.clock.now()) is not None

        await send_once(self.site, method, f"repos/{self.repository}/issues{path}", body, is_limit=is_limit)

    async def _page(self, after: Json) -> Node:
        owner, _, name = self.repository.partition("/")
        variables = {"owner": owner, "name": name, "first": PAGE, "after": after}
        answer = await self.site.ask(self.graphql, {"query": FIND, "variables": variables})
        errors = several(answer.body, "errors")
        page = part(answer.body, "data", "repository", "issues")
        if errors or not answer.is_ok or not page:
            said = "; ".join(str(error.get("message")) for error in errors) or answer.status
            raise TrackerError(f"GitHub did not show the issues of {self.repository}: {said}.", status=answer.status)
        return page


def _posted(row: Node, target: Target) -> Posted | None:
    marked = read_marker(row.get("body"))
    if marked is None or marked.item != target.id:
        return None
    editor = part(row, "editor").get("login")
    is_touched = editor is not None and editor != part(row, "author").get("login")
    note = Note(fingerprint=marked.fingerprint, body=row["body"])
    return Posted(id=str(row["number"]), note=note, is_touched=is_touched)


def _standing(row: Node, posted: Posted | None) -> Standing:
    """The issue as an item; where there is none, a place that can be written to."""
    updated = row.get("updatedAt")
    return Standing(
        is_open=row.get("state", "OPEN") == "OPEN",
        is_locked=False,
        is_confidential=False,
        labels=frozenset(),
        updated=datetime.fromisoformat(updated).astimezone(UTC) if updated else datetime.min.replace(tzinfo=UTC),
        notes=(posted,) if posted else (),
    )
