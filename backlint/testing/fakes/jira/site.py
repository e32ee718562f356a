"""A Jira, Cloud or Data Center, that answers over any wire."""

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from backlint.example import NOW
from backlint.testing.fakes.jira import words
from backlint.testing.fakes.jira.jql import Query, Refused
from backlint.testing.fakes.jira.pages import Pages
from backlint.testing.fakes.jira.payloads import Payloads
from backlint.testing.fakes.jira.state import Issue, State
from backlint.testing.fakes.jira.troubles import Trouble
from backlint.testing.fakes.jira.words import Payload
from backlint.transport.inprocess import Heard, Reply

GATEWAY = "https://api.atlassian.com"
IDS_PAGE = 5000
FIELDS_PAGE = 100
SERVER_PAGE = 1000
BULK = 1000
BULK_WITH_LISTS = 100
UNAUTHORIZED = 401
STRANGER = "Client must be authenticated to access this resource."
LOGIN_FAILED = ("X-Seraph-LoginReason", "AUTHENTICATED_FAILED")
PRIVATE = re.compile(r"/myself$|/mypermissions$|/rest/(agile|software)/")
SEARCH_MEMBERS = {
    "jql", "nextPageToken", "maxResults", "fields", "expand", "properties", "fieldsByKeys", "failFast",
    "reconcileIssues",
}  # fmt: skip
LISTS = {"comment", "worklog", "attachment"}


class Answered(Exception):  # noqa: N818 - a refusal is an answer
    """A refusal, raised from wherever it is noticed."""

    def __init__(self, status: int, *messages: str, body: Payload | None = None) -> None:
        super().__init__(*messages)
        self.status = status
        self.body = {"errorMessages": list(messages), "errors": {}} if body is None else body


class Call:
    """One request, taken apart."""

    def __init__(self, heard: Heard, path: str, groups: tuple[str, ...]) -> None:
        self.path = path
        self.groups = groups
        self.query = {key: values[-1] for key, values in parse_qs(urlsplit(heard.url).query).items()}
        self.body: Payload = json.loads(heard.body) if heard.body else {}

    def number(self, name: str, default: int) -> int:
        """A number of the query or the body."""
        return int(self.query.get(name) or self.body.get(name, default))

    def names(self, name: str) -> list[str] | None:
        """A list, which the query writes with commas."""
        said = self.body.get(name, self.query.get(name))
        return said.split(",") if isinstance(said, str) else said


class FakeJira(State):
    """A stateful Jira. Change it as people would (see `State`); give it to `InProcess`, or serve it on loopback.

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
        self.limit: tuple[int, int] | None = None
        """The requests that are allowed, and those that are left, where the site tells."""
        self.troubles: list[Trouble] = []
        self.requests: list[str] = []
        self._is_known = True
        self.last_own_reply: Reply | None = None
        """What the site said before any trouble touched it."""
        self.pages = Pages()
        self.payloads = Payloads(self, self.base, is_cloud=is_cloud, zone=zone)

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
            reply = self._json(200, self._route(heard))
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

    # Who and what

    def server_info(self, _: Call) -> Payload:
        told: Payload = {"baseUrl": self.base, "serverTitle": "Jira", "serverTime": self.payloads.time(self.now)}
        if self.is_cloud:
            return told | {"version": "1001.0.0-SNAPSHOT", "versionNumbers": [1001, 0, 0], "deploymentType": "Cloud"}
        return told | {"version": "10.3.24", "versionNumbers": [10, 3, 24], "deploymentType": "Server"}

    def myself(self, _: Call) -> Payload:
        return self.payloads.person(self.me) or {}

    def permissions(self, call: Call) -> Payload:
        asked = (call.query.get("permissions") or "BROWSE_PROJECTS").split(",")
        visible = call.query.get("projectKey") not in self.hidden_projects
        told = {key: {"id": "10", "key": key, "name": key.title(), "havePermission": visible} for key in asked}
        return {"permissions": told}

    def list_fields(self, _: Call) -> list[Payload]:
        return [self.payloads.field(field) for field in self.payloads.fields()]

    def list_statuses(self, _: Call) -> list[Payload]:
        return [self.payloads.status(name) for name in words.STATUSES]

    def list_priorities(self, _: Call) -> list[Payload]:
        return [{"id": id_, "name": name, "self": self.payloads.link(f"priority/{id_}")}
                for name, id_ in words.PRIORITIES.items()]  # fmt: skip

    def list_link_types(self, _: Call) -> Payload:
        return {
            "issueLinkTypes": [
                {"id": id_, "name": name, "inward": inward, "outward": outward}
                for name, (id_, inward, outward) in words.LINK_TYPES.items()
            ]
        }

    def show_project(self, call: Call) -> Payload:
        key = call.groups[0].upper()
        if key not in self.projects or key in self.hidden_projects:
            raise Answered(404, f"No project could be found with key '{call.groups[0]}'.")
        return self.payloads.project(key)

    def search_projects(self, call: Call) -> Payload:
        """Those that may be seen."""
        wanted = call.query.get("keys", "").upper()
        seen = [key for key in self.projects if key not in self.hidden_projects and wanted in {"", key.upper()}]
        return self._values_page(call, [self.payloads.project(key) for key in seen if self._is_known])

    # Issues

    def search_by_token(self, call: Call) -> Payload:
        if call.body.keys() - SEARCH_MEMBERS:
            said = "Invalid request payload. Refer to the REST API documentation and try again."
            raise Answered(400, body={"errorMessages": [said]})
        most = call.number("maxResults", 50)
        if not 1 <= most <= IDS_PAGE:
            raise Answered(400, "The maxResults parameter must be between 1 and 5,000.")
        fields = call.names("fields") or ["id"]
        size = min(most, IDS_PAGE if set(fields) <= {"id", "key"} else FIELDS_PAGE)
        return self._token_page(
            call, fields, size, lambda: self._found(call.body.get("jql", call.query.get("jql", "")))
        )

    def search_by_place(self, call: Call) -> Payload:
        found = self._found(call.body.get("jql", call.query.get("jql", "")), needs_bound=False)
        return self._placed_page(call, found, SERVER_PAGE)

    def removed_search(self, _: Call) -> Payload:
        raise Answered(410, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.")

    def approximate_count(self, call: Call) -> Payload:
        return {"count": len(self._found(call.body["jql"]))}

    def parse_jql(self, call: Call) -> Payload:
        return {"queries": [self._parsed(text) for text in call.body["queries"]]}

    def bulk_fetch(self, call: Call) -> Payload:
        asked, fields = call.body["issueIdsOrKeys"], call.body.get("fields") or ["*navigable"]
        most = BULK_WITH_LISTS if LISTS & set(fields) or fields[0].startswith("*") else self.bulk
        if len(asked) > most:
            raise Answered(400, f"The number of issues should not exceed {most}.")
        found = sorted((self.issues[int(id_)] for id_ in asked if self._sees(id_)), key=lambda it: it.id)
        return {"issues": [self.payloads.issue(it, fields) for it in found], "issueErrors": []}

    def bulk_changelogs(self, call: Call) -> Payload:
        logs = [(self.issues[int(id_)], change) for id_ in call.body["issueIdsOrKeys"] if self._sees(id_)
                for change in self.issues[int(id_)].history]  # fmt: skip
        page, token, _ = self.pages.next(call.body.get("nextPageToken"), call.number("maxResults", 1000), lambda: logs)
        by_issue: dict[int, list[Payload]] = {}
        for issue, change in page:
            by_issue.setdefault(issue.id, []).append(self.payloads.change(change, is_counted=self.counts_time))
        told = [{"issueId": str(id_), "changeHistories": changes} for id_, changes in by_issue.items()]
        return {"issueChangeLogs": told} | ({"nextPageToken": token} if token else {})

    def show_issue(self, call: Call) -> Payload:
        it = self._issue(call.groups[0])
        told = self.payloads.issue(it, call.names("fields"))
        return told | (
            {"changelog": self.payloads.changelog(it)} if "changelog" in call.query.get("expand", "") else {}
        )

    def list_changelog(self, call: Call) -> Payload:
        it = self._issue(call.groups[0])
        start, most = call.number("startAt", 0), min(call.number("maxResults", 100), 100)
        values = [self.payloads.change(change) for change in it.history[start : start + most]]
        total = len(it.history)
        return {"startAt": start, "maxResults": most, "total": total, "isLast": start + most >= total, "values": values}

    def list_comments(self, call: Call) -> Payload:
        it = self._issue(call.groups[0])
        start, most = call.number("startAt", 0), min(call.number("maxResults", 100), 100)
        ordered = it.comments[::-1] if call.query.get("orderBy") == "-created" else it.comments
        told = [self.payloads.comment(remark, it) for remark in ordered[start : start + most]]
        return {"startAt": start, "maxResults": most, "total": len(it.comments), "comments": told}

    # Boards

    def list_boards(self, call: Call) -> Payload:
        wanted = call.query.get("projectKeyOrId", "")
        boards = [it for it in self.boards.values() if not wanted or it.project == wanted]
        return self._values_page(call, [self.payloads.board(it) for it in boards])

    def board_configuration(self, call: Call) -> Payload:
        board = self._board(call)
        if not self.may_configure:
            raise Answered(403, "The token does not have the scope read:board-scope.admin:jira-software.")
        return self.payloads.configuration(board)

    def board_sprints(self, call: Call) -> Payload:
        board = self._board(call)
        if board.kind != "scrum":
            raise Answered(400, "The board does not support sprints")
        states = (call.query.get("state") or "future,active,closed").split(",")
        found = [it for it in self.sprints.values() if it.board in {None, board.id} and it.state in states]
        return self._values_page(call, [self.payloads.sprint(it) for it in found])

    def board_backlog(self, call: Call) -> Payload:
        board = self._board(call)
        begun = {it.id for it in self.sprints.values() if it.state != "closed"}

        def waiting() -> list[Issue]:
            found = self._found(f"project = {board.project} AND statusCategory != Done ORDER BY Rank ASC")
            return [it for it in found if not begun & set(it.sprints)]

        return self._board_page(call, waiting)

    def board_issues(self, call: Call) -> Payload:
        board = self._board(call)
        return self._board_page(call, lambda: self._found(f"project = {board.project} ORDER BY Rank ASC"))

    def sprint_issues(self, call: Call) -> Payload:
        id_ = int(call.groups[0])
        if id_ not in self.sprints:
            raise Answered(404, "Sprint does not exist or you do not have permission to view it.")
        return self._board_page(call, lambda: self._found(f"sprint = {id_} ORDER BY Rank ASC"))

    # Pages

    def _board_page(self, call: Call, find: Callable[[], list[Issue]]) -> Payload:
        if "/software/" not in call.path:
            return self._placed_page(call, find(), FIELDS_PAGE)
        if not self.has_software_api or not self.is_cloud:
            raise Answered(404, "null for uri")
        return self._token_page(call, call.names("fields"), min(call.number("maxResults", 50), FIELDS_PAGE), find)

    def _token_page(self, call: Call, fields: list[str] | None, size: int, find: Callable[[], list[Issue]]) -> Payload:
        token = call.body.get("nextPageToken", call.query.get("nextPageToken"))
        try:
            issues, following, is_last = self.pages.next(token, size, find)
        except KeyError:
            raise Answered(400, "The provided nextPageToken is invalid or has expired.") from None
        told: Payload = {"issues": [self.payloads.issue(it, fields) for it in issues], "isLast": is_last}
        return told | ({"nextPageToken": following} if following else {})

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

    def _parsed(self, text: str) -> Payload:
        try:
            Query(text, self, zone=self.zone)
        except Refused as refusal:
            return {"query": text, "errors": [str(refusal)]}
        return {"query": text, "structure": {}}

    def _board(self, call: Call) -> Any:
        board = self.boards.get(int(call.groups[0]))
        if board is None:
            raise Answered(404, "The requested board cannot be viewed because it either does not exist or you do not "
                           "have permission to view it.")  # fmt: skip
        return board

    def _sees(self, id_: str) -> bool:
        it = self.issues.get(int(id_)) if id_.isdigit() else None
        return self._is_known and it is not None and not (it.is_hidden or it.project in self.hidden_projects)

    def _issue(self, key: str) -> Issue:
        for it in self.issues.values():
            if key in {it.key, str(it.id)} and self._sees(str(it.id)):
                return it
        raise Answered(404, "Issue does not exist or you do not have permission to see it.")


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
    ("GET", rf"{AGILE}/sprint/(\d+)/issue", FakeJira.sprint_issues),
    ("GET", rf"{API}/issue/([^/]+)", FakeJira.show_issue),
    ("GET", rf"{API}/issue/([^/]+)/changelog", FakeJira.list_changelog),
    ("GET", rf"{API}/issue/([^/]+)/comment", FakeJira.list_comments),
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
