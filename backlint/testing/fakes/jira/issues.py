"""Searches, issues, histories and comments of a fake Jira."""

from backlint.testing.fakes.jira.answers import FIELDS_PAGE, Answers
from backlint.testing.fakes.jira.call import Answered, Call
from backlint.testing.fakes.jira.jql import Query, Refused
from backlint.testing.fakes.jira.words import Payload

IDS_PAGE = 5000
SERVER_PAGE = 1000
BULK_WITH_LISTS = 100
SEARCH_MEMBERS = {
    "jql", "nextPageToken", "maxResults", "fields", "expand", "properties", "fieldsByKeys", "failFast",
    "reconcileIssues",
}  # fmt: skip
LISTS = {"comment", "worklog", "attachment"}


class IssueAnswers(Answers):
    """Everything about issues but their order on a board."""

    def search_by_token(self, call: Call) -> Payload:
        """A page of a search, behind a token (Cloud)."""
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
        """A page of a search, by its place (Data Center)."""
        found = self._found(call.body.get("jql", call.query.get("jql", "")), needs_bound=False)
        return self._placed_page(call, found, SERVER_PAGE)

    def removed_search(self, _: Call) -> Payload:
        """What Cloud says of the search that it took away."""
        raise Answered(410, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.")

    def approximate_count(self, call: Call) -> Payload:
        """How many issues a query finds."""
        return {"count": len(self._found(call.body["jql"]))}

    def parse_jql(self, call: Call) -> Payload:
        """Whether queries can be read."""
        return {"queries": [self._parsed(text) for text in call.body["queries"]]}

    def bulk_fetch(self, call: Call) -> Payload:
        """Many issues by id, in the order of their ids; what may not be seen is left out."""
        asked, fields = call.body["issueIdsOrKeys"], call.body.get("fields") or ["*navigable"]
        most = BULK_WITH_LISTS if LISTS & set(fields) or fields[0].startswith("*") else self.bulk
        if len(asked) > most:
            raise Answered(400, f"The number of issues should not exceed {most}.")
        found = sorted((self.issues[int(id_)] for id_ in asked if self._sees(id_)), key=lambda it: it.id)
        return {"issues": [self.payloads.issue(it, fields) for it in found], "issueErrors": []}

    def bulk_changelogs(self, call: Call) -> Payload:
        """Many histories, page by page."""
        logs = [(self.issues[int(id_)], change) for id_ in call.body["issueIdsOrKeys"] if self._sees(id_)
                for change in self.issues[int(id_)].history]  # fmt: skip
        page, token, _ = self.pages.next(call.body.get("nextPageToken"), call.number("maxResults", 1000), lambda: logs)
        by_issue: dict[int, list[Payload]] = {}
        for issue, change in page:
            by_issue.setdefault(issue.id, []).append(self.payloads.change(change, is_counted=self.counts_time))
        told = [{"issueId": str(id_), "changeHistories": changes} for id_, changes in by_issue.items()]
        return {"issueChangeLogs": told} | ({"nextPageToken": token} if token else {})

    def show_issue(self, call: Call) -> Payload:
        """One issue."""
        it = self._issue(call.groups[0])
        told = self.payloads.issue(it, call.names("fields"))
        return told | (
            {"changelog": self.payloads.changelog(it)} if "changelog" in call.query.get("expand", "") else {}
        )

    def list_changelog(self, call: Call) -> Payload:
        """The history of one issue."""
        it = self._issue(call.groups[0])
        start, most = call.number("startAt", 0), min(call.number("maxResults", 100), 100)
        values = [self.payloads.change(change) for change in it.history[start : start + most]]
        total = len(it.history)
        return {"startAt": start, "maxResults": most, "total": total, "isLast": start + most >= total, "values": values}

    def list_comments(self, call: Call) -> Payload:
        """The comments of one issue."""
        it = self._issue(call.groups[0])
        start, most = call.number("startAt", 0), min(call.number("maxResults", 100), 100)
        ordered = it.comments[::-1] if call.query.get("orderBy") == "-created" else it.comments
        told = [self.payloads.comment(remark, it) for remark in ordered[start : start + most]]
        return {"startAt": start, "maxResults": most, "total": len(it.comments), "comments": told}

    def _parsed(self, text: str) -> Payload:
        try:
            Query(text, self, zone=self.zone)
        except Refused as refusal:
            return {"query": text, "errors": [str(refusal)]}
        return {"query": text, "structure": {}}
