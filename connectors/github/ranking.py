"""Where the items of projects stand, and moving one of them: an item's place is what stands before it, and no number.

GitHub puts an item behind another one or at the top, among everything that a project shows: closed issues, pull
requests and what the token may not see stand there too. So what goes above an issue goes behind whatever is above that.
"""

from dataclasses import dataclass, field

from backlint.connectors.github.graph import NO_DATA
from backlint.connectors.github.limits import pause
from backlint.connectors.github.payload import Node, part, several
from backlint.errors import TrackerError
from backlint.transport import Answer, Json, Site
from backlint.writer import InDoubtError, Order, Target, send_once

PAGE = 100

ITEMS = """
query Order($owner: String!, $number: Int!, $first: Int!, $after: String) {
  repositoryOwner(login: $owner) {
    __typename
    ... on Organization { projectV2(number: $number) { ...Items } }
    ... on User { projectV2(number: $number) { ...Items } }
  }
}
fragment Items on ProjectV2 {
  id
  items(first: $first, after: $after) {
    nodes { id content { __typename ... on Issue { id closed } ... on DraftIssue { id } } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
MOVE = """
mutation Move($project: ID!, $item: ID!, $after: ID) {
  updateProjectV2ItemPosition(input: {projectId: $project, itemId: $item, afterId: $after}) { clientMutationId }
}
"""


@dataclass(frozen=True, slots=True)
class Card:
    """An item of a project: its own id, and that of the open issue or the draft on it."""

    id: str
    content: str | None


@dataclass
class Ranking:
    """The order of the projects of one source, as it was read last; the ids of its items begin with `prefix`."""

    site: Site
    path: str
    prefix: str
    projects: tuple[tuple[str, int], ...]
    _cards: dict[str, list[Card]] = field(default_factory=dict[str, list[Card]], init=False)

    async def order(self) -> Order:
        """The open issues and drafts of each project; what is on several of them counts on the first."""
        self._cards = {}
        for owner, number in self.projects:
            id_, cards = await self._read(owner, number)
            self._cards[id_] = cards
        known: set[str] = set()
        lists: list[tuple[str, ...]] = []
        for cards in self._cards.values():
            here = [self.prefix + card.content for card in cards if card.content]
            lists.append(tuple(id_ for id_ in here if id_ not in known))
            known.update(here)
        return Order(tuple(lists))

    async def move(self, target: Target, above: str | None, below: str | None) -> None:
        """Put the item directly below one, or directly above the other."""
        project, cards, here = self._find(target)
        rest = [card for card in cards if card is not here]
        neighbour = next((at for at, card in enumerate(rest) if self._is(card, above or below)), None)
        if neighbour is None:
            raise TrackerError(f"What {target.key} should stand beside is not on its project.")
        before = neighbour if above else neighbour - 1
        variables = {"project": project, "item": here.id, "after": rest[before].id if before >= 0 else None}
        answer = await send_once(
            self.site, "POST", self.path, {"query": MOVE, "variables": variables}, is_limit=self._is_limit
        )
        self._check(answer, target)

    def _check(self, answer: Answer, target: Target) -> None:
        """GraphQL says with status 200 what went wrong; only some of it means that nothing was done."""
        if part(answer.body, "data", "updateProjectV2ItemPosition"):
            return
        errors = several(answer.body, "errors")
        said = "; ".join(str(one.get("message")) for one in errors)
        if errors and all(one.get("type") in NO_DATA for one in errors):
            raise TrackerError(f"GitHub did not move {target.key}: {said}", status=answer.status)
        raise InDoubtError(f"GitHub did not say that it moved {target.key}: {said}", retryable=True)

    def _is_limit(self, answer: Answer) -> bool:
        return pause(answer, self.site.gate.clock.now()) is not None

    def _find(self, target: Target) -> tuple[str, list[Card], Card]:
        for project, cards in self._cards.items():
            for card in cards:
                if self._is(card, target.id):
                    return project, cards, card
        raise TrackerError(f"{target.key} is on no project.")

    def _is(self, card: Card, id_: str | None) -> bool:
        return card.content is not None and self.prefix + card.content == id_

    async def _read(self, owner: str, number: int) -> tuple[str, list[Card]]:
        cards: list[Card] = []
        after: Json = None
        while True:
            project = await self._page({"owner": owner, "number": number, "first": PAGE, "after": after})
            cards += [_card(node) for node in several(project, "items", "nodes")]
            info = part(project, "items", "pageInfo")
            if not info.get("hasNextPage"):
                return project["id"], cards
            after = info["endCursor"]

    async def _page(self, variables: dict[str, Json]) -> Node:
        answer = await self.site.ask(self.path, {"query": ITEMS, "variables": variables})
        project = part(answer.body, "data", "repositoryOwner", "projectV2")
        errors = [one for one in several(answer.body, "errors") if not (project and one.get("type") in NO_DATA)]
        if errors or not project.get("id"):
            said = "; ".join(str(one.get("message")) for one in errors) or answer.status
            name = f"{variables['owner']}/{variables['number']}"
            raise TrackerError(f"GitHub did not show the order of project {name}: {said}.", status=answer.status)
        return project


def _card(node: Node) -> Card:
    content = part(node, "content")
    is_open = content.get("__typename") == "DraftIssue" or content.get("closed") is False
    return Card(node["id"], content.get("id") if is_open else None)
