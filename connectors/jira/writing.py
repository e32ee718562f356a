"""Writing to Jira: comments with a property of their own, labels, and the rank.

The mark of a note is a property of the comment, sent in the same request as its text: it is there as soon as the
comment is, nobody sees it, and no right to edit the issue is needed. A mark inside the text is understood too.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from backlint.connectors.jira.door import Door, checked, is_stranger, pause
from backlint.connectors.jira.payload import listed, part
from backlint.connectors.jira.ranking import PATH, Ranking, check_each
from backlint.connectors.jira.times import moment
from backlint.errors import TrackerError
from backlint.note import read_marker
from backlint.transport import Answer, Gate, Json, Site
from backlint.writer import Keeper, Markup, Note, Order, Posted, Standing, Target, send_once

if TYPE_CHECKING:
    from backlint.connectors.jira import Jira

PROPERTY = "backlint"
INTERNAL = {"key": "sd.public.comment", "value": {"internal": True}}
"""Keeps a comment on a service desk from the customers; elsewhere it means nothing."""

PAGE = 100
SHOWN = "status,labels,security,updated"


@dataclass
class JiraWriter:
    """One Jira site, open for writing. `me` is the account that the token belongs to."""

    site: Site
    api: str
    me: str
    markup: Markup
    ranking: Ranking
    publisher: Keeper | None = None

    async def look(self, target: Target) -> Standing | None:
        """The issue now, with all pages of its comments."""
        answer = await self.site.get(self._issue(target), {"fields": SHOWN})
        if answer.status == HTTPStatus.NOT_FOUND and not is_stranger(answer):
            return None
        told = part(checked(answer, target.key), "fields")
        updated = moment(told.get("updated"))
        if updated is None:
            raise TrackerError(f"Jira does not say when {target.key} was changed last.")
        return Standing(
            is_open=part(told, "status", "statusCategory").get("key") != "done",
            is_locked=False,
            is_confidential=bool(told.get("security")),
            labels=frozenset(told.get("labels") or ()),
            updated=updated,
            notes=tuple([posted for row in await self._own(target) if (posted := await self._posted(row))]),
        )

    async def post(self, target: Target, note: Note) -> None:
        """Add the note."""
        body = {"body": note.body, "properties": [_mark(target, note), INTERNAL]}
        await self._send("POST", f"{self._issue(target)}/comment", body)

    async def edit(self, target: Target, posted: Posted, note: Note) -> None:
        """Put the note in the place of one that stands there."""
        body = {"body": note.body, "properties": [_mark(target, note)]}
        await self._send("PUT", f"{self._issue(target)}/comment/{posted.id}", body)

    async def remove(self, target: Target, posted: Posted) -> None:
        """Delete the note."""
        await self._send("DELETE", f"{self._issue(target)}/comment/{posted.id}")

    async def label(self, target: Target, name: str) -> None:
        """Put a label on."""
        await self._send("PUT", self._issue(target), {"update": {"labels": [{"add": name}]}})

    async def unlabel(self, target: Target, name: str) -> None:
        """Take a label off."""
        await self._send("PUT", self._issue(target), {"update": {"labels": [{"remove": name}]}})

    async def order(self) -> Order:
        """What is open, by rank."""
        return await self.ranking.order()

    async def move(self, target: Target, above: str | None, below: str | None) -> None:
        """Rank it directly below one issue, or directly above the other."""
        body = await self.ranking.body(target, above, below)
        check_each(await self._send("PUT", PATH, body), target)

    async def _send(self, method: str, path: str, body: Json = None) -> Answer:
        def is_limit(answer: Answer) -> bool:
            return pause(answer, self.site.gate.clock.now()) is not None

        return await send_once(self.site, method, path, body, is_limit=is_limit)

    async def _own(self, target: Target) -> list[Json]:
        """The comments that the token's account wrote, oldest first."""
        rows: list[Json] = []
        while True:
            path, query = f"{self._issue(target)}/comment", {"startAt": len(rows), "maxResults": PAGE}
            page = checked(await self.site.get(path, query), f"the comments of {target.key}")
            here = listed(page, "comments")
            rows += here
            if not here or len(rows) >= int(page.get("total") or 0):
                return [row for row in rows if account(row.get("author")) == self.me]

    async def _posted(self, row: Json) -> Posted | None:
        """A comment of ours, if it is a note."""
        answer = await self.site.get(f"{self.api}/comment/{row['id']}/properties/{PROPERTY}")
        if answer.status != HTTPStatus.NOT_FOUND or is_stranger(answer):
            value = part(checked(answer, "a property of a comment"), "value")
            fingerprint = str(value.get("fingerprint", ""))
        else:
            marked = read_marker(row.get("body"))
            fingerprint = marked.fingerprint if marked else ""
        if not fingerprint:
            return None
        is_touched = account(row.get("updateAuthor")) not in {self.me, ""}
        return Posted(
            id=str(row["id"]), note=Note(fingerprint=fingerprint, body=row.get("body")), is_touched=is_touched
        )

    def _issue(self, target: Target) -> str:
        return f"{self.api}/issue/{target.id.rpartition('/')[2]}"


@asynccontextmanager
async def writing(settings: "Jira", gate: Gate) -> AsyncGenerator[JiraWriter]:
    """Open a Jira site for writing. Raises `TrackerError` where the token is not accepted."""
    async with Door.of(settings).open(gate) as site:
        info = checked(await site.get("rest/api/2/serverInfo"), "server information")
        is_cloud = part(info).get("deploymentType") == "Cloud"
        api = "rest/api/3" if is_cloud else "rest/api/2"
        me = account(checked(await site.get(f"{api}/myself"), "the token's own account"))
        if not me:
            raise TrackerError("Jira does not say whose token this is; nothing can be written without knowing.")
        yield JiraWriter(site, api, me, Markup.ADF if is_cloud else Markup.WIKI, Ranking(site, settings))


def account(user: Json) -> str:
    """What a user is known by: an account id on Cloud, a key on Data Center."""
    told = part(user)
    return str(told.get("accountId") or told.get("key") or told.get("name") or "")


def _mark(target: Target, note: Note) -> Json:
    return {"key": PROPERTY, "value": {"v": 1, "item": target.id, "fingerprint": note.fingerprint}}
