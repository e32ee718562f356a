"""One way to ask GitHub's GraphQL: errors with status 200 are told apart, and large questions made smaller."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from backlint.connectors.github import documents
from backlint.connectors.github.payload import part, several
from backlint.connectors.github.selection import Lacks, found_lacking, probe
from backlint.errors import TrackerError
from backlint.transport import Answer, Json, Site

TOO_MUCH = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT})
"""GitHub cuts a query off after ten seconds, and takes further points for it: it must not be repeated as it was."""

TOO_MUCH_TYPES = {"RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED", "TIMEOUT"}
TOO_MUCH_WORDS = ("resource limits", "timeout", "timed out", "something went wrong while executing")
NO_ACCESS = {"INSUFFICIENT_SCOPES", "FORBIDDEN"}
NO_DATA = NO_ACCESS | {"NOT_FOUND"}
MOST_REMOVED = 5
"""So often a document is written anew without what was refused."""

Write = Callable[[Lacks], str]
"""Writes a document for a server that lacks some things."""

SMALLEST_SHARE = 2


class TooMuch(TrackerError):  # noqa: N818 - it is an answer, and the question is asked again in smaller pieces
    """GitHub could not answer so much at once."""

    def __init__(self, site: str) -> None:
        super().__init__(f"{site} cut a query off: it was too much at once.", retryable=True)


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered: `errors` are what is missing from `data`."""

    data: Json
    errors: tuple[Json, ...] = ()

    @property
    def no_access(self) -> str | None:
        """What GitHub says of a missing right; `None` where it says nothing of the sort."""
        return next((str(one.get("message")) for one in self.errors if one.get("type") in NO_ACCESS), None)

    def losses(self) -> tuple[Json, ...]:
        """The errors that mean data are missing; what simply is not there (any more) is no loss."""
        return tuple(one for one in self.errors if one.get("type") != "NOT_FOUND")


@dataclass
class Graph:
    """The endpoint of one site, what it lacks, and how much it can be asked at once.

    `lacks` is `None` until it was looked for. A server without GraphQL (404) has `is_there` false from then on.
    """

    site: Site
    path: str
    lacks: Lacks | None = None
    is_there: bool = True
    sizes: dict[str, int] = field(default_factory=dict[str, int])

    async def look(self) -> Lacks:
        """Find out what this server lacks, once."""
        if self.lacks is None:
            told = await self._send(probe(documents.EVERYTHING, documents.ENUMS), {})
            self.lacks = found_lacking(documents.EVERYTHING, documents.ENUMS, told.data)
        return self.lacks

    async def ask(self, write: Write, variables: Mapping[str, Json]) -> Told:
        """Send a document, written for what this server knows. Raises `TooMuch`, and `TrackerError` where all is lost.

        A field that was there when it was looked for and is refused now costs itself, not the document.
        """
        lacks, told = await self.look(), Told({})
        for _ in range(MOST_REMOVED):
            told = await self._send(write(lacks), variables)
            removed = [name for error in told.errors if (name := _undefined(error))]
            if not removed:
                return self._checked(told)
            lacks = self.lacks = lacks.and_also(*removed)
        raise TrackerError(f"{self.site.name} knows too little of what is asked: {_said(told.errors)}")

    async def _send(self, text: str, variables: Mapping[str, Json]) -> Told:
        answer = await self.site.ask(self.path, {"query": text, "variables": dict(variables)}, too_much=TOO_MUCH)
        if answer.status in TOO_MUCH:
            raise TooMuch(self.site.name)
        if answer.status == HTTPStatus.NOT_FOUND:
            self.is_there = False
            return Told({})
        body = part(answer.body)
        if not answer.is_ok or not body:
            raise refused(self.site.name, "GraphQL", answer)
        errors = tuple(several(body, "errors"))
        if any(_is_too_much(error) for error in errors):
            raise TooMuch(self.site.name)
        return Told(part(body, "data"), errors)

    def _checked(self, told: Told) -> Told:
        """Part of an answer is an answer; nothing is one only where a right is missing, or the thing."""
        if not told.data and self.is_there and not any(one.get("type") in NO_DATA for one in told.errors):
            raise TrackerError(f"{self.site.name} refused a query: {_said(told.errors)}")
        return told

    def shrink(self, what: str, size: int) -> bool:
        """Ask for half as many from now on; `False` where it cannot be less."""
        self.sizes[what] = max(1, min(self.sizes.get(what, size), size // SMALLEST_SHARE))
        return size > 1


def refused(site: str, what: str, answer: Answer) -> TrackerError:
    """Say in one line why an answer is none, and what to do about it."""
    said = part(answer.body).get("message")
    told = f': "{said}"' if said else ""
    match answer.status:
        case HTTPStatus.UNAUTHORIZED:
            fix = "the token is wrong or has expired; make a new one and set GITHUB_TOKEN"
        case HTTPStatus.FORBIDDEN:
            needs = answer.headers.get("x-accepted-github-permissions", "a right").replace("=", ": ")
            fix = f"the token lacks {needs}; `backlint doctor` says more"
        case HTTPStatus.NOT_FOUND | HTTPStatus.GONE:
            fix = "it is not there, or the token may not see it; `backlint doctor` tells which"
        case _:
            fix = "see the message"
    return TrackerError(f"{site} answered {what} with {answer.status}{told}; {fix}.", status=answer.status)


def _is_too_much(error: Json) -> bool:
    message = str(error.get("message", "")).casefold()
    return error.get("type") in TOO_MUCH_TYPES or any(words in message for words in TOO_MUCH_WORDS)


def _undefined(error: Json) -> str | None:
    """`Type.field`, where the document asked for what the server does not know."""
    named = part(error, "extensions")
    return f"{named['typeName']}.{named['fieldName']}" if named.get("code") == "undefinedField" else None


def _said(errors: tuple[Json, ...]) -> str:
    return "; ".join(str(one.get("message")) for one in errors[:3]) or "without a word"
