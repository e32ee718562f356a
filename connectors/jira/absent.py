"""What became of an issue that no search shows any more: a direct read looks into the database, not into the index."""

from collections.abc import Collection
from http import HTTPStatus

from backlint.connector import Absence
from backlint.connectors.jira.door import checked
from backlint.connectors.jira.payload import part
from backlint.errors import TrackerError
from backlint.transport import Site


async def ask(site: Site, number: str, projects: Collection[str]) -> Absence | None:
    """What Jira says of one issue of these projects (keys, casefolded).

    `None` where it does not tell: it answers 404 for what is deleted and for what a security level hides, and an issue
    that is still there may be archived, or left out by the filter.
    """
    answer = await site.get(f"rest/api/2/issue/{number}", {"fields": "project"})
    try:
        told = checked(answer, f"issue {number}")
    except TrackerError as error:
        if error.status == HTTPStatus.NOT_FOUND:
            return None
        if error.status == HTTPStatus.FORBIDDEN:
            return Absence.HIDDEN
        raise
    project = part(told, "fields", "project").get("key")
    return Absence.GONE if project and str(project).casefold() not in projects else None
