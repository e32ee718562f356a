"""`backlint dashboard`."""

from datetime import datetime
from pathlib import Path

import click

from backlint import app
from backlint.app.baseline import forgiven
from backlint.app.dashboards import plan_dashboards
from backlint.cli.options import chosen_teams, configured, planning_options
from backlint.cli.progress import progress
from backlint.cli.warnings import warn
from backlint.cli.written import conclude


@click.command("dashboard")
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
    """Keep one issue for each team that shows how its backlog is.

    It lives in the team's first repository on GitHub, is opened once, and edited in place when more than a date
    changed, at least once a week. One that a person edited, closed or removed is left as it is. Without --apply nothing
    is written: it shows what would be.
    """
    config, clock = configured(config_file), app.SystemClock()
    with progress() as tell:
        asked = app.Asked(now=now or clock.now(), syncs=not no_sync, forgives=forgiven(config), on_progress=tell)
        chosen, gate = chosen_teams(config, teams), app.gate_of(config, clock)
        checked = app.check(config, chosen, gate, asked)
        planned = plan_dashboards(config, chosen, checked.run, gate)
    warn(checked)
    return conclude(config, planned, clock, as_json=as_json, applies=applies, introduces=False)
