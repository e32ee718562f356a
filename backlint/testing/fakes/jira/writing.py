"""What may be written to a fake Jira: comments with their properties, labels, and the rank."""

import json
from typing import Any, cast

from backlint.testing.fakes.jira.answers import Answers
from backlint.testing.fakes.jira.call import Answered, Call
from backlint.testing.fakes.jira.things import Issue, Remark
from backlint.testing.fakes.jira.words import Payload

NO_RIGHT = "You do not have the permission to comment on this issue."
LONGEST = 32_767
MOST_RANKED = 50
CANNOT_RANK = "JIRA Agile cannot execute the rank operation at this time. Please try again later."


class WriteAnswers(Answers):
    """Everything that changes an issue."""

    def add_comment(self, call: Call) -> Payload:
        """A new comment, by the token's account."""
        here = self._writable(call.groups[0])
        remark = Remark(self._next_id(), self.now, self.me, self._body(call))
        remark.properties = self._properties(call)
        here.comments.append(remark)
        self._bump(here)
        return self.payloads.comment(remark, here)

    def edit_comment(self, call: Call) -> Payload:
        """Another body for a comment; properties that are not named stay."""
        here = self._writable(call.groups[0])
        remark = self._remark(here, call.groups[1])
        remark.text, remark.editor = self._body(call), self.me
        remark.properties |= self._properties(call)
        self._bump(here)
        return self.payloads.comment(remark, here)

    def delete_comment(self, call: Call) -> None:
        """A comment goes."""
        here = self._writable(call.groups[0])
        here.comments.remove(self._remark(here, call.groups[1]))
        self._bump(here)

    def comment_property(self, call: Call) -> Payload:
        """One property of a comment."""
        id_, key = call.groups
        for here in self.issues.values():
            for remark in here.comments:
                if str(remark.id) == id_ and key in remark.properties and self._sees(str(here.id)):
                    return {"key": key, "value": remark.properties[key]}
        raise Answered(404, f"The property {key} does not exist.")

    def edit_issue(self, call: Call) -> None:
        """Labels, added and removed by name."""
        here = self._writable(call.groups[0])
        labels = list(here.labels)
        for operation in call.body["update"]["labels"]:
            [(verb, name)] = operation.items()
            if " " in name:
                raise Answered(400, body={"errorMessages": [], "errors": {"labels": "The label contains spaces."}})
            labels = [each for each in labels if each != name] + ([name] if verb == "add" else [])
        self.change(here, labels=labels, by=self.me)

    def rank_issues(self, call: Call) -> None:
        """Issues go beside another one, in the order in which they are named; some may fail, which is a 207."""
        keys: list[str] = call.body["issues"]
        before, after = call.body.get("rankBeforeIssue"), call.body.get("rankAfterIssue")
        if not 0 < len(keys) <= MOST_RANKED or (before is None) is (after is None):
            raise Answered(400, "Either rankBeforeIssue or rankAfterIssue, and 1 to 50 issues, must be given.")
        beside, issues = self._issue(str(before or after)), [self._issue(key) for key in keys]
        if not self.may_write:
            raise Answered(403, "You do not have the permission to rank issues.")
        for here in issues if before else reversed(issues):
            if here.key not in self.unrankable and here is not beside:
                self.order.remove(here.id)
                self.order.insert(self.order.index(beside.id) + (after is not None), here.id)
        self._places.clear()
        if self.unrankable.keys() & {here.key for here in issues}:
            raise Answered(207, body={"entries": [self._ranked(here) for here in issues]})

    def _ranked(self, here: Issue) -> Payload:
        """What became of one issue."""
        told: Payload = {"issueId": here.id, "issueKey": here.key, "status": self.unrankable.get(here.key, 200)}
        return told | ({"errors": [CANNOT_RANK]} if here.key in self.unrankable else {})

    def _writable(self, key: str) -> Issue:
        here = self._issue(key)
        if not self.may_write:
            raise Answered(403, NO_RIGHT)
        return here

    def _remark(self, here: Issue, id_: str) -> Remark:
        found = next((each for each in here.comments if str(each.id) == id_), None)
        if found is None:
            raise Answered(404, f"Can not find a comment for the id: {id_}.")
        return found

    def _body(self, call: Call) -> Any:
        """Cloud takes a document, Data Center takes text; each refuses what the other one takes."""
        body: Any = call.body.get("body")
        kind = dict if self.is_cloud else str
        if not isinstance(body, kind) or not body or len(json.dumps(body)) > LONGEST:
            raise Answered(400, body={"errorMessages": [], "errors": {"comment": "Comment body is not valid!"}})
        return cast("Any", body)

    def _properties(self, call: Call) -> dict[str, Any]:
        return {each["key"]: each["value"] for each in call.body.get("properties", [])}

    def _bump(self, here: Issue) -> None:
        here.updated = max(here.updated, self.now)
