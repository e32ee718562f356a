"""GitHub's own signs of a limit, over what `Retry-After` says.

Under a secondary limit GitHub asks for at least a minute where it names no time; blocks of 72 s were measured. GraphQL
says all of this with status 200.
"""

import math
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus

from backlint.connectors.github.payload import part, several
from backlint.transport import Answer, Json, retry_after

UNSAID = 75.0
"""Seconds to wait where GitHub names none."""

REFUSALS = {HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS}
RATE_ERRORS = {"RATE_LIMITED", "RATE_LIMIT"}
SECONDARY_WORDS = ("secondary rate limit", "abuse detection", "rate limit exceeded", "submitted too quickly")


def pause(answer: Answer, now: datetime) -> float | None:
    """The seconds that this answer asks everybody to wait; `None` where it is no limit.

    A 403 is a limit only if it says so: without rights it is final, and waiting would hide that.
    """
    is_refused = answer.status in REFUSALS
    is_limit = is_refused and (
        answer.status == HTTPStatus.TOO_MANY_REQUESTS or "retry-after" in answer.headers or _is_spent(answer)
    )
    if not is_limit and not _says_limit(answer, is_refused=is_refused):
        return None
    asked = retry_after(answer.headers, now)
    if asked is not None:
        return asked
    return _until_reset(answer.headers, now) if _is_spent(answer) else UNSAID


def _is_spent(answer: Answer) -> bool:
    return answer.headers.get("x-ratelimit-remaining") == "0"


def _says_limit(answer: Answer, *, is_refused: bool) -> bool:
    if is_refused:
        return _has_words(part(answer.body).get("message"))
    return answer.is_ok and any(_is_rate_error(error) for error in several(answer.body, "errors"))


def _is_rate_error(error: Json) -> bool:
    return error.get("type") in RATE_ERRORS or _has_words(error.get("message"))


def _has_words(message: Json) -> bool:
    return isinstance(message, str) and any(words in message.casefold() for words in SECONDARY_WORDS)


def _until_reset(headers: Mapping[str, str], now: datetime) -> float:
    """To the end of the hour's budget, and a second more, since clocks differ; never negative."""
    try:
        reset = float(headers["x-ratelimit-reset"])
    except (KeyError, ValueError):
        return UNSAID
    if not math.isfinite(reset):
        return UNSAID
    return max(reset - now.timestamp(), 0.0) + 1
