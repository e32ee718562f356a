"""`backlint journal`."""

from pathlib import Path

import click

from backlint.app.writing import journal_lines
from backlint.cli.options import chosen_teams, config_option, configured, team_option


@click.command("journal")
@config_option
@team_option
def command(*, config_file: Path | None, teams: tuple[str, ...]) -> None:
    """Print what was written to the trackers, before and after.

    One JSON object a line, oldest first.
    """
    config = configured(config_file, reveals=False)
    for line in journal_lines(config, chosen_teams(config, teams)):
        click.echo(line)
