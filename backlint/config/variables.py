"""Settings from the environment, from `.env` and from a directory of secrets, as pydantic-settings reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from pydantic_settings import (
    DotEnvSettingsSource,
    EnvSettingsSource,
    NestedSecretsSettingsSource,
    SecretsSettingsSource,
)

from backlint.config.layer import Layer, Said
from backlint.config.settings import Settings
from backlint.config.spelling import PREFIX, did_you_mean, match_teams, respelt, variable
from backlint.config.tables import is_table, paths
from backlint.errors import ConfigError

NOT_SETTINGS = {"BACKLINT_CONFIG", "BACKLINT_SECRETS_DIR", "BACKLINT_LOG_FORMAT", "BACKLINT_DEBUG"}


@dataclass(frozen=True)
class Variables:
    """What one source of variables holds: the layer of our own, and all of them for the usual names of tokens."""

    layer: Layer
    raw: Mapping[str, str]


class _Given(EnvSettingsSource):
    """The environment that a run is given, which in a test is not that of the process."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        super().__init__(Settings)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return {name.lower(): value for name, value in self._environ.items()}


def from_environment(environ: Mapping[str, str], teams: tuple[str, ...]) -> Variables:
    """The variables of the process."""
    return _variables("the environment", _Given(environ), teams)


def from_dotenv(file: File, teams: tuple[str, ...]) -> Variables:
    """A `.env` file, which is not committed."""
    return _variables(file.name, DotEnvSettingsSource(Settings, env_file=file, env_file_encoding="utf-8"), teams)


def from_secrets(directory: File, teams: tuple[str, ...]) -> Variables:
    """A directory with one secret a file, as Docker and Kubernetes mount it."""
    source = SecretsSettingsSource(Settings, secrets_dir=directory)
    nested = NestedSecretsSettingsSource(source, secrets_nested_delimiter="__")
    return _variables(str(directory), nested, teams)


def _variables(origin: str, source: EnvSettingsSource, teams: tuple[str, ...]) -> Variables:
    raw = {name.upper(): value for name, value in source.env_vars.items() if value is not None}
    _refuse_unknown(origin, raw)
    known = {key: value for key, value in source().items() if key in Settings.model_fields}
    values = match_teams(respelt(_said(known)), teams)
    names = {path: variable(path) for path in paths(values)}
    return Variables(Layer(origin, values, names=names), raw)


def _said(value: Any) -> Any:
    if is_table(value):
        return {key: _said(each) for key, each in value.items()}
    return Said(value) if isinstance(value, str) else value


def _refuse_unknown(origin: str, raw: Mapping[str, str]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = [name for name in raw if name.startswith(PREFIX) and not _is_known(name, known)]
    if unknown:
        raise ConfigError("\n".join(_told(origin, unknown, known)))


def _is_known(name: str, known: set[str]) -> bool:
    return name in NOT_SETTINGS or name.partition("__")[0] in known


def _told(origin: str, unknown: list[str], known: set[str]) -> Iterator[str]:
    for name in sorted(unknown):
        yield f"{origin}: {name}: unknown setting; {did_you_mean(name, known)}"
