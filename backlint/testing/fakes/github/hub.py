"""The fake itself: it hears requests, knows who asks, keeps the limits, fails when it is told to, and answers."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from backlint.example import NOW
from backlint.testing.fakes.github import graphql, payloads, rest
from backlint.testing.fakes.github.issues import User
from backlint.testing.fakes.github.projects import Column, Project
from backlint.testing.fakes.github.replies import NOT_MODIFIED, limited, refuse, tagged
from backlint.testing.fakes.github.repositories import Repository
from backlint.testing.fakes.github.rights import Token
from backlint.testing.fakes.github.walker import execute
from backlint.transport.inprocess import Heard, Reply

Execute = Callable[[str, Mapping[str, Any], Mapping[str, Any]], dict[str, Any]]
Fault = Callable[[Heard], Reply | None]
"""Answers in the fake's place, or gives back `None` to let it answer."""

ENTERPRISE = ("/api/v3", "/api/graphql")


class FakeGithub:
    """A GitHub with state.

    Attributes:
        host: The name in its links.
        has_cursors: Whether the issue list pages by `after` (as github.com) or by page number (as before 2025).
        largest_page: A GraphQL call with a larger page, or more ids, than this times out with 502.
        heard: Every request, in order.
        asked: The name and the points of every GraphQL document that was answered.
        faults: What goes wrong, asked in turn before every answer.
        before_each: Called before every answer: what happens on GitHub while somebody reads it.
    """

    def __init__(
        self, *, now: Callable[[], datetime] = lambda: NOW, execute: Execute = execute, host: str = "api.github.com"
    ) -> None:
        self.now = now
        self.execute = execute
        self.host = host
        self.users: dict[str, User] = {}
        self.repositories: dict[str, Repository] = {}
        self.renamed: dict[str, Repository] = {}
        self.projects: dict[tuple[str, int], Project] = {}
        self.nodes: dict[str, Any] = {}
        self.tokens: dict[str, Token] = {}
        self.anonymous = Token(self.known("backlint-tester"))
        self.has_cursors = True
        self.largest_page = 100
        self.heard: list[Heard] = []
        self.asked: list[tuple[str, int]] = []
        self.faults: list[Fault] = []
        self.before_each: Callable[[Heard], None] = lambda _: None
        self.viewer: User | None = self.anonymous.viewer

    def user(self, who: User | str | None) -> User | None:
        """The user of that login, made when first named; a login that ends in `[bot]` is a bot's."""
        return None if who is None else self.known(who)

    def known(self, who: User | str) -> User:
        """The same, of somebody who is there."""
        if not isinstance(who, str):
            return who
        return self.users.setdefault(who, User(who, "Bot" if who.endswith("[bot]") else "User"))

    def repository(self, full_name: str, **more: Any) -> Repository:
        """Create a repository."""
        owner, _, name = full_name.partition("/")
        made = Repository(self, owner, name, **more)
        self.repositories[full_name] = made
        return made

    def rename(self, repository: Repository, full_name: str) -> None:
        """Give a repository another name; the old one redirects."""
        self.renamed[repository.full_name] = self.repositories.pop(repository.full_name)
        repository.owner, _, repository.name = full_name.partition("/")
        self.repositories[full_name] = repository

    def project(self, owner: str, number: int, *columns: Column, title: str = "Backlog") -> Project:
        """Create a project of an organisation."""
        made = Project(self, owner, number, title, list(columns))
        self.projects[owner, number] = made
        return made

    def admit(self, token: str, login: str = "backlint-tester", **rights: Any) -> Token:
        """From now on only admitted tokens are let in."""
        self.tokens[token] = Token(self.known(login), **rights)
        return self.tokens[token]

    def __call__(self, heard: Heard) -> Reply:
        """Answer one request."""
        self.heard.append(heard)
        self.before_each(heard)
        for fault in self.faults:
            reply = fault(heard)
            if reply is not None:
                return reply
        token = self._token(heard)
        if token is None:
            return refuse(401, "Bad credentials")
        self.viewer = token.viewer
        path, query = self._path(heard.url)
        if path == "/graphql":
            return graphql.answer(self, token, heard)
        if not token.rest.spend(1, self.now()):
            return limited(token.rest)
        reply = rest.answer(self, token, heard, path, query)
        told = {} if token.scopes is None else {"x-oauth-scopes": ", ".join(token.scopes)}
        if token.until:
            told["github-authentication-token-expiration"] = f"{token.until:%Y-%m-%d %H:%M:%S} UTC"
        # An API names itself as it is called.
        body = reply.body.replace(payloads.API.encode(), rest.base(heard.url).encode())
        reply = tagged(heard, Reply(reply.status, body, reply.headers))
        token.rest.used -= reply.status == NOT_MODIFIED  # which costs nothing
        return Reply(reply.status, reply.body, {**reply.headers, **token.rest.headers(), **told})

    def _token(self, heard: Heard) -> Token | None:
        given = heard.headers.get("authorization", "").removeprefix("Bearer ").removeprefix("token ")
        if given.count(".") == 2:  # noqa: PLR2004 - a JSON web token has three parts: an App speaks for itself
            return self.anonymous
        known = self.tokens.get(given)
        if known and known.until and self.now() >= known.until:
            return None
        return known or (None if self.tokens else self.anonymous)

    def _path(self, url: str) -> tuple[str, dict[str, str]]:
        parts = urlsplit(url)
        path = "/graphql" if parts.path == ENTERPRISE[1] else parts.path.removeprefix(ENTERPRISE[0])
        return path, dict(parse_qsl(parts.query))
