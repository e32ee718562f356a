"""What may be written to a fake GitHub by REST: issues, comments and labels."""

import json
import re
from urllib.parse import unquote

from backlint.testing.fakes.github import payloads
from backlint.testing.fakes.github.issues import Happened, Issue, User
from backlint.testing.fakes.github.replies import refuse, say
from backlint.testing.fakes.github.repositories import Repository
from backlint.testing.fakes.github.rights import Token
from backlint.transport.inprocess import Heard, Reply

LONGEST = 65_536
ON_ISSUE = re.compile(r"/issues/(\d+)/(comments|labels)(?:/([^/]+))?")
AN_ISSUE = re.compile(r"/issues(?:/(\d+))?")
ON_COMMENT = re.compile(r"/issues/comments/(\d+)")


def answer(token: Token, heard: Heard, repo: Repository, path: str) -> Reply:
    """Answer a request that changes something."""
    if not token.writes:
        return refuse(403, "Resource not accessible by personal access token")
    body: payloads.Payload = json.loads(heard.body or b"{}")
    if not 0 <= len(body.get("body", "")) <= LONGEST:
        return refuse(422, "Validation Failed")
    if about := ON_COMMENT.fullmatch(path):
        return _on_comment(token.viewer, heard.method, repo, int(about[1]), body)
    if about := AN_ISSUE.fullmatch(path):
        return _an_issue(token.viewer, heard.method, repo, about[1], body)
    about = ON_ISSUE.fullmatch(path)
    issue = repo.issues.get(int(about[1])) if about else None
    if about is None or issue is None:
        return refuse(404, "Not Found")
    return _on_issue(token.viewer, heard.method, issue, about, body)


def _on_issue(viewer: User, method: str, issue: Issue, about: re.Match[str], body: payloads.Payload) -> Reply:
    match method, about[2], about[3]:
        case "POST", "comments", None:
            issue.comment(body["body"], by=viewer)
            return say(201, payloads.comments(issue)[-1])
        case "POST", "labels", None:
            for name in body["labels"]:
                if name not in issue.labels:
                    issue.label(name, by=viewer)
            return say(200, [payloads.label(name) for name in issue.labels])
        case "DELETE", "labels", str(name):
            return _without_label(viewer, issue, unquote(name))
        case _:
            return refuse(404, "Not Found")


def _an_issue(viewer: User, method: str, repo: Repository, number: str | None, body: payloads.Payload) -> Reply:
    """Open an issue, or change the text and the state of one."""
    if method == "POST" and number is None:
        return say(201, payloads.issue(repo.issue(body["title"], body["body"], by=viewer)))
    issue = repo.issues.get(int(number or 0))
    if method != "PATCH" or issue is None:
        return refuse(404, "Not Found")
    if "body" in body:
        issue.edit(body["body"], by=viewer)
    if body.get("state") == "closed":
        issue.close(body.get("state_reason", "completed"), by=viewer)
    return say(200, payloads.issue(issue))


def _on_comment(viewer: User, method: str, repo: Repository, id_: int, body: payloads.Payload) -> Reply:
    found = _comment(repo, id_)
    if found is None:
        return refuse(404, "Not Found")
    issue, comment = found
    if method == "DELETE":
        issue.retract(comment)
        return Reply(204)
    issue.rewrite(comment, body["body"], by=viewer)
    return say(200, next(row for row in payloads.comments(issue) if row["id"] == id_))


def _comment(repo: Repository, id_: int) -> tuple[Issue, Happened] | None:
    for issue in repo.issues.values():
        for entry in issue.history:
            if entry.typename == "IssueComment" and entry.ids[0] == id_:
                return issue, entry
    return None


def _without_label(viewer: User, issue: Issue, name: str) -> Reply:
    if name not in issue.labels:
        return refuse(404, "Label does not exist")
    issue.unlabel(name, by=viewer)
    return say(200, [payloads.label(each) for each in issue.labels])
