"""`backlint apply`."""

from pathlib import Path

import click

from backlint.app import SystemClock
from backlint.cli.options import config_option, configured
from backlint.cli.written import carry_out
from backlint.writeback import plans_of


@click.command("apply")
@click.argument("plan", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@config_option
def command(*, plan: Path, config_file: Path | None) -> int:
    """Take the steps of a plan, each exactly once.

    PLAN is a file that `backlint plan` wrote. The team's configuration must allow it (`write = true`). An item that
    changed since the plan was made is left alone.
    """
    return carry_out(configured(config_file), plans_of(plan.read_bytes(), str(plan)), SystemClock())
