"""What may be written to a fake GitHub by GraphQL: the place of a project's item."""

from typing import TYPE_CHECKING, Any

from backlint.testing.fakes.github.connections import Refused, View
from backlint.testing.fakes.github.projects import Card, Project
from backlint.testing.fakes.github.rights import Token

if TYPE_CHECKING:
    from backlint.testing.fakes.github.hub import FakeGithub


def root(hub: "FakeGithub", token: Token) -> View:
    """The members of `Mutation`."""

    def move(_info: Any, input: View) -> View:  # noqa: A002 - GitHub's word
        project = next((one for one in hub.projects.values() if one.ids[1] == input["projectId"]), None)
        if project is None or not token.projects:
            raise Refused("NOT_FOUND", f"Could not resolve to a node with the global id of '{input['projectId']}'.")
        if not token.writes:
            raise Refused("FORBIDDEN", "Resource not accessible by personal access token")
        card, after = _card(project, input["itemId"]), input.get("afterId")
        project.move(card, after=_card(project, after) if after else None)
        return {"__typename": "UpdateProjectV2ItemPositionPayload", "clientMutationId": None}

    return {"updateProjectV2ItemPosition": move}


def _card(project: Project, id_: str) -> Card:
    for card in project.cards:
        if card.ids[1] == id_ and not card.is_archived:
            return card
    raise Refused("NOT_FOUND", f"Could not resolve to a node with the global id of '{id_}'.")
