"""Which repositories a token sees: what somebody may have meant who wrote one that is not there."""

import asyncio
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

from backlint.transport import Gate

if TYPE_CHECKING:
    from backlint.connectors.github import Github

MOST = 500


async def nearest(settings: "Github", gate: Gate, name: str) -> str | None:
    """The repository whose name is most like this one, of those that the token sees. PyGithub asks, in a thread.

    PyGithub has a network of its own, so it is not asked where the gate leads elsewhere than to the network.
    """
    if gate.wire is not None or settings.token is None:
        return None
    seen = await asyncio.to_thread(_seen, settings.url, settings.token.get_secret_value())
    gate.requests += 1 + len(seen) // 100
    near = get_close_matches(name, seen, n=1)
    return near[0] if near else None


def _seen(url: str, token: str) -> list[str]:
    from github import Auth, Github, GithubException  # noqa: PLC0415 - loaded only where something is not found

    client = Github(
        auth=Auth.Token(token),
        base_url=url,
        per_page=100,
        seconds_between_requests=0,
        retry=None,
        timeout=30,
    )
    try:
        return [one.full_name for one in islice(client.get_user().get_repos(), MOST)]
    except (GithubException, OSError):
        return []
    finally:
        client.close()
