"""The GraphQL half: what it costs, what the token may see, and the errors that come with HTTP status 200."""

import json
from typing import TYPE_CHECKING, Any

from backlint.testing.fakes.github import boards, mutations, views
from backlint.testing.fakes.github.connections import Refused, View
from backlint.testing.fakes.github.cost import LARGEST_ANSWER, Cost, cost
from backlint.testing.fakes.github.issues import Issue
from backlint.testing.fakes.github.query import parse
from backlint.testing.fakes.github.replies import refuse, say
from backlint.testing.fakes.github.rights import Token
from backlint.testing.fakes.github.views import moment
from backlint.transport.inprocess import Heard, Reply

if TYPE_CHECKING:
    from backlint.testing.fakes.github.hub import FakeGithub


def answer(hub: "FakeGithub", token: Token, heard: Heard) -> Reply:
    """Execute a document for a token."""
    asked = json.loads(heard.body)
    text: str = asked["query"]
    variables: View = asked.get("variables") or {}
    price = cost(text, variables)
    if price.widest > hub.largest_page:
        return refuse(502, "Something went wrong while executing your query. This may be the result of a timeout.")
    if price.nodes > LARGEST_ANSWER:
        return _failed("MAX_NODE_LIMIT_EXCEEDED", f"This query requests up to {price.nodes:,} possible nodes.")
    if not token.graphql.spend(price.points, hub.now()):
        said = "API rate limit exceeded for user ID 1."
        return _failed("RATE_LIMITED", said, token.graphql.headers())
    hub.asked.append((parse(text).name, price.points))
    result = hub.execute(text, variables, _root(hub, token, price))
    return say(200, result, token.graphql.headers())


def _failed(kind: str, message: str, headers: dict[str, str] | None = None) -> Reply:
    return say(200, {"errors": [{"type": kind, "message": message}]}, headers)


def _root(hub: "FakeGithub", token: Token, price: Cost) -> View:
    """The query's root, as this token sees it."""

    def repository(_info: Any, owner: str, name: str, **_more: Any) -> View:
        full_name = f"{owner}/{name}"
        found = hub.repositories.get(full_name) or hub.renamed.get(full_name)
        if found is None or not token.sees(found.full_name):
            raise Refused("NOT_FOUND", f"Could not resolve to a Repository with the name '{full_name}'.")
        return views.repository(found)

    def owner(_info: Any, login: str) -> View | None:
        names = {one.owner for one in hub.repositories.values()} | {name for name, _ in hub.projects}
        if login not in names:
            return None
        return {"__typename": "Organization", "id": login, "login": login, **_projects(hub, token, login)}

    def nodes(_info: Any, ids: list[str]) -> list[View | Refused]:
        return [_node(hub, token, one) for one in ids]

    def node(_info: Any, id: str) -> View:  # noqa: A002 - GitHub's word
        found = _node(hub, token, id)
        if isinstance(found, Refused):
            raise found
        return found

    return {
        "__typename": "Query",
        "viewer": {"__typename": "User", "login": token.viewer.login, "id": token.viewer.ids[1]},
        "rateLimit": _rate_limit(token, price),
        "repository": repository,
        "repositoryOwner": owner,
        "organization": owner,
        "nodes": nodes,
        "node": node,
        **mutations.root(hub, token),
    }


def _rate_limit(token: Token, price: Cost) -> View:
    budget = token.graphql
    left = budget.limit - budget.used
    return {"cost": price.points, "limit": budget.limit, "remaining": left, "resetAt": moment(budget.reset)}


def _projects(hub: "FakeGithub", token: Token, login: str) -> View:
    def project(_info: Any, number: int) -> View:
        found = hub.projects.get((login, number))
        if token.scopes is not None and not {"project", "read:project"} & {*token.scopes}:
            said = "Your token has not been granted the required scopes to execute this query. The 'projectV2' field"
            raise Refused("INSUFFICIENT_SCOPES", f"{said} requires one of the following scopes: ['read:project'].")
        if found is None or not token.projects:
            raise Refused("NOT_FOUND", f"Could not resolve to a ProjectV2 with the number {number}.")
        return boards.project(found)

    return {"projectV2": project}


def _node(hub: "FakeGithub", token: Token, wanted: str) -> View | Refused:
    """The object of a global id; in a list, each that is not there is an error of its own."""
    found = hub.nodes.get(wanted)
    if isinstance(found, Issue) and token.sees(found.repository.full_name):
        return views.issue(found)
    project = next((one for one in hub.projects.values() if one.ids[1] == wanted), None)
    if project and token.projects:
        return boards.project(project)
    return Refused("NOT_FOUND", f"Could not resolve to a node with the global id of '{wanted}'.")
