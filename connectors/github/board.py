"""A project is the backlog's order: its columns, and what stands in them, read whole in the order of the board.

There is no place on an item and no way to ask for what changed, so a project is read from end to end each time.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from backlint.connectors.github import documents
from backlint.connectors.github.graph import Graph, TooMuch, Write
from backlint.connectors.github.meaning import Held
from backlint.connectors.github.payload import part, several
from backlint.connectors.github.rows import OnBoard
from backlint.connectors.github.settings import Columns
from backlint.errors import TrackerError
from backlint.model import EMPTY, Sprint, SprintState
from backlint.model.words import Empty
from backlint.plural import plural
from backlint.transport import Json

PAGE = 100
SPRINTS_COUNTED = 6
"""Older sprints say little about what the team does now."""

VALUES = {
    "ProjectV2ItemFieldNumberValue": "number",
    "ProjectV2ItemFieldSingleSelectValue": "name",
    "ProjectV2ItemFieldIterationValue": "iterationId",
    "ProjectV2ItemFieldDateValue": "date",
    "ProjectV2ItemFieldTextValue": "text",
    "IssueFieldNumberValue": "number",
    "IssueFieldSingleSelectValue": "name",
    "IssueFieldDateValue": "date",
    "IssueFieldTextValue": "text",
}


@dataclass
class Board:
    """A project as it was read.

    Attributes:
        name: `acme/4`.
        id: Its node id.
        url: Its page.
        columns: The columns that have a meaning for us, with GitHub's description of each.
        order: The ids of its open issues and its drafts, best first, without what is archived.
        cards: What it says of each, by id.
        where: The repository and number of each issue, by id.
        drafts: What its notes say, by id.
        problems: What could not be read.
        hidden: How many items the token may not see.
    """

    name: str
    id: str = ""
    url: str = ""
    columns: Mapping[str, Json] = field(default_factory=dict[str, Json])
    order: list[str] = field(default_factory=list[str])
    cards: dict[str, OnBoard] = field(default_factory=dict[str, OnBoard])
    where: dict[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    drafts: dict[str, Json] = field(default_factory=dict[str, Json])
    problems: list[str] = field(default_factory=list[str])
    hidden: int = 0

    @property
    def sprint_column(self) -> Json | None:
        """The iteration column, if it has one."""
        return next((one for one in self.columns.values() if one.get("dataType") == "ITERATION"), None)

    @property
    def options(self) -> Mapping[str, Sequence[str]]:
        """The choices of its single-select columns."""
        return {name: [one["name"] for one in several(column, "options")] for name, column in self.columns.items()}


def wanted(columns: Columns) -> tuple[str, ...]:
    """The names of all columns that could mean something to us."""
    names = (
        *columns.status, *columns.estimate, *columns.priority, *columns.sprint, *columns.due, *columns.kind,
        *columns.moscow, *columns.score, *columns.inputs.values(),
    )  # fmt: skip
    return tuple(dict.fromkeys(names))


async def read(graph: Graph, owner: str, number: int, columns: Columns) -> Board:
    """Read a project whole. What is missing from it stands in `problems`: a project is never half-read in silence.

    Raises `TrackerError` where the project cannot be read at all.
    """
    board = Board(f"{owner}/{number}")
    told = await graph.ask(documents.project, {"owner": owner, "number": number})
    found = part(told.data, "repositoryOwner", "projectV2")
    if not found:
        raise _unseen(graph.site.name, board.name, told.no_access)
    board.id, board.url = found["id"], found["url"]
    names = wanted(columns)
    known = {one["name"]: one for one in several(found, "fields", "nodes") if "name" in one}
    by_type = [one for one in known.values() if one.get("dataType") == "ITERATION"]
    board.columns = {name: known[name] for name in names if name in known}
    if by_type and board.sprint_column is None:
        board.columns = {**board.columns, by_type[0]["name"]: by_type[0]}
    async for node in _pages(graph, found["id"], tuple(board.columns)):
        _note(board, node)
    if board.hidden:
        board.problems.append(
            f"{plural(board.hidden, 'item')} of project {board.name} "
            f"{'is' if board.hidden == 1 else 'are'} hidden from this token: it may not see their repository."
        )
    return board


async def _pages(graph: Graph, project: str, columns: tuple[str, ...]) -> AsyncIterator[Json]:
    """Page after page, smaller where GitHub cannot answer so much; a page once asked for is not lost."""
    write: Write = partial(documents.cards, columns=columns)
    after = None
    named = {f"c{at}": name for at, name in enumerate(columns)}
    while True:
        size = graph.sizes.get("cards", PAGE)
        try:
            told = await graph.ask(write, {"id": project, "first": size, "after": after, **named})
        except TooMuch:
            if not graph.shrink("cards", size):
                raise TrackerError(
                    f"{graph.site.name} cannot answer for one item of a project.", retryable=True
                ) from None
            continue
        node = part(told.data, "node")
        if not node:
            raise TrackerError(f"{graph.site.name}: the project was deleted or hidden while it was read.")
        yield {**node, "lost": told.losses()}
        page = node["items"]["pageInfo"]
        if not page["hasNextPage"]:
            return
        if page["endCursor"] in {None, after}:
            raise TrackerError(f"{graph.site.name} does not say where the next page of a project begins.")
        after = page["endCursor"]


def _note(board: Board, node: Json) -> None:
    """Put one page on the board."""
    if node["lost"]:
        board.problems.append(f"Project {board.name} was not read whole: {node['lost'][0].get('message')}")
    there = {one["id"] for one in several(node, "fields", "nodes") if "id" in one}
    for name, column in [*board.columns.items()]:
        if column["id"] not in there:
            board.problems.append(f'The column "{name}" was removed from project {board.name} while it was read.')
            board.columns = {other: one for other, one in board.columns.items() if other != name}
            board.cards = {id_: _without(card, name) for id_, card in board.cards.items()}
    asked = {name: f"c{at}" for at, name in enumerate(board.columns)} if there else {}
    for item in node["items"]["nodes"]:
        if item:
            _place(board, item, asked)


def _without(card: OnBoard, name: str) -> OnBoard:
    held = {other: value for other, value in card.held.items() if other != name}
    return replace(card, held=held)


def _place(board: Board, item: Json, asked: Mapping[str, str]) -> None:
    content = item.get("content")
    kind = part(content).get("__typename")
    if kind == "PullRequest":
        return
    if not content or kind not in {"Issue", "DraftIssue"}:
        board.hidden += not item.get("isArchived")
        return
    card = _card(board, item, asked)
    if content["id"] not in board.cards and not card.is_archived and not content.get("closed"):
        board.order.append(content["id"])
    board.cards[content["id"]] = card
    if kind == "DraftIssue":
        board.drafts[content["id"]] = content
    else:
        board.where[content["id"]] = (content["repository"]["nameWithOwner"], content["number"])


def _card(board: Board, item: Json, asked: Mapping[str, str]) -> OnBoard:
    held: dict[str, Held | Empty] = {name: value_of(item.get(key)) for name, key in asked.items()}
    column = board.sprint_column
    sprint = held.pop(column["name"], None) if column else None
    return OnBoard(
        held=held,
        sprint=sprint if isinstance(sprint, str) else None,
        updated=datetime.fromisoformat(item["updatedAt"]),
        is_archived=bool(item.get("isArchived")),
        is_finished=part(item, "content").get("stateReason") == "COMPLETED",
    )


def value_of(told: Json) -> Held | Empty:
    """The value of a column, whatever its type, and whether the project holds it or the issue itself."""
    if not told:
        return EMPTY
    typename = told.get("__typename")
    if typename == "ProjectV2ItemIssueFieldValue":
        return value_of(told.get("issueFieldValue"))
    if typename == "IssueFieldMultiSelectValue":
        return tuple(str(one["name"]) for one in several(told, "options")) or EMPTY
    value = told.get(VALUES.get(typename, ""))
    if value is None or value == "":
        return EMPTY
    return float(value) if isinstance(value, int | float) else str(value)


def sprints(board: Board, prefix: str, today: date) -> tuple[Sprint, ...]:
    """The iterations of a project, oldest first; their dates tell which one runs."""
    return tuple(_sprint(one, prefix, today) for one in _iterations(board))


def _iterations(board: Board) -> list[Json]:
    told = part(board.sprint_column, "configuration")
    return [*reversed(several(told, "completedIterations")), *several(told, "iterations")]


def velocity(board: Board, columns: Columns, today: date) -> tuple[float, ...] | None:
    """What was finished in each of the last sprints, by the estimate column; `None` where either column is missing.

    GitHub keeps the last iteration of an item only, so what was carried over counts where it was finished.
    """
    name = next((name for name in columns.estimate if name in board.columns), None)
    over = [one["id"] for one in _iterations(board) if _sprint(one, "", today).state is SprintState.CLOSED]
    if name is None or not over:
        return None
    finished = dict.fromkeys(over[-SPRINTS_COUNTED:], 0.0)
    for card in board.cards.values():
        size = card.held.get(name)
        if card.is_finished and card.sprint in finished and isinstance(size, float):
            finished[card.sprint] += size
    return tuple(finished.values())


def _sprint(told: Json, prefix: str, today: date) -> Sprint:
    start = date.fromisoformat(told["startDate"])
    end = start + timedelta(days=told["duration"])
    state = SprintState.CLOSED if end <= today else SprintState.ACTIVE if start <= today else SprintState.FUTURE
    begins, ends = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (start, end))
    return Sprint(id=prefix + told["id"], name=told["title"], state=state, start=begins, end=ends)


def _unseen(site: str, name: str, said: str | None) -> TrackerError:
    if said:
        return TrackerError(f'{site} does not show project {name} to this token: "{said}"')
    return TrackerError(
        f"{site} shows no project {name}: there is none, or the token may not read projects (GITHUB_TOKEN never may; a "
        "fine-grained token needs the organisation's Projects: read). Give `project_token` one that may."
    )
