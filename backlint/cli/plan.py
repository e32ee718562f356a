"""`backlint plan`."""

from datetime import datetime
from pathlib import Path

import click

from backlint.app import Asked, SystemClock, gate_of
from backlint.app.writing import plan_comments
from backlint.cli.options import chosen_teams, config_option, configured, now_option, team_option
from backlint.cli.progress import progress
from backlint.cli.written import keep


@click.command("plan")
@config_option
@team_option
@click.option("--no-sync", is_flag=True, help="Use what was read last.")
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, help="The file to write the plan to.")
@now_option
def command(
    *, config_file: Path | None, teams: tuple[str, ...], no_sync: bool, output: Path, now: datetime | None
) -> int:
    """Write a plan of the comments to a file.

    It is what `backlint comment` would do, to be read, kept and compared. `backlint apply FILE` takes its steps, and
    leaves alone what changed since.
    """
    config, clock = configured(config_file), SystemClock()
    with progress() as tell:
        asked = Asked(now=now or clock.now(), syncs=not no_sync, on_progress=tell)
        planned = plan_comments(config, chosen_teams(config, teams), gate_of(config, clock), asked)
    return keep(planned, output)
