"""What became of an issue that no list shows any more: GitHub says so only where it is asked for that very issue."""

import asyncio
import re
from collections.abc import Mapping
from http import HTTPStatus

from backlint.connector import Absence
from backlint.connectors.github.graph import refused
from backlint.connectors.github.payload import part
from backlint.connectors.github.rows import id_of
from backlint.errors import TrackerError
from backlint.transport import Site

KEY = re.compile(r"([\w.-]+/[\w.-]+)#(\d+)")
"""An issue's key; a note on a project has none like it, and cannot be asked for."""

UNSEEN = {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}


async def confirm(site: Site, prefix: str, missing: Mapping[str, str]) -> dict[str, Absence]:
    """Ask for each of the missing issues (key by id), one request each."""
    asked = {id_: found for id_, key in missing.items() if (found := KEY.fullmatch(key))}
    said = await asyncio.gather(*(_ask(site, id_.removeprefix(prefix), key) for id_, key in asked.items()))
    return {id_: absence for id_, absence in zip(asked, said, strict=True) if absence}


async def _ask(site: Site, id_: str, key: re.Match[str]) -> Absence | None:
    """`None` where it is still there: then it left a project, or the list is late."""
    answer = await site.get(f"repos/{key[1]}/issues/{key[2]}")
    if answer.status == HTTPStatus.GONE:
        return Absence.GONE
    if answer.status in UNSEEN:
        return Absence.HIDDEN  # or moved to a repository that the token may not see: GitHub answers alike
    row = part(answer.body)
    if not answer.is_ok:
        raise refused(site.name, f"for {key[0]}", answer)
    if "node_id" not in row:
        raise TrackerError(f"{site.name} answered for {key[0]} with something that is no issue.", retryable=True)
    return None if id_of(row) == id_ else Absence.GONE  # moved: the redirect leads to the issue that it became
