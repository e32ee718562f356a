"""What a site says of itself, asked with the `jira` package in a thread: a few small requests, never issues.

The package may not retry (`max_retries=0`), for it would sleep less than it is told to and repeat what must not be
repeated; and it gets a timeout, for by itself it has none.
"""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backlint.connectors.jira.door import Door, checked
from backlint.connectors.jira.payload import part, several
from backlint.errors import TrackerError
from backlint.transport import Json, Site

if TYPE_CHECKING:
    from jira import JIRA

CONNECT_SECONDS, READ_SECONDS = 5, 30
BROWSE = "BROWSE_PROJECTS"


@dataclass(frozen=True)
class Metadata:
    """What was said: the site, the token's account, its right to browse each project, the types of links."""

    info: Json
    me: Json
    browses: dict[str, bool] = field(default_factory=dict[str, bool])
    links: list[Json] = field(default_factory=list[Json])


async def by_package(door: Door, projects: tuple[str, ...]) -> Metadata:
    """Ask with the `jira` package. Raises `TrackerError` with what it said when it fails."""
    return await asyncio.to_thread(_ask, door, projects)


async def by_site(site: Site, projects: tuple[str, ...]) -> Metadata:
    """Ask on our own way: where a wire was given, the package, which brings its own network, cannot go along it."""
    info = checked(await site.get("rest/api/2/serverInfo"), "server information")
    me = checked(await site.get("rest/api/2/myself"), "the token's own account")
    links = checked(await site.get("rest/api/2/issueLinkType"), "the types of links")
    said = {key: await site.get("rest/api/2/mypermissions", _rights(key, info)) for key in projects}
    browses = {key: _may(checked(answer, f"permissions in {key}")) for key, answer in said.items()}
    return Metadata(info, me, browses, several(links, "issueLinkTypes"))


def _ask(door: Door, projects: tuple[str, ...]) -> Metadata:
    from jira import JIRAError  # noqa: PLC0415 - a tenth of a second to load, and only the doctor needs it
    from requests import RequestException  # noqa: PLC0415

    try:
        client = _client(door)
        info, me = client.server_info(), client.myself()
        links = [link.raw for link in client.issue_link_types()]
        browses = {key: _may(client.my_permissions(projectKey=key, permissions=BROWSE)) for key in projects}
    except JIRAError as error:
        raise TrackerError(f"Jira answered {error.status_code}: {error.text}", status=error.status_code) from None
    except (RequestException, ValueError) as error:
        raise TrackerError(f"Jira could not be read: {error}", retryable=True) from None
    return Metadata(info, me, browses, links)


def _client(door: Door) -> "JIRA":
    from jira import JIRA  # noqa: PLC0415

    return JIRA(
        server=door.base,
        basic_auth=(door.email, door.token) if door.email and door.token else None,
        token_auth=None if door.email else door.token,
        max_retries=0,
        timeout=(CONNECT_SECONDS, READ_SECONDS),
        get_server_info=False,
    )


def _rights(project: str, info: Json) -> dict[str, str | int]:
    """Cloud wants to be told which rights are meant; Data Center tells all, and knows no such question."""
    is_cloud = info.get("deploymentType") == "Cloud"
    asked: dict[str, str | int] = {"projectKey": project}
    return asked | {"permissions": BROWSE} if is_cloud else asked


def _may(said: Json) -> bool:
    return bool(part(said, "permissions", BROWSE).get("havePermission"))
