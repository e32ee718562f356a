"""The channel email."""

import asyncio
import smtplib
import ssl
from collections.abc import Mapping
from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid
from enum import StrEnum
from typing import ClassVar

from pydantic import Field, SecretStr

from backlint.channel import Channel, ChannelError
from backlint.transport import Gate

PATIENCE = 30.0
"""Seconds that a mail server may take for one answer."""


class Security(StrEnum):
    """How the connection is kept from being read."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Email(Channel):
    """A mail to some people, by your mail server.

    It is the email report: the verdict, the figures and ten things to do, as text and as HTML.
    """

    report: ClassVar[str] = "email"
    usual_variables: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "host": ("SMTP_HOST",),
        "user": ("SMTP_USER",),
        "password": ("SMTP_PASSWORD",),
    }

    to: tuple[str, ...] = Field(default=(), description="Who it goes to. Empty: as the email report says.")
    sender: str = Field(default="", description="Who it is from. Empty: as the email report says.")
    host: str = Field(default="localhost", description="The mail server.")
    port: int = Field(default=587, ge=1, le=65535, description="Its port; 465 for tls, 25 for many within a company.")
    security: Security = Field(default=Security.STARTTLS, description="How the connection is kept from being read.")
    user: str | None = Field(default=None, description="Who logs in there, where the server asks for it.")
    password: SecretStr | None = Field(default=None, description="The password for it.")

    @property
    def about_report(self) -> Mapping[str, object]:
        """Who it is from and goes to, where the channel says so."""
        return {name: value for name, value in (("to", self.to), ("sender", self.sender)) if value}

    async def send(self, message: str, gate: Gate) -> None:
        """Hand the mail to the server. One whom it refuses is told; the others have it."""
        del gate  # smtplib has no use for it
        mail = message_from_string(message, policy=SMTP)
        if not mail["To"]:
            raise ChannelError("nobody is named whom it should go to")
        mail["Message-ID"] = make_msgid(domain=str(mail["From"].addresses[0].domain))
        try:
            refused = await asyncio.to_thread(self._deliver, mail)
        except smtplib.SMTPException as error:
            raise ChannelError(_reason(error)) from None
        except (OSError, ValueError):
            raise ChannelError(f"the mail server {self.host}:{self.port} could not be reached") from None
        if refused:
            raise ChannelError(f"the mail server refused {', '.join(sorted(refused))}; the others have it")

    def _deliver(self, mail: EmailMessage) -> Mapping[str, object]:
        """Those whom the server refused."""
        context = ssl.create_default_context()
        with self._connected(context) as server:
            if self.security is Security.STARTTLS:
                server.starttls(context=context)
            if self.user and self.password:
                server.login(self.user, self.password.get_secret_value())
            return server.send_message(mail)

    def _connected(self, context: ssl.SSLContext) -> smtplib.SMTP:
        if self.security is Security.TLS:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=PATIENCE)


def _reason(error: smtplib.SMTPException) -> str:
    """What went wrong, in words of ours: a server may repeat what it heard, and it heard the password."""
    match error:
        case smtplib.SMTPAuthenticationError():
            return "the mail server does not take the user or the password"
        case smtplib.SMTPNotSupportedError():
            return "the mail server does not offer what the settings ask for (encryption, a login, or such addresses)"
        case smtplib.SMTPRecipientsRefused():
            return "the mail server refused everybody whom it should go to"
        case smtplib.SMTPSenderRefused():
            return "the mail server refused the sender"
        case _:
            return f"the mail server did not take the mail ({type(error).__name__})"
