"""What of a configuration nobody else may read, wherever in it that stands."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import cast
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, SecretStr

from backlint.config.config import Config
from backlint.config.tables import is_table


def secrets_of(config: Config) -> Iterator[str]:
    """Every secret in clear: those of the sources, of the channels, of the settings, and the store's password."""
    teams = (each for team in config.teams for each in (team.settings, *team.sources))
    for each in chain([config.settings], teams, config.channels.values()):
        yield from _within(each)
    for password in passwords_in(config.settings.store):
        yield from {password, unquote(password)}


def passwords_in(url: str) -> Iterator[str]:
    """The passwords in a database's URL, as they are written: before the host, and among the options."""
    if "://" not in url:
        return
    before, _, _ = url.partition("://")[2].rpartition("@")
    _, _, password = before.partition(":")
    options = urlsplit(url).query.split("&")
    yield from filter(None, [password, *(each.partition("=")[2] for each in options if each.startswith("password="))])


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    for password in passwords_in(url):
        url = url.replace(password, "**********")
    return url


def _within(value: object) -> Iterator[str]:
    if isinstance(value, SecretStr):
        yield value.get_secret_value()
    elif isinstance(value, BaseModel):
        yield from chain.from_iterable(_within(each) for _, each in value)
    elif is_table(value):
        yield from chain.from_iterable(map(_within, value.values()))
    elif isinstance(value, list | tuple):
        yield from chain.from_iterable(map(_within, cast("Iterable[object]", value)))
