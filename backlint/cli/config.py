"""`backlint config`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from backlint.cli.log import redacted
from backlint.cli.options import config_option, configured
from backlint.config import Config
from backlint.config.hidden import without_password
from backlint.config.layer import dotted
from backlint.config.tables import is_table
from backlint.docs.fields import toml
from backlint.docs.schema import schema


@click.group("config")
def command() -> None:
    """Show or verify the configuration."""


@command.command()
@config_option
def verify(config_file: Path | None) -> None:
    """Check the configuration, and say every mistake with file, line and the nearest right word."""
    config = configured(config_file, reveals=False)
    where = config.file or "the defaults: there is no configuration file"
    teams = ", ".join(team.name for team in config.teams) or "none"
    click.echo(f"The configuration is in order ({where}). Teams: {teams}. Rules that run: {len(config.rules)}.")


@command.command()
@config_option
@click.option("--origin", is_flag=True, help="Say where each setting comes from.")
def show(config_file: Path | None, *, origin: bool) -> None:
    """Show the settings in effect, as TOML. Secrets are not shown."""
    config = configured(config_file, reveals=False)
    for line in _lines(config, with_origin=origin):
        click.echo(redacted(line))


@command.command("schema")
def schema_() -> None:
    """Print the JSON Schema of the configuration, for editors."""
    click.echo(json.dumps(schema(), indent=2, ensure_ascii=False))


def _lines(config: Config, *, with_origin: bool) -> Iterator[str]:
    for path, value in effective(config):
        said = toml(value)
        if said is not None:
            origin = f"  # {config.layers.origin(path)}" if with_origin else ""
            yield f"{dotted(path)} = {said}{origin}"


def effective(config: Config) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every setting in effect, by its path."""
    own = config.settings
    yield ("store",), without_password(own.store)
    for name in ("baseline", "minutes", "keep_days", "fail_on", "select", "extend_select", "ignore"):
        yield (name,), getattr(own, name)
    yield from _fields(("service",), own.service)
    for team in config.teams:
        yield from _fields(("teams", team.name), team.settings)
        for source in team.sources:
            yield from _fields(("teams", team.name, source.name()), source)
    for report in config.reports.values():
        yield from _fields(("reports", report.name()), report)
    for called, channel in config.channels.items():
        yield ("channels", called, "kind"), channel.name()
        yield from _fields(("channels", called), channel)
    for rule in config.rules:
        yield from _fields(("rules", rule.name()), rule)


def _fields(path: tuple[str, ...], settings: BaseModel) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name in type(settings).model_fields:
        yield (*path, name), _hidden(getattr(settings, name))


def _hidden(value: Any) -> Any:
    if is_table(value):
        return {name: _hidden(each) for name, each in value.items()}
    return str(value) if hasattr(value, "get_secret_value") else value
