"""`backlint doctor`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from backlint import app
from backlint.cli.options import chosen_teams, config_option, configured, team_option
from backlint.connector import Observation
from backlint.errors import ConfigError, Exit
from backlint.safe import visible


@click.command("doctor")
@config_option
@team_option
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def command(config_file: Path | None, teams: tuple[str, ...], *, as_json: bool) -> int:
    """Say what each tracker shows, and what is missing to see more.

    Who the token is, what it may see, which fields were found. Changes nothing.
    """
    config = configured(config_file)
    chosen = chosen_teams(config, teams)
    if not chosen:
        raise ConfigError("No team is configured: there is no tracker to look at.")
    seen = app.examine(chosen, app.gate_of(config, app.SystemClock()))
    if as_json:
        told = {source: [asdict(observation) for observation in all_] for source, all_ in seen.items()}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        _tell(seen)
    is_well = all(observation.is_well for all_ in seen.values() for observation in all_)
    return Exit.CLEAN if is_well else Exit.INCOMPLETE


def show(source: str, observations: Sequence[Observation]) -> None:
    """What one source shows, with what to do about it."""
    click.secho(source, bold=True)
    for each in observations:
        mark = click.style("ok  ", fg="green") if each.is_well else click.style("look", fg="yellow")
        click.echo(f"  {mark} {visible(each.about)}: {visible(each.found)}")
        if each.fix:
            click.echo(f"         {visible(each.fix)}")


def _tell(seen: Mapping[str, tuple[Observation, ...]]) -> None:
    for source, observations in seen.items():
        show(source, observations)
