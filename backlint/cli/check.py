"""`backlint check`."""

from datetime import datetime
from pathlib import Path

import click

from backlint import app
from backlint.app.baseline import forgiven
from backlint.app.comparing import LAST
from backlint.cli.assets import assets_option, pages_among, with_assets, write_assets
from backlint.cli.options import (
    SEVERITIES,
    choosing_options,
    chosen_teams,
    config_option,
    configured,
    notify_option,
    now_option,
    pages_option,
    team_option,
)
from backlint.cli.outputs import outputs
from backlint.cli.progress import progress
from backlint.cli.telling import need_channels, tell_channels
from backlint.cli.warnings import warn
from backlint.errors import ConfigError, Exit


@click.command("check")
@click.argument("file", required=False)
@config_option
@team_option
@choosing_options
@click.option(
    "--output",
    "-o",
    "wanted",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write a report; may be given several times, - is standard output.  [default: terminal=-]",
)
@click.option("--statistics", is_flag=True, help="Print how often each rule found something, in place of the findings.")
@click.option(
    "--diff",
    "since",
    is_flag=False,
    flag_value=LAST,
    metavar="[RUN]",
    help="Show only what is new or came back since the last run, or since RUN (`backlint trend` names them).",
)
@click.option("--ordered", "is_ordered", is_flag=True, help="The lines of FILE stand in the backlog's order.")
@click.option("--fail-on", type=SEVERITIES, help="The least severity that makes the exit code 1.  [default: error]")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found; incomplete data still exit with 3.")
@click.option("--no-sync", is_flag=True, help="Check what was read last, and ask no tracker.")
@click.option("--no-baseline", is_flag=True, help="Show what the baseline forgives, too.")
@click.option("--no-waivers", is_flag=True, help="Show what people accepted on the items, too.")
@pages_option
@assets_option
@notify_option
@now_option
def command(
    *,
    file: str | None,
    config_file: Path | None,
    teams: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    wanted: tuple[str, ...],
    statistics: bool,
    since: str | None,
    is_ordered: bool,
    fail_on: str | None,
    now: datetime | None,
    pages_folder: Path | None,
    assets: str,
    notify: bool,
    exit_zero: bool,
    no_sync: bool,
    no_baseline: bool,
    no_waivers: bool,
) -> int:
    """Read the backlog, check it, and report.

    With FILE, check a file of items (JSON lines, see docs/items.md; - is standard input) in place of a tracker:
    that needs no configuration and no token.
    On standard input there may also be one item's text: its title, and below it the rest, as Markdown.

    \b
      backlint check --output html=report.html --output json=findings.json
      backlint check items.jsonl --select ordering,stale-item
    """  # noqa: D301 - a backspace is how click is told to leave lines as they are
    config = with_assets(configured(config_file, select, ignore, fail_on), assets)
    if notify:
        need_channels(config)
    if since and file:
        raise ConfigError("--diff needs an earlier run, and of a file that is named here nothing is kept.")
    if is_ordered and not file:
        raise ConfigError("--ordered is for a file that is named here; a team's own file says is_ordered = true.")
    written = outputs((*wanted, "statistics") if statistics else wanted, config)
    clock = app.SystemClock()
    with progress() as tell:
        asked = app.Asked(
            now=now or clock.now(),
            file=file,
            is_ordered=is_ordered,
            since=since,
            syncs=not no_sync,
            forgives=app.Baseline() if no_baseline else forgiven(config),
            honours_waivers=not no_waivers,
            on_progress=tell,
        )
        checked = app.check(config, chosen_teams(config, teams), app.gate_of(config, clock), asked)
    for output in written:
        output.write(checked.run)
    write_assets(assets, pages_among(written))
    if pages_folder:
        from backlint.cli.site import write_pages  # noqa: PLC0415 - most runs write one page, or none

        write_pages(pages_folder, checked.run, config)
    warn(checked)
    if notify:
        tell_channels(config, checked.run, clock)
    answer = checked.exit_code(config.settings.fail_on)
    return Exit.CLEAN if answer is Exit.FINDINGS and exit_zero else answer
