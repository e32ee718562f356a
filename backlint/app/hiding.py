"""Take credentials out of what a tracker said: some servers and proxies repeat what they heard."""

import re
from collections.abc import Iterator

from pydantic import BaseModel, SecretStr

from backlint.connector import Connector

HIDDEN = "(hidden)"
_SCHEME = re.compile(r"(?i)\b(basic|bearer|token)(\s+)[a-z0-9+/=._~-]{12,}")


def without_credentials(text: str, connector: Connector) -> str:
    """The text without the connector's secrets, and without anything that follows the name of a way to log in."""
    for secret in _secrets(connector):
        text = text.replace(secret, HIDDEN)
    return _SCHEME.sub(rf"\1\2{HIDDEN}", text)


def _secrets(settings: BaseModel) -> Iterator[str]:
    for _, value in settings:
        if isinstance(value, SecretStr) and value.get_secret_value():
            yield value.get_secret_value()
        elif isinstance(value, BaseModel):
            yield from _secrets(value)
