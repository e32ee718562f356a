"""`backlint undo`."""

from pathlib import Path

import click

from backlint.app import SystemClock
from backlint.app.writing import plan_undo
from backlint.cli.options import chosen_teams, config_option, configured, team_option
from backlint.cli.written import carry_out, dry, show


@click.command("undo")
@click.argument("run")
@config_option
@team_option
@click.option("--apply", "applies", is_flag=True, help="Write; without it, what would be put back is shown.")
def command(*, run: str, config_file: Path | None, teams: tuple[str, ...], applies: bool) -> int:
    """Put back what a run wrote, as far as it is still ours.

    What a person changed since stays as they left it. `backlint journal` names the runs.
    """
    config, clock = configured(config_file), SystemClock()
    plans = plan_undo(config, chosen_teams(config, teams), run, clock)
    show(plans)
    return carry_out(config, plans, clock) if applies and plans else dry(plans, "--apply puts it back.")
