"""A Jira, Cloud or Data Center, that answers over any wire."""

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from backlint.testing.fakes.jira.boards import BoardAnswers
from backlint.testing.fakes.jira.call import Answered, Call
from backlint.testing.fakes.jira.issues import IssueAnswers
from backlint.testing.fakes.jira.jql import Refused
from backlint.testing.fakes.jira.metadata import SiteAnswers
from backlint.testing.fakes.jira.writing import WriteAnswers
from backlint.transport.inprocess import Heard, Reply

GATEWAY = "https://api.atlassian.com"
UNAUTHORIZED = 401
STRANGER = "Client must be authenticated to access this resource."
LOGIN_FAILED = ("X-Seraph-LoginReason", "AUTHENTICATED_FAILED")
PRIVATE = re.compile(r"/myself$|/mypermissions$|/rest/(agile|software)/")


class FakeJira(SiteAnswers, IssueAnswers, BoardAnswers, WriteAnswers):
    """A stateful Jira, behind its door: change it as people would, give it to `InProcess`, or serve it on loopback."""

    @property
    def hosts(self) -> Mapping[str, Callable[[Heard], Reply]]:
        """What `InProcess` wants: this site, at its own host and at the gateway's."""
        host, gateway = urlsplit(self.base).hostname or "", urlsplit(GATEWAY).hostname or ""
        return {host: self, gateway: self} if self.cloud_id else {host: self}

    def __call__(self, heard: Heard) -> Reply:
        """Answer one request."""
        request = f"{heard.method} {unquote(urlsplit(heard.url).path)}"
        self.requests.append(request)
        reply = self.last_own_reply = self._reply(heard)
        for trouble in self.troubles:
            if trouble.touches(request):
                return trouble.do(reply)
        return reply

    def _reply(self, heard: Heard) -> Reply:
        self._is_known = self._is_let_in(heard)
        try:
            told = self._route(heard)
            status = 204 if told is None else 201 if heard.method == "POST" and heard.url.endswith("/comment") else 200
            reply = replace(self._json(status, told), body=b"") if told is None else self._json(status, told)
        except Answered as refusal:
            reply = self._json(refusal.status, refusal.body)
        except Refused as refusal:
            reply = self._json(400, {"errorMessages": [str(refusal)], "errors": {}})
        if reply.status == UNAUTHORIZED:
            page = {"Content-Type": "text/html;charset=UTF-8"}
            reply = replace(reply, body=STRANGER.encode(), headers={**reply.headers, **page})
        has_failed = not self._is_known and "authorization" in heard.headers
        who = {LOGIN_FAILED[0]: LOGIN_FAILED[1]} if has_failed else {}
        return replace(reply, headers={**reply.headers, **who})

    def _route(self, heard: Heard) -> Any:
        path = self._path(heard)
        for method, pattern, handler in (CLOUD_ROUTES if self.is_cloud else SERVER_ROUTES) + ROUTES:
            match = re.fullmatch(pattern, path)
            if match and method == heard.method:
                if not (self._is_known or self._is_public(path)):
                    raise Answered(UNAUTHORIZED)
                return handler(self, Call(heard, path, match.groups()))
        raise Answered(404, "null for uri: " + heard.url)

    def _is_public(self, path: str) -> bool:
        """What Cloud tells a stranger, a wrong token included: the site, and that there is nothing in it."""
        return path.endswith("/serverInfo") or (self.is_cloud and not self.cloud_id and not PRIVATE.search(path))

    def _path(self, heard: Heard) -> str:
        path = urlsplit(heard.url).path
        if self.cloud_id and path.startswith(f"/ex/jira/{self.cloud_id}/"):
            return path.removeprefix(f"/ex/jira/{self.cloud_id}")
        context = urlsplit(self.base).path
        if not path.startswith(f"{context}/rest/"):
            raise Answered(404, "Not found.")
        return path.removeprefix(context)

    def _is_let_in(self, heard: Heard) -> bool:
        said = heard.headers.get("authorization", "")
        if self.cloud_id and urlsplit(heard.url).path.startswith("/rest/"):
            return False
        basic = base64.b64encode(f"{self.email}:{self.token}".encode()).decode()
        return said in {f"Basic {basic}", f"Bearer {self.token}"}

    def _json(self, status: int, told: Any) -> Reply:
        headers = {"Content-Type": "application/json;charset=UTF-8", "Date": f"{self.now:%a, %d %b %Y %H:%M:%S} GMT"}
        if self.limit:
            most, left = self.limit
            headers |= {"X-RateLimit-Limit": str(most), "X-RateLimit-Remaining": str(left)}
        return Reply(status, json.dumps(told).encode(), headers)


Handler = Callable[[FakeJira, Call], Any]
API = r"/rest/api/[23]"
AGILE = r"/rest/(?:agile|software)/1\.0"

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", f"{API}/serverInfo", FakeJira.server_info),
    ("GET", f"{API}/myself", FakeJira.myself),
    ("GET", f"{API}/mypermissions", FakeJira.permissions),
    ("GET", f"{API}/field", FakeJira.list_fields),
    ("GET", f"{API}/status", FakeJira.list_statuses),
    ("GET", f"{API}/priority", FakeJira.list_priorities),
    ("GET", f"{API}/issueLinkType", FakeJira.list_link_types),
    ("GET", rf"{API}/project/([^/]+)", FakeJira.show_project),
    ("GET", f"{AGILE}/board", FakeJira.list_boards),
    ("GET", rf"{AGILE}/board/(\d+)/configuration", FakeJira.board_configuration),
    ("GET", rf"{AGILE}/board/(\d+)/sprint", FakeJira.board_sprints),
    ("GET", rf"{AGILE}/board/(\d+)/backlog", FakeJira.board_backlog),
    ("GET", rf"{AGILE}/board/(\d+)/issue", FakeJira.board_issues),
    ("GET", rf"{AGILE}/sprint/(\d+)", FakeJira.show_sprint),
    ("GET", rf"{AGILE}/sprint/(\d+)/issue", FakeJira.sprint_issues),
    ("GET", rf"{API}/issue/([^/]+)", FakeJira.show_issue),
    ("GET", rf"{API}/issue/([^/]+)/changelog", FakeJira.list_changelog),
    ("GET", rf"{API}/issue/([^/]+)/comment", FakeJira.list_comments),
    ("POST", rf"{API}/issue/([^/]+)/comment", FakeJira.add_comment),
    ("PUT", rf"{API}/issue/([^/]+)/comment/(\d+)", FakeJira.edit_comment),
    ("DELETE", rf"{API}/issue/([^/]+)/comment/(\d+)", FakeJira.delete_comment),
    ("GET", rf"{API}/comment/(\d+)/properties/([^/]+)", FakeJira.comment_property),
    ("PUT", rf"{API}/issue/([^/]+)", FakeJira.edit_issue),
    ("PUT", "/rest/agile/1.0/issue/rank", FakeJira.rank_issues),
)
CLOUD_ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("POST", f"{API}/search/jql", FakeJira.search_by_token),
    ("GET", f"{API}/search/jql", FakeJira.search_by_token),
    ("GET", f"{API}/project/search", FakeJira.search_projects),
    ("POST", f"{API}/search/approximate-count", FakeJira.approximate_count),
    ("POST", f"{API}/jql/parse", FakeJira.parse_jql),
    ("POST", f"{API}/issue/bulkfetch", FakeJira.bulk_fetch),
    ("POST", f"{API}/changelog/bulkfetch", FakeJira.bulk_changelogs),
    ("GET", f"{API}/search", FakeJira.removed_search),
    ("POST", f"{API}/search", FakeJira.removed_search),
)
SERVER_ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", f"{API}/search", FakeJira.search_by_place),
    ("POST", f"{API}/search", FakeJira.search_by_place),
)
