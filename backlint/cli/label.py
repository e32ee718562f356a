"""`backlint label`."""

from datetime import datetime
from pathlib import Path

import click

from backlint.app import Asked, SystemClock, gate_of
from backlint.app.writing import plan_labels
from backlint.cli.options import chosen_teams, config_option, configured, now_option, team_option
from backlint.cli.progress import progress
from backlint.cli.written import conclude


@click.command("label")
@config_option
@team_option
@click.option("--no-sync", is_flag=True, help="Use what was read last.")
@click.option("--apply", "applies", is_flag=True, help="Write; the configuration must allow it (`write = true`).")
@click.option("--close-candidates", is_flag=True, help="Label what may be dropped instead. Closes nothing.")
@now_option
@click.option("--json", "as_json", is_flag=True, help="Show the plan, with every byte that would be sent, as JSON.")
def command(
    *,
    config_file: Path | None,
    teams: tuple[str, ...],
    no_sync: bool,
    applies: bool,
    close_candidates: bool,
    now: datetime | None,
    as_json: bool,
) -> int:
    """Keep a label on what is ready, and one on what is not.

    Only on items that are nearly planned; their names stand under `comments` in the settings. Without --apply nothing
    is written: it shows what would be. Only what backlint put on is taken off, and what a person took off stays off.
    """
    config, clock = configured(config_file), SystemClock()
    with progress() as tell:
        asked = Asked(now=now or clock.now(), syncs=not no_sync, on_progress=tell)
        chosen, gate = chosen_teams(config, teams), gate_of(config, clock)
        planned = plan_labels(config, chosen, gate, asked, of_candidates=close_candidates)
    return conclude(config, planned, clock, as_json=as_json, applies=applies)
