"""What of a configuration nobody else may read, wherever in it that stands."""

from collections.abc import Iterator
from itertools import chain
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, SecretStr

from backlint.config.config import Config
from backlint.config.tables import is_list, is_table


def secrets_of(config: Config) -> Iterator[str]:
    """Every secret in clear: those of the sources, of the channels, of the settings, and the store's password."""
    teams = (each for team in config.teams for each in (team.settings, *team.sources))
    for each in chain([config.settings], teams, config.channels.values()):
        yield from _within(each)
    password = urlsplit(config.settings.store).password
    if password:
        yield from {password, unquote(password)}


def _within(value: object) -> Iterator[str]:
    if isinstance(value, SecretStr):
        yield value.get_secret_value()
    elif isinstance(value, BaseModel):
        yield from chain.from_iterable(_within(each) for _, each in value)
    elif is_table(value):
        yield from chain.from_iterable(map(_within, value.values()))
    elif is_list(value) or isinstance(value, tuple):
        yield from chain.from_iterable(map(_within, value))
