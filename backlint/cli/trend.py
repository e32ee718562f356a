"""`backlint trend`."""

from collections.abc import Sequence
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from backlint.cli.console import out
from backlint.cli.kept import kept_runs
from backlint.cli.looking import echo_json
from backlint.cli.options import config_option, team_option
from backlint.safe import visible
from backlint.store import Past
from backlint.templates import signed

NO_RUN = "No run is kept yet: `backlint check` keeps one."


@click.command("trend")
@config_option
@team_option
@click.option("--last", type=click.IntRange(min=1), default=14, show_default=True, help="How many runs to show.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def command(config_file: Path | None, teams: tuple[str, ...], *, last: int, as_json: bool) -> None:
    """Show how a backlog fared from run to run. Reads what is kept, and asks no tracker."""
    with kept_runs(config_file, teams) as (store, names):
        past = {name: store.past(name, last) for name in names}
    if as_json:
        echo_json([{"team": name, "runs": [run._asdict() for run in runs]} for name, runs in past.items()])
        return
    for name, runs in past.items():
        click.secho(visible(name), bold=True)
        if runs:
            out().print(_table(runs))
        click.echo(NO_RUN if not runs else "")


def _table(runs: Sequence[Past]) -> Table:
    """The newest first, each against the one before it."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("run")
    for heading in ("score", "findings", "open items", "ready"):
        table.add_column(heading, justify="right")
    table.add_column()
    for before, run in reversed(list(zip((None, *runs), runs, strict=False))):
        table.add_row(*_row(run, before))
    return table


def _row(run: Past, before: Past | None) -> Sequence[Text | str]:
    point, was = run.point, before.point if before else None
    are_alike = was is not None and (was.rules, was.is_rebuilt) == (point.rules, point.is_rebuilt)
    ready = "" if point.ready is None else f"{point.ready} of {point.next_items}"
    state = "" if run.is_complete or point.is_rebuilt else "incomplete"
    remarks = [state, "other rules" if was and was.rules != point.rules else ""]
    return (
        run.id,
        _figure(point.score, was.score if was and are_alike else None),
        _figure(point.findings, was.findings if was and are_alike else None),
        _figure(point.open_items, was.open_items if was else None),
        ready,
        Text(", ".join(filter(None, remarks)), style="yellow"),
    )


def _figure(value: float | None, was: float | None) -> Text:
    """The figure, and how much more it is than at the run before, in whole points."""
    if value is None:
        return Text("")
    change = round(value) - round(was) if was is not None else 0
    return Text.assemble(f"{value:,.0f}", (f" {signed(change)}" if change else "", "dim"))
