"""Who asks: `/user`, `/rate_limit`, and a GitHub App's way to an installation token."""

import re
from typing import TYPE_CHECKING

from backlint.testing.fakes.github import payloads
from backlint.testing.fakes.github.issues import User
from backlint.testing.fakes.github.replies import refuse, say
from backlint.testing.fakes.github.rights import HOUR, Budget, Token
from backlint.testing.fakes.github.views import moment
from backlint.transport.inprocess import Heard, Reply

if TYPE_CHECKING:
    from backlint.testing.fakes.github.hub import FakeGithub


def answer(hub: "FakeGithub", token: Token, heard: Heard, path: str) -> Reply | None:
    """Answer what is about the asker; `None` where the request is about something else."""
    if path == "/user":
        is_app = token.viewer.kind == "Bot"
        return (
            refuse(403, "Resource not accessible by integration") if is_app else say(200, payloads.user(token.viewer))
        )
    if path == "/user/repos":
        return say(200, [payloads.repository(one) for one in hub.repositories.values() if token.sees(one.full_name)])
    if path == "/rate_limit":
        core, graphql = _budget(token.rest), _budget(token.graphql)
        return say(200, {"resources": {"core": core, "search": core, "graphql": graphql}, "rate": core})
    if re.fullmatch(r"/repos/[^/]+/[^/]+/installation", path) and _is_app(heard):
        return say(200, {"id": 1, "app_slug": "backlint", "app_id": 1})
    if re.fullmatch(r"/app/installations/\d+/access_tokens", path) and heard.method == "POST":
        return _installation_token(hub) if _is_app(heard) else refuse(401, "A JSON web token could not be decoded")
    return None


def _installation_token(hub: "FakeGithub") -> Reply:
    """A new token, good for an hour; the ones before it stay good for theirs."""
    name, until = f"ghs_{len(hub.tokens) + 1}", hub.now() + HOUR
    hub.tokens[name] = Token(hub.users.setdefault("backlint[bot]", User("backlint[bot]", "Bot")), until=until)
    return say(201, {"token": name, "expires_at": moment(until), "permissions": {"issues": "read"}})


def _is_app(heard: Heard) -> bool:
    """Whether the request carries a JSON web token: three parts."""
    return heard.headers.get("authorization", "").count(".") == 2  # noqa: PLR2004


def _budget(budget: Budget) -> dict[str, int]:
    reset = int(budget.reset.timestamp()) if budget.reset else 0
    left = budget.limit - budget.used
    return {"limit": budget.limit, "used": budget.used, "remaining": left, "reset": reset}
