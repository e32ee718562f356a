"""What a channel is: it takes a rendered report to where people look, and decides nothing."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import ClassVar
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from backlint.errors import BacklintError, TrackerError
from backlint.plugin import Plugin
from backlint.transport import Gate


class On(StrEnum):
    """When a channel is told."""

    ALWAYS = "always"
    CHANGE = "change"
    REGRESSION = "regression"
    FAIL = "fail"


class ChannelError(BacklintError):
    """A message could not be delivered. The text names no address: that of a webhook is a secret."""


class Channel(Plugin, ABC):
    """A chat or a mailbox. The settings say where it is, and when it is told."""

    report: ClassVar[str]
    """The report that it carries."""

    on: On = Field(
        default=On.ALWAYS,
        description="When it is told: after every run; when something was found, mended or came back; when something "
        "is worse than at the run before; or when the run fails.",
    )
    teams: tuple[str, ...] = Field(default=(), description="The teams that it is told about. Empty: all.")

    @property
    def about_report(self) -> Mapping[str, object]:
        """Settings of the report that the channel knows better than the report itself."""
        return {}

    @abstractmethod
    async def send(self, message: str, gate: Gate) -> None:
        """Deliver the rendered report, in one attempt. Raises `ChannelError`."""


class Webhook(Channel, ABC):
    """A chat that shows what is posted to an address. The address is the right to post, and so a secret."""

    wants: ClassVar[str]
    """What the chat is called, for messages."""

    url: SecretStr | None = Field(default=None, description="The webhook's address.")

    async def send(self, message: str, gate: Gate) -> None:
        """Post it, once: a message that was perhaps delivered is not sent again."""
        url = self.url.get_secret_value().strip() if self.url else ""
        if not url.startswith(("https://", "http://")):
            raise ChannelError("no webhook's address is set" if not url else "what is set is no web address")
        parts = urlsplit(url)
        base = f"{parts.scheme}://{parts.netloc}"
        try:
            async with gate.site(self.wants, base, authorise=_openly, speaks_json=False) as site:
                answer = await site.send("POST", url, json.loads(message))
        except TrackerError:
            raise ChannelError(f"{self.wants} could not be reached") from None
        if not answer.is_ok:
            raise ChannelError(f"{self.wants} refused the message{_why(answer.status)} (status {answer.status})")


async def _openly() -> Mapping[str, str]:
    return {}


def _why(status: int) -> str:
    match status:
        case HTTPStatus.NOT_FOUND | HTTPStatus.GONE | HTTPStatus.FORBIDDEN | HTTPStatus.UNAUTHORIZED:
            return ": the webhook is gone, or its address is wrong"
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return ": it is too long"
        case HTTPStatus.TOO_MANY_REQUESTS:
            return ": too many came at once"
        case _:
            return ""
