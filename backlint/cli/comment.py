"""`backlint comment`."""

from datetime import datetime
from pathlib import Path

import click

from backlint.app import Asked, SystemClock, gate_of
from backlint.app.writing import plan_comments
from backlint.cli.options import chosen_teams, configured, planning_options
from backlint.cli.progress import progress
from backlint.cli.written import conclude


@click.command("comment")
@planning_options
def command(
    *,
    config_file: Path | None,
    teams: tuple[str, ...],
    no_sync: bool,
    applies: bool,
    now: datetime | None,
    as_json: bool,
) -> int:
    """Keep one quiet note on each item that lacks something.

    Only on items that are nearly planned, see the settings under `comments`. Without --apply nothing is written: it
    shows what would be. A note is edited in place, only when its content changes, and removed when nothing is left to
    say. What a person edited or removed is left as it is.
    """
    config, clock = configured(config_file), SystemClock()
    with progress() as tell:
        asked = Asked(now=now or clock.now(), syncs=not no_sync, on_progress=tell)
        planned = plan_comments(config, chosen_teams(config, teams), gate_of(config, clock), asked)
    return conclude(config, planned, clock, as_json=as_json, applies=applies)
