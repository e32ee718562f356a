"""What `doctor` shows of a GitHub: who we are, what we may see, and what everything is taken for.

Missing rights look like empty data on GitHub, so each thing is asked for by itself, and what it needs is said.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backlint.connector import Observation
from backlint.connectors.github import board as boards
from backlint.connectors.github import discovery, vocabulary
from backlint.connectors.github.board import Board
from backlint.connectors.github.graph import Graph
from backlint.connectors.github.meaning import Meaning
from backlint.connectors.github.payload import part
from backlint.connectors.github.vocabulary import Repository
from backlint.errors import TrackerError
from backlint.plural import plural
from backlint.transport import Answer, Gate

if TYPE_CHECKING:
    from backlint.connectors.github import Github

SHAPES = {
    "ghp_": "a classic token",
    "github_pat_": "a fine-grained token",
    "ghs_": "an installation token (an App's, or GITHUB_TOKEN)",
    "gho_": "a token of an OAuth app",
    "ghu_": "an App's token for a user",
}
SHOWN = 6


@dataclass
class Doctor:
    """One examination."""

    settings: "Github"
    gate: Gate
    graph: Graph
    project_graph: Graph

    async def observations(self) -> AsyncIterator[Observation]:
        """Token, server, repositories, projects, and what they mean."""
        yield await self._token()
        yield await self._server()
        repositories: list[Repository] = []
        for name in self.settings.repository:
            seen, repository = await self._repository(name)
            yield seen
            repositories += [repository] if repository else []
        read: list[Board] = []
        for owner, number in self.settings.projects():
            project, board = await self._project(owner, number)
            yield project
            read += [board] if board else []
        meaning = vocabulary.rows(self.settings, read, repositories).meaning
        for observation in _meanings(meaning, read, repositories):
            yield observation

    async def _token(self) -> Observation:
        settings = self.settings
        if settings.app:
            answer = await self.graph.site.get("rate_limit")
            return Observation(about="token", found=f"the App {settings.app.id}, {_left(answer)}", is_well=answer.is_ok)
        if not settings.token:
            fix = "Set GITHUB_TOKEN, or `token`: without one GitHub shows public issues only, sixty requests an hour."
            return Observation(about="token", found="none", is_well=False, fix=fix)
        answer = await self.graph.site.get("user")
        said = settings.token.get_secret_value()
        shape = next((words for prefix, words in SHAPES.items() if said.startswith(prefix)), "a token")
        if answer.status == 401:  # noqa: PLR2004 - the one status that is about the token itself
            return Observation(about="token", found=f"{shape}, refused", is_well=False, fix="Make a new token.")
        login = answer.body.get("login") if answer.is_ok else None
        told = [f"{shape} of {login}" if login else shape, _left(answer)]
        if scopes := answer.headers.get("x-oauth-scopes"):
            told.append(f"scopes {scopes}")
        if ends := answer.headers.get("github-authentication-token-expiration"):
            told.append(f"until {ends[:10]}")
        return Observation(about="token", found=", ".join(told))

    async def _server(self) -> Observation:
        lacks = sorted((await self.graph.look()).names)
        if not self.graph.is_there:
            fix = "Check the URL: without GraphQL there is no history, no links and no order."
            return Observation(about="server", found="no GraphQL at " + self.graph.path, is_well=False, fix=fix)
        shown = ", ".join(lacks[:SHOWN]) + (f" and {len(lacks) - SHOWN} more" if len(lacks) > SHOWN else "")
        return Observation(about="server", found=f"lacks {shown}" if lacks else "everything that is asked for is there")

    async def _repository(self, name: str) -> tuple[Observation, Repository | None]:
        about = f"repository {name}"
        answer = await self.graph.site.get(f"repos/{name}/issues", {"state": "all", "per_page": 1})
        if not answer.is_ok:
            found, fix = await self._refusal(name, answer)
            return Observation(about=about, found=found, is_well=False, fix=fix), None
        repository = await vocabulary.describe(self.graph, name, self.settings.prefix)
        if repository.problems:
            fix = "Give the token Issues: read and Metadata: read."
            return Observation(about=about, found=repository.problems[0], is_well=False, fix=fix), repository
        if repository.name.casefold() != name.casefold():
            fix = f'Write repository = "{repository.name}".'
            return Observation(about=about, found=f"is {repository.name} now", fix=fix), repository
        count = "an unknown number of issues" if repository.total is None else plural(repository.total, "issue")
        return Observation(about=about, found=f"{count} in all"), repository

    async def _refusal(self, name: str, answer: Answer) -> tuple[str, str]:
        needs = answer.headers.get("x-accepted-github-permissions")
        said = part(answer.body).get("message", "no words")
        found = f'{answer.status}: "{said}"'
        if needs:
            return found, f"Give the token the permission {needs.replace('=', ': ')}."
        if answer.status == 410:  # noqa: PLR2004 - issues are switched off
            return found, "Switch issues on in the repository's settings, or leave it out."
        near = await discovery.nearest(self.settings, self.gate, name)
        hint = f"Did you mean {near}? If not, either" if near else "Either"
        return found, f"{hint} there is no {name}, or the token may not see it: give it Issues: read there."

    async def _project(self, owner: str, number: int) -> tuple[Observation, Board | None]:
        about = f"project {owner}/{number}"
        try:
            board = await boards.read(self.project_graph, owner, number, self.settings.columns)
        except TrackerError:
            fix = "Give `project_token` a token with read:project (classic), or the organisation's Projects: read."
            found = "not shown: there is none, or the token may not read projects (GITHUB_TOKEN never may)"
            return Observation(about=about, found=found, is_well=False, fix=fix), None
        counted = f"{plural(len(board.order), 'item')} in order, {len(board.drafts)} of them notes"
        if board.problems:
            fix = "Let the token see all repositories of the project, or it is read in part."
            return Observation(about=about, found=board.problems[0], is_well=False, fix=fix), board
        found = f"{counted}; {plural(len(board.columns), 'column')} read"
        return Observation(about=about, found=found), board


def _left(answer: Answer) -> str:
    left, limit = (answer.headers.get(f"x-ratelimit-{name}") for name in ("remaining", "limit"))
    return f"{left} of {limit} requests left this hour" if left and limit else "no rate limit"


def _meanings(meaning: Meaning, read: Sequence[Board], repositories: Sequence[Repository]) -> Iterator[Observation]:
    """What was found out by itself, so that a person can put it right."""
    columns = meaning.columns
    known = {name for board in read for name in board.columns} | {name for one in repositories for name in one.fields}
    for about, names in (("estimate", columns.estimate), ("priority", columns.priority), ("score", columns.score)):
        yield _source(about, names, known, meaning)
    yield from _statuses(meaning, read)
    types = [name for one in repositories for name in one.types]
    kinds = {word: kind for word in (*types, *sorted(meaning.labels)) if (kind := meaning.kind_of(word))}
    unknown = [name for name in types if name not in kinds]
    found = ", ".join(f"{word} is {kind}" for word, kind in [*kinds.items()][:SHOWN])
    fix = f"Say what they are: kinds = {{ {_unsaid(unknown)} }}" if unknown else None
    yield Observation(about="kinds", found=found or "by title prefixes only", is_well=not unknown, fix=fix)


def _unsaid(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}" = "..."' for name in names)


def _source(about: str, names: Sequence[str], known: set[str], meaning: Meaning) -> Observation:
    column = next((name for name in names if name in known), None)
    if column:
        return Observation(about=about, found=f'the column or field "{column}"')
    labels = sorted(meaning.labels_about(about))
    if labels:
        return Observation(about=about, found=f"labels: {', '.join(labels[:SHOWN])}")
    fix = f'If there is one, name it: columns = {{ {about} = "..." }}'
    return Observation(about=about, found="no column, field or label; rules that need it are undecided", fix=fix)


def _statuses(meaning: Meaning, read: Sequence[Board]) -> Iterator[Observation]:
    for board in read:
        options = next((board.options[name] for name in meaning.columns.status if name in board.options), ())
        if not options:
            yield Observation(about="status", found=f"project {board.name} has no status column")
            continue
        unsaid = [name for name in options if not meaning.is_explained(name)]
        shown = ", ".join(f"{name} is {meaning.stage(name) or 'unknown'}" for name in options)
        fix = f"Say what they are: stages = {{ {_unsaid(unsaid)} }}" if unsaid else None
        yield Observation(about="status", found=shown, is_well=not unsaid, fix=fix)
