"""One way to ask GitHub's GraphQL: errors that come with status 200 are told apart, and large questions made smaller."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from backlint.connectors.github import documents
from backlint.connectors.github.selection import Lacks, found_lacking, probe
from backlint.errors import TrackerError
from backlint.transport import Answer, Json, Site

TOO_MUCH = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT})
"""GitHub cuts a query off after ten seconds, and takes further points for it: it must not be repeated as it was."""

TOO_MUCH_TYPES = {"RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED", "TIMEOUT"}
TOO_MUCH_WORDS = ("resource limits", "timeout", "timed out", "something went wrong while executing")
NO_ACCESS = {"INSUFFICIENT_SCOPES", "FORBIDDEN"}
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
            asked = probe(documents.EVERYTHING, documents.ENUMS)
            told = await self.ask(asked, {})
            self.lacks = found_lacking(documents.EVERYTHING, documents.ENUMS, told.data)
        return self.lacks

    async def ask(self, text: str, variables: Mapping[str, Json]) -> Told:
        """Send a document. Raises `TooMuch`, and `TrackerError` where nothing can be had."""
        answer = await self.site.ask(self.path, {"query": text, "variables": dict(variables)}, too_much=TOO_MUCH)
        if answer.status in TOO_MUCH:
            raise TooMuch(self.site.name)
        if answer.status == HTTPStatus.NOT_FOUND:
            self.is_there = False
            return Told({})
        if not answer.is_ok or not isinstance(answer.body, dict):
            raise refused(self.site.name, "GraphQL", answer)
        errors = tuple(one for one in answer.body.get("errors") or () if isinstance(one, dict))
        if any(_is_too_much(error) for error in errors):
            raise TooMuch(self.site.name)
        data = answer.body.get("data")
        if data is None and not any(one.get("type") in NO_ACCESS | {"NOT_FOUND"} for one in errors):
            raise TrackerError(f"{self.site.name} refused a query: {_said(errors)}")
        return Told(data or {}, errors)

    def shrink(self, what: str, size: int) -> bool:
        """Ask for half as many from now on; `False` where it cannot be less."""
        self.sizes[what] = max(1, min(self.sizes.get(what, size), size // SMALLEST_SHARE))
        return size > 1


def refused(site: str, what: str, answer: Answer) -> TrackerError:
    """Say in one line why an answer is none, and what to do about it."""
    said = answer.body.get("message") if isinstance(answer.body, dict) else None
    told = f': "{said}"' if said else ""
    match answer.status:
        case HTTPStatus.UNAUTHORIZED:
            fix = "the token is wrong or has expired; make a new one and set GITHUB_TOKEN"
        case HTTPStatus.FORBIDDEN:
            fix = "the token lacks a right; `backlint doctor` says which"
        case HTTPStatus.NOT_FOUND | HTTPStatus.GONE:
            fix = "it is not there, or the token may not see it; `backlint doctor` tells which"
        case _:
            fix = "see the message"
    return TrackerError(f"{site} answered {what} with {answer.status}{told}; {fix}.", status=answer.status)


def _is_too_much(error: Json) -> bool:
    message = str(error.get("message", "")).casefold()
    return error.get("type") in TOO_MUCH_TYPES or any(words in message for words in TOO_MUCH_WORDS)


def _said(errors: tuple[Json, ...]) -> str:
    return "; ".join(str(one.get("message")) for one in errors[:3]) or "without a word"
