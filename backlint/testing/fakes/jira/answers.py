"""What every part of a fake Jira shares: what may be seen, and pages."""

from collections.abc import Callable
from datetime import datetime

from backlint.example import NOW
from backlint.testing.fakes.jira.call import Answered, Call
from backlint.testing.fakes.jira.jql import Query, Refused
from backlint.testing.fakes.jira.pages import Pages
from backlint.testing.fakes.jira.payloads import Payloads
from backlint.testing.fakes.jira.state import State
from backlint.testing.fakes.jira.things import Issue
from backlint.testing.fakes.jira.troubles import Trouble
from backlint.testing.fakes.jira.words import Payload
from backlint.transport.inprocess import Reply

FIELDS_PAGE = 100
BULK = 1000


class Answers(State):
    """A site with a token, and what that token lets through.

    Args:
        base: The site's URL; Data Center may stand under a context path.
        is_cloud: Cloud, or Data Center.
        zone: The profile time zone of the token's owner: JQL's bare times are in it.
        cloud_id: Makes the token a scoped one: it works through Atlassian's gateway only.
        may_configure: Whether the token may read a board's configuration, which takes an admin scope.
        has_software_api: Whether `/rest/software/1.0` is there yet.
    """

    def __init__(
        self,
        base: str = "https://shop.example.net",
        *,
        is_cloud: bool = True,
        token: str = "fake-token",  # noqa: S107 - it opens nothing
        email: str = "robin@example.com",
        now: datetime = NOW,
        zone: str = "UTC",
        cloud_id: str | None = None,
        may_configure: bool = True,
        has_software_api: bool = True,
    ) -> None:
        super().__init__(now)
        self.base = base.rstrip("/")
        self.is_cloud = is_cloud
        self.token = token
        self.email = email
        self.zone = zone
        self.cloud_id = cloud_id
        self.may_configure = may_configure
        self.has_software_api = has_software_api
        self.bulk = BULK
        self.counts_time = False
        self.may_write = True
        self.unrankable: dict[str, int] = {}
        """The issues, by key, that it fails to rank, and the status that it then says of each."""
        self.limit: tuple[int, int] | None = None
        """The requests that are allowed, and those that are left, where the site tells."""
        self.troubles: list[Trouble] = []
        self.requests: list[str] = []
        self._is_known = True
        self.last_own_reply: Reply | None = None
        """What the site said before any trouble touched it."""
        self.pages = Pages()
        self.payloads = Payloads(self, self.base, is_cloud=is_cloud, zone=zone)
        self.older_payloads = Payloads(self, self.base, is_cloud=is_cloud, zone=zone, has_adf=False)

    def _token_page(self, call: Call, fields: list[str] | None, size: int, find: Callable[[], list[Issue]]) -> Payload:
        token = call.body.get("nextPageToken", call.query.get("nextPageToken"))
        try:
            issues, following, is_last = self.pages.next(token, size, find)
        except KeyError:
            raise Answered(400, "The provided nextPageToken is invalid or has expired.") from None
        payloads = self._payloads_for(call)
        has_history = "changelog" in (call.names("expand") or [])
        shown = [
            payloads.issue(it, fields) | ({"changelog": payloads.changelog(it)} if has_history else {}) for it in issues
        ]
        return {"issues": shown, "isLast": is_last} | ({"nextPageToken": following} if following else {})

    def _payloads_for(self, call: Call) -> Payloads:
        """Cloud's version 2 writes texts in wiki markup, as Data Center does."""
        return self.older_payloads if call.path.startswith("/rest/api/2/") else self.payloads

    def _placed_page(self, call: Call, found: list[Issue], cap: int) -> Payload:
        start, most = call.number("startAt", 0), min(call.number("maxResults", 50), cap)
        has_history = "changelog" in (call.names("expand") or [])
        told = [
            self.payloads.issue(it, call.names("fields"))
            | ({"changelog": self.payloads.changelog(it)} if has_history else {})
            for it in found[start : start + most]
        ]
        return {"startAt": start, "maxResults": most, "total": len(found), "issues": told}

    def _values_page(self, call: Call, values: list[Payload]) -> Payload:
        start, most = call.number("startAt", 0), min(call.number("maxResults", 50), 50)
        is_last = start + most >= len(values)
        return {"startAt": start, "maxResults": most, "isLast": is_last, "values": values[start : start + most]}

    def _found(self, jql: str, *, needs_bound: bool = True) -> list[Issue]:
        query = Query(jql, self, zone=self.zone)
        if needs_bound and not query.is_bounded:
            raise Refused("Unbounded JQL queries are not allowed here. Add a search restriction to the query.")
        return query.run() if self._is_known else []

    def _sees(self, id_: str) -> bool:
        it = self.issues.get(int(id_)) if id_.isdigit() else None
        return self._is_known and it is not None and not (it.is_hidden or it.project in self.hidden_projects)

    def _issue(self, key: str) -> Issue:
        for it in self.issues.values():
            if key in {it.key, str(it.id)} and self._sees(str(it.id)):
                return it
        raise Answered(404, "Issue does not exist or you do not have permission to see it.")
