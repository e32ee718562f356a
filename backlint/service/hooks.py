"""Webhooks: who calls is known by the signature, and what is called about is a hint and nothing more.

The signature is of the bytes as they came, and nothing is read of them before it fits. A call that came before is
dropped: by its signature, which nobody can make anew, and by its name, which a tracker gives it.
"""

import asyncio
import hmac
import json
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from backlint.connector import Hint, Hook
from backlint.service.metrics import Metrics
from backlint.transport import Json

LOGGER = logging.getLogger(__name__)

KIND = "sha256"
MOST_REMEMBERED = 10_000
"""Calls that are known again; an item that is read once too often costs a few requests."""

Hear = Callable[[str, Sequence[Hint]], None]


@dataclass(frozen=True, slots=True)
class Heard:
    """A tracker whose webhooks are heard: how it calls, and the secret that it signs with."""

    hook: Hook
    secret: bytes

    def is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the call is the tracker's own."""
        told = headers.get(self.hook.signature, "").encode("latin-1", "replace")
        right = f"{KIND}={hmac.new(self.secret, body, KIND).hexdigest()}".encode()
        return hmac.compare_digest(told, right)


@dataclass
class Hooks:
    """`POST /hooks/{tracker}`."""

    trackers: Mapping[str, Heard]
    hear: Hear
    metrics: Metrics
    largest: int
    seconds: float
    _seen: OrderedDict[str, None] = field(default_factory=OrderedDict[str, None], init=False)

    async def answer(self, request: Request) -> Response:
        """Answer a call: 202 where something is to be read, 204 where nothing is."""
        tracker: str = request.path_params["tracker"]
        heard = self.trackers.get(tracker)
        if heard is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        try:
            response = await self._answer(tracker, heard, request)
        except HTTPException as refused:
            self.metrics.call(tracker, refused.status_code)
            raise
        self.metrics.call(tracker, response.status_code)
        return response

    async def _answer(self, tracker: str, heard: Heard, request: Request) -> Response:
        body = await self._body(request)
        if not heard.is_signed(request.headers, body):
            LOGGER.warning("A webhook call of %s came without the right signature.", tracker)
            raise HTTPException(HTTPStatus.FORBIDDEN, "The signature does not fit.")
        if "json" not in request.headers.get("content-type", "json"):
            raise HTTPException(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Set the webhook's content type to application/json."
            )
        hints = heard.hook.about(dict(request.headers), _parsed(body))
        told = (request.headers.get(name) for name in (heard.hook.signature, heard.hook.delivery))
        if not hints or self._came_before(*(f"{tracker} {name}" for name in told if name)):
            return Response(status_code=HTTPStatus.NO_CONTENT)
        self.hear(tracker, hints)
        return PlainTextResponse("Heard.\n", HTTPStatus.ACCEPTED)

    async def _body(self, request: Request) -> bytes:
        """All of it, if it comes in time and is not too much."""
        declared = request.headers.get("content-length", "0")
        if declared.isdecimal() and int(declared) > self.largest:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        body = bytearray()
        try:
            async with asyncio.timeout(self.seconds):
                async for piece in request.stream():
                    body += piece
                    if len(body) > self.largest:
                        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except TimeoutError:
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT) from None
        except ClientDisconnect:
            raise HTTPException(HTTPStatus.BAD_REQUEST) from None
        return bytes(body)

    def _came_before(self, *names: str) -> bool:
        """Whether a call was heard by one of these names; if not, it is now."""
        if any(name in self._seen for name in names):
            return True
        self._seen |= dict.fromkeys(names)
        while len(self._seen) > MOST_REMEMBERED:
            self._seen.popitem(last=False)
        return False


def _parsed(body: bytes) -> Json:
    """The payload. What is signed and no JSON is a mistake in the settings of the webhook."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(HTTPStatus.BAD_REQUEST, "The body is no JSON.") from None
