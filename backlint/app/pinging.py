"""Tell a monitor elsewhere that a job began, went well, or did not: a server that is down cannot say so itself.

A ping fails no job and delays none by more than `PATIENCE`.
"""

import asyncio
from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import quote, urlsplit, urlunsplit

from backlint.config import Team
from backlint.errors import BacklintError
from backlint.timetable import Job
from backlint.transport import Clock, Gate

PATIENCE = 10.0
"""Seconds."""

MONITOR = "The monitor"

JOB = "{job}"


class Ping(StrEnum):
    """What is said, by what is put behind the address (healthchecks.io's own words)."""

    START = "/start"
    SUCCESS = ""
    FAIL = "/fail"


def ping(team: Team, job: Job, what: Ping, clock: Clock) -> str | None:
    """Say it; gives why that was not possible, without the address, which is the right to speak."""
    url = address(team, job)
    if url is None:
        return None
    try:
        asyncio.run(_ping(url, what, Gate(clock, until=clock.monotonic() + PATIENCE)))
    except Exception as error:  # noqa: BLE001 - whatever it is, the job is what counts
        status = getattr(error, "status", None)
        return f"{MONITOR} was not told{f': it answered {status}' if status else ''}."
    return None


def address(team: Team, job: Job) -> str | None:
    """Where the monitor hears of this job; `None` if it does not."""
    written = team.settings.schedule.ping
    url = written.get_secret_value() if written else ""
    if not url or (JOB not in url and job is not Job.NIGHTLY):
        return None
    return url.replace("{team}", quote(team.name, safe="")).replace(JOB, job)


async def _ping(url: str, what: Ping, gate: Gate) -> None:
    parts = urlsplit(url)
    asked = urlunsplit(parts._replace(path=parts.path.rstrip("/") + what))
    async with gate.site(MONITOR, f"{parts.scheme}://{parts.netloc}", authorise=_openly, speaks_json=False) as site:
        answer = await site.send("GET", asked)
    if not answer.is_ok:
        raise MonitorError(answer.status)


class MonitorError(BacklintError):
    """The monitor answered that it does not know this address."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{MONITOR} answered {status}.")
        self.status = status


async def _openly() -> Mapping[str, str]:
    return {}
