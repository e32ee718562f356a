"""`backlint sync`."""

from pathlib import Path

import click

from backlint import app
from backlint.cli.options import chosen_teams, config_option, configured, team_option
from backlint.cli.progress import progress
from backlint.cli.warnings import warn_of
from backlint.errors import ConfigError, Exit
from backlint.plural import plural
from backlint.store import Store


@click.command("sync")
@config_option
@team_option
def command(config_file: Path | None, teams: tuple[str, ...]) -> int:
    """Read what changed in the trackers, and keep it. What was read is kept even where a tracker fails midway."""
    config = configured(config_file)
    chosen = chosen_teams(config, teams)
    if not chosen:
        raise ConfigError("No team is configured: there is nothing to read.")
    with progress() as tell, Store.open(config.store) as store:
        readings = app.sync(store, chosen, app.gate_of(config, app.SystemClock()), tell)
    for reading in readings:
        incomplete = "" if reading.is_complete else ", incomplete"
        click.echo(f"{reading.source}: {plural(reading.items, 'item')}{incomplete}")
    warn_of(readings)
    return Exit.CLEAN if all(reading.is_complete for reading in readings) else Exit.INCOMPLETE
