"""The way into a Jira site: its base URL, the token, its signs of a limit, and what its refusals mean."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from backlint.connectors.jira.payload import listed, part
from backlint.errors import ConfigError, TrackerError
from backlint.transport import Answer, Gate, Json, Site

if TYPE_CHECKING:
    from backlint.connectors.jira import Jira

LOGIN = "x-seraph-loginreason"
"""Where Jira says that it did not know us, though it answers: to a stranger a site is empty, and that is a 200."""

BROKEN_REQUEST = {HTTPStatus.BAD_REQUEST, HTTPStatus.GONE}


@dataclass(frozen=True)
class Door:
    """Where a site is, and how to get in. `base` takes requests; `site` is what people open in a browser."""

    site: str
    base: str
    email: str | None
    token: str | None

    @classmethod
    def of(cls, settings: "Jira") -> "Door":
        """A scoped or service-account token works through Atlassian's gateway only, and only with a cloud id."""
        gateway = f"{settings.gateway.rstrip('/')}/ex/jira/{settings.cloud_id}" if settings.cloud_id else None
        token = settings.token.get_secret_value() if settings.token else None
        return cls(settings.url, gateway or settings.url, settings.email, token)

    @property
    def host(self) -> str:
        """The site's own name, with its context path: what makes an issue's id unique over all sites."""
        parts = urlsplit(self.site)
        return f"{parts.netloc}{parts.path}"

    async def headers(self) -> Mapping[str, str]:
        """An e-mail makes it an API token of Cloud; a token alone is a personal access token of Data Center."""
        if not self.token:
            return {}
        if self.email:
            pair = base64.b64encode(f"{self.email}:{self.token}".encode()).decode()
            return {"Authorization": f"Basic {pair}"}
        return {"Authorization": f"Bearer {self.token}"}

    def open(self, gate: Gate) -> Site:
        """The site, to be used with `async with`."""
        headers = {"Accept": "application/json", "X-Atlassian-Token": "no-check"}
        return gate.site(f"Jira ({self.host})", self.base, authorise=self.headers, headers=headers, pause=pause)


def pause(answer: Answer, now: datetime) -> float | None:
    """How long nobody may ask this site, by Jira's own headers; `Retry-After` is read for every tracker.

    A burst limit that names no time passes within seconds, so it is left to the usual back-off. A quota is over at
    `X-RateLimit-Reset`, which Jira also writes without seconds.
    """
    if answer.status != HTTPStatus.TOO_MANY_REQUESTS or "quota" not in answer.headers.get("ratelimit-reason", ""):
        return None
    reset = answer.headers.get("x-ratelimit-reset", "")
    try:
        moment = datetime.fromisoformat(reset)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=now.tzinfo)
    return max((moment - now).total_seconds(), 0.0)


def is_stranger(answer: Answer) -> bool:
    """Whether Jira did not know us, and so told us what it tells anybody: a 404 then says nothing of the issue."""
    return "FAILED" in answer.headers.get(LOGIN, "") or "DENIED" in answer.headers.get(LOGIN, "")


def checked(answer: Answer, what: str) -> Json:
    """The body of an answer that is one, or an error that says what to do about the refusal.

    Raises:
        TrackerError: The site does not let the token in, or does not do what was asked.
        ConfigError: The request was wrong, which means that a project, a filter or a field in the settings is.
    """
    is_unknown = is_stranger(answer)
    if answer.is_ok and not is_unknown:
        return answer.body
    said = reasons(answer.body)
    match HTTPStatus.UNAUTHORIZED if is_unknown else answer.status:
        case HTTPStatus.UNAUTHORIZED:
            raise TrackerError(
                f"Jira did not accept the token for {what}{said}. Tokens expire after a year at most; a scoped or "
                "service-account token works only with `cloud_id` set, a Cloud API token only with `email`.",
                status=401,
            )
        case HTTPStatus.FORBIDDEN:
            raise TrackerError(f"The token may not read {what}{said}.", status=403)
        case HTTPStatus.NOT_FOUND:
            raise TrackerError(f"Jira has no {what}, or the token may not see it{said}.", status=404)
        case status if status in BROKEN_REQUEST:
            raise ConfigError(f"Jira refused to read {what}{said or f' ({status})'}.")
        case status:
            raise TrackerError(f"Jira answered {status} for {what}{said}.", status=status)


def reasons(body: Json) -> str:
    """What Jira says of a refusal, to be put behind our own words."""
    messages = [str(message) for message in listed(body, "errorMessages")]
    messages += [f"{field}: {text}" for field, text in part(body, "errors").items()]
    messages += [str(part(body)[key]) for key in ("message", "errorMessage") if part(body).get(key)]
    return f": {' '.join(messages).rstrip('.')}" if messages else ""
