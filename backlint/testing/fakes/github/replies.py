"""How GitHub says things over HTTP."""

import json
from collections.abc import Mapping
from hashlib import blake2s
from typing import Any

from backlint.testing.fakes.github.rights import Budget
from backlint.transport.inprocess import Heard, Reply

OK, NOT_MODIFIED = 200, 304


def say(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Reply:
    """An answer in JSON."""
    told = {"content-type": "application/json; charset=utf-8", **(headers or {})}
    return Reply(status, json.dumps(body).encode(), told)


def refuse(status: int, message: str, headers: Mapping[str, str] | None = None) -> Reply:
    """A refusal, with the members that every one of GitHub's has."""
    documentation = "https://docs.github.com/rest"
    return say(status, {"message": message, "documentation_url": documentation, "status": str(status)}, headers)


def tagged(heard: Heard, reply: Reply) -> Reply:
    """The answer with its tag, which is the token's own; or a mere 304 to whoever has it already."""
    if heard.method != "GET" or reply.status != OK:
        return reply
    about = heard.headers.get("authorization", "").encode() + reply.body
    tag = f'W/"{blake2s(about, digest_size=16).hexdigest()}"'
    if heard.headers.get("if-none-match") == tag:
        return Reply(NOT_MODIFIED, b"", {"etag": tag})
    return Reply(reply.status, reply.body, {**reply.headers, "etag": tag})


def limited(budget: Budget) -> Reply:
    """The primary limit, as REST says it."""
    return refuse(403, "API rate limit exceeded for user ID 1.", budget.headers())


def secondary_limit(*, retry_after: int | None = None, status: int = 403) -> Reply:
    """The secondary limit: with or without the time to wait, under either status, the budget untouched."""
    headers = {} if retry_after is None else {"retry-after": str(retry_after)}
    said = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
    return refuse(status, said, {**headers, "x-ratelimit-remaining": "4771"})
