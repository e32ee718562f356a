"""Read a configuration: flags over environment over `.env` over secrets over project file over user file."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as File
from typing import Any

from pydantic_settings import SettingsError

from backlint.config import files, variables
from backlint.config.config import Config
from backlint.config.layer import Layer
from backlint.config.layers import Layers
from backlint.config.plugins import check_plugins
from backlint.config.revealing import Reveal
from backlint.config.tables import is_table
from backlint.config.variables import Variables
from backlint.errors import ConfigError

USUAL_SECRETS = File("/run/secrets")


@dataclass(frozen=True)
class Surroundings:
    """Where a run happens: everything that a configuration may depend on beside its file."""

    directory: File = field(default_factory=File.cwd)
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    @property
    def user_file(self) -> File:
        """The settings of one person, on this machine, for all projects."""
        home = self.environ.get("HOME") or self.environ.get("USERPROFILE") or str(self.directory)
        base = self.environ.get("XDG_CONFIG_HOME") or self.environ.get("APPDATA") or f"{home}/.config"
        return File(base) / "backlint" / "backlint.toml"

    @property
    def secrets(self) -> File | None:
        """The directory with one secret a file."""
        named = self.environ.get("BACKLINT_SECRETS_DIR")
        if named and not File(named).is_dir():
            raise ConfigError(f"the environment: BACKLINT_SECRETS_DIR: there is no directory {named}.")
        where = File(named) if named else USUAL_SECRETS
        return where if where.is_dir() else None


def load(
    file: File | None = None,
    *,
    flags: Mapping[str, Any] | None = None,
    around: Surroundings | None = None,
    reveal: Reveal | None = None,
) -> Config:
    """Read and check everything. Without a file, the nearest one is taken, and without any, the defaults.

    `flags` are settings from the command line, under their canonical names; `reveal` asks other programs for secrets,
    and without it none is asked. Raises `ConfigError`, which names
    every problem on a line of its own.
    """
    around = around or Surroundings()
    found = file or _named(around) or files.discover(around.directory)
    from_files = _from_files(found, around)
    teams = tuple(Layers(from_files).values.get("teams", {})) if _has_teams(from_files) else ()
    said = _variables(found, around, teams)
    flag_layer = (Layer("command line", flags, names={(key,): _flag(key) for key in flags}),) if flags else ()
    layers = Layers((*from_files, *(each.layer for each in said), *flag_layer))
    usual = {name: value for each in said for name, value in each.raw.items()}
    return check_plugins(layers, usual, found, reveal)


def _named(around: Surroundings) -> File | None:
    named = around.environ.get("BACKLINT_CONFIG")
    return around.directory / named if named else None


def _from_files(found: File | None, around: Surroundings) -> tuple[Layer, ...]:
    own: tuple[Layer, ...] = ()
    if around.user_file.is_file():
        own = files.read(around.user_file, shown=str(around.user_file), is_committed=False)
    if found is None:
        return own
    return (*own, *files.read(found, shown=_shown(found, around.directory), is_committed=True))


def _has_teams(layers: tuple[Layer, ...]) -> bool:
    return is_table(Layers(layers).values.get("teams"))


def _variables(found: File | None, around: Surroundings, teams: tuple[str, ...]) -> tuple[Variables, ...]:
    """The weakest first."""
    said: list[Variables] = []
    try:
        if where := around.secrets:
            said.append(variables.from_secrets(where, teams))
        dotenv = (found.parent if found else around.directory) / ".env"
        if dotenv.is_file():
            said.append(variables.from_dotenv(dotenv, teams))
        said.append(variables.from_environment(around.environ, teams))
    except (SettingsError, OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else _reason(error)
        raise ConfigError(f"the environment, .env or the secrets cannot be read: {reason}.") from None
    return tuple(said)


def _reason(error: SettingsError | OSError) -> str:
    return (error.strerror or "unreadable") if isinstance(error, OSError) else str(error)


def _shown(file: File, directory: File) -> str:
    """The path as short as it can be said from here."""
    return str(file.relative_to(directory)) if file.is_relative_to(directory) else str(file)


def _flag(key: str) -> str:
    return "--" + key.replace("_", "-")
