"""Where the issues of a backlog stand, and moving one of them: Jira's rank."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from backlint.connectors.jira import order, query
from backlint.connectors.jira.cloud import Cloud
from backlint.connectors.jira.door import Door
from backlint.connectors.jira.facts import Facts, learn
from backlint.connectors.jira.fields import Meaning
from backlint.connectors.jira.payload import listed, part, several
from backlint.connectors.jira.server import Server
from backlint.errors import TrackerError
from backlint.transport import Answer, Json, Site
from backlint.writer import InDoubtError, Order, Target

if TYPE_CHECKING:
    from backlint.connectors.jira import Jira

PATH = "rest/agile/1.0/issue/rank"


@dataclass
class Ranking:
    """The order of one backlog; what the site is, and which board it is, is asked once."""

    site: Site
    settings: "Jira"
    _facts: Facts | None = field(default=None, init=False)

    async def order(self) -> Order:
        """What is open, by rank; of a board each sprint by itself. Nothing where the site has no rank."""
        facts = await self._learned()
        if self.settings.board is not None:
            lists = await order.lists_of_board(self.site, facts)
        elif facts.fields.of(Meaning.RANK):
            lists = [await self._open_issues(facts)]
        else:
            lists = []
        return Order(tuple(tuple(facts.mapper.item_id(id_) for id_ in ids) for ids in lists))

    async def body(self, target: Target, above: str | None, below: str | None) -> Json:
        """What is to be sent to put the issue there. The numbers of issues are understood as their keys are."""
        neighbour = above or below
        if neighbour is None:
            raise TrackerError(f"There is nothing that {target.key} could be put beside.")
        where = "rankAfterIssue" if above else "rankBeforeIssue"
        field_id = part((await self._learned()).board, "ranking").get("rankCustomFieldId")
        told: dict[str, Json] = {"issues": [_number(target.id)], where: _number(neighbour)}
        return told | ({"rankCustomFieldId": field_id} if field_id else {})

    async def _learned(self) -> Facts:
        if self._facts is None:
            self._facts = await learn(self.site, self.settings, Door.of(self.settings))
        return self._facts

    async def _open_issues(self, facts: Facts) -> list[str]:
        jql = f"{query.both(query.scope(self.settings.project, self.settings.filter), query.OPEN)} ORDER BY Rank ASC"
        if not facts.is_cloud:
            pages = Server(self.site, []).search(jql, fields=["id"])
            return [str(issue["id"]) async for page in pages for issue in page.issues]
        swept = await Cloud(self.site, []).sweep(jql)
        if not swept.is_complete:
            raise TrackerError("Jira did not come to an end with the order of the backlog.", retryable=True)
        return list(swept.ids)


def check_each(answer: Answer, target: Target) -> None:
    """Read what became of each issue where not all could be moved (207)."""
    for entry in several(answer.body, "entries") if answer.status == HTTPStatus.MULTI_STATUS else ():
        status = int(entry.get("status") or 0)
        if status // 100 == 2:  # noqa: PLR2004 - any of these is done
            continue
        said = " ".join(str(each) for each in listed(entry, "errors")).rstrip(".")
        what = f"Jira did not move {target.key} ({status}){f': {said}' if said else ''}."
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or not status:
            raise InDoubtError(what, retryable=True, status=status)
        raise TrackerError(what, status=status)


def _number(id_: str) -> str:
    return id_.rpartition("/")[2]
