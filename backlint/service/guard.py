"""The door: who is let in, under which name, and what every answer says to a browser.

On this machine alone nobody needs a token. But a page in a browser may have any site's name lead here (DNS rebinding),
so a request must call us by a name of ours.
"""

import base64
import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backlint.config.service import ServiceSettings

IS_KNOWN = "backlint.is_known"
OPEN = ("/healthz", "/readyz")
HOOKS = "/hooks/"
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})

POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def is_known(request: Request) -> bool:
    """Whether who asks may hear everything."""
    return bool(request.scope.get(IS_KNOWN))


@dataclass(frozen=True)
class Guard:
    """Stands before the application."""

    app: ASGIApp
    token: str | None
    names: frozenset[str] | None
    """What we are called; `None`: by anything, since the token is asked for."""

    @classmethod
    def of(cls, app: ASGIApp, settings: ServiceSettings) -> "Guard":
        """The guard that the settings ask for."""
        names = LOCAL | {settings.host.strip("[]").lower()} | {name.lower() for name in settings.hosts}
        token = settings.token.get_secret_value() if settings.token else None
        return cls(app, token, names if settings.is_local else None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] != "http":
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        scope[IS_KNOWN] = self._has_token(headers)
        refusal = self._refusal(scope["path"], headers, is_known=scope[IS_KNOWN])
        await (refusal or self.app)(scope, receive, with_headers)

    def _refusal(self, path: str, headers: Headers, *, is_known: bool) -> Response | None:
        if path.startswith(HOOKS):
            return None  # a tracker calls by whatever name leads here, and is known by its signature
        if self.names is not None and not _is_named(headers.getlist("host"), self.names):
            return PlainTextResponse("This service is not called by that name.\n", HTTPStatus.MISDIRECTED_REQUEST)
        if is_known or path in OPEN:
            return None
        ask = {"WWW-Authenticate": 'Basic realm="backlint", charset="UTF-8"'}
        return PlainTextResponse("A token is needed.\n", HTTPStatus.UNAUTHORIZED, ask)

    def _has_token(self, headers: Headers) -> bool:
        if self.token is None:
            return True
        given = [_given(value) for value in headers.getlist("authorization")]
        return len(given) == 1 and hmac.compare_digest(given[0], self.token.encode())


def _given(authorization: str) -> bytes:
    """The token, or the password of whatever user a browser was told."""
    scheme, _, rest = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip().encode("latin-1", "replace")
    if scheme.lower() != "basic":
        return b""
    try:
        return base64.b64decode(rest.strip(), validate=True).partition(b":")[2]
    except ValueError:
        return b""


def _is_named(hosts: Sequence[str], names: Collection[str]) -> bool:
    if len(hosts) != 1:
        return False
    try:
        return (urlsplit(f"//{hosts[0]}").hostname or "") in names
    except ValueError:
        return False
