"""What repositories and projects describe their issues with: it tells what is empty from what is not there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from backlint.connectors.github import documents, listing
from backlint.connectors.github.board import Board
from backlint.connectors.github.graph import Graph
from backlint.connectors.github.meaning import Meaning
from backlint.connectors.github.overlap import Changed
from backlint.connectors.github.payload import part, several
from backlint.connectors.github.people import People
from backlint.connectors.github.rows import Rows, theme
from backlint.model import Theme
from backlint.transport import Json

if TYPE_CHECKING:
    from backlint.connectors.github import Github


@dataclass(frozen=True)
class Repository:
    """What a repository describes its issues with.

    `asked` is its name in the settings, `name` the one it has now; `total` counts issues, without pull requests.
    `types` and `fields` (with their choices) are the organisation's. `newest` are the issues that changed last, newest
    first, where GitHub told them. `problems` is what could not be read.
    """

    asked: str
    name: str
    labels: frozenset[str] = frozenset()
    types: tuple[str, ...] = ()
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    themes: tuple[Theme, ...] = ()
    total: int | None = None
    newest: Sequence[Changed] | None = None
    problems: tuple[str, ...] = ()


async def describe(graph: Graph, name: str, prefix: str) -> Repository:
    """Ask for a repository's labels, types, fields and milestones; by REST where there is no GraphQL."""
    owner, _, short = name.partition("/")
    told = await graph.ask(documents.repository, {"owner": owner, "name": short}) if graph.is_there else None
    found = part(told.data, "repository") if told else {}
    losses = told.losses()[:1] if told else ()
    problems = tuple(f"{name} was not described whole: {one.get('message')}" for one in losses)
    if not found:
        return Repository(name, name, labels=await listing.labels(graph.site, name), problems=problems)
    now = str(found.get("nameWithOwner") or name)
    labels = frozenset(one["name"] for one in several(found, "labels", "nodes"))
    if part(found, "labels", "pageInfo").get("hasNextPage"):
        labels = await listing.labels(graph.site, now)
    fields = [one for one in several(found, "issueFields", "nodes") if one.get("name")]
    return Repository(
        asked=name,
        name=now,
        labels=labels,
        types=tuple(one["name"] for one in several(found, "issueTypes", "nodes")),
        fields={one["name"]: [each["name"] for each in several(one, "options")] for one in fields},
        themes=tuple(theme(one, prefix) for one in several(found, "milestones", "nodes")),
        total=part(found, "issues").get("totalCount"),
        newest=_newest(several(found, "issues", "nodes")),
        problems=problems,
    )


def _newest(told: Sequence[Json]) -> Sequence[Changed] | None:
    """Who says nothing of the newest issues says nothing of what changed."""
    found = [(one["id"], datetime.fromisoformat(one["updatedAt"])) for one in told if one.get("updatedAt")]
    return found if found and len(found) == len(told) else None


def rows(settings: "Github", boards: Sequence[Board], repositories: Sequence[Repository]) -> Rows:
    """What makes items of what GitHub tells, with the words of these repositories and projects."""
    options: dict[str, Sequence[str]] = {}
    for board in reversed(boards):
        options |= board.options
    for repository in repositories:
        options |= {name: choices for name, choices in repository.fields.items() if choices}
    return Rows(
        prefix=settings.prefix,
        people=People(settings.prefix),
        meaning=Meaning(
            columns=settings.columns,
            kinds=settings.kinds,
            stages=settings.stages,
            priorities=settings.priorities,
            sizes=settings.sizes,
            labels=frozenset[str]().union(*(one.labels for one in repositories)),
            options=options,
        ),
        fields=frozenset(name for one in repositories for name in one.fields),
        has_sprints=any(board.sprint_column for board in boards),
        projects=frozenset(board.id for board in boards),
    )
