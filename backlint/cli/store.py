"""`backlint store`."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import click
from rich.table import Table

from backlint.app import SystemClock
from backlint.cli.console import out
from backlint.cli.options import config_option, configured
from backlint.plural import plural
from backlint.safe import visible
from backlint.store import Info, Store

DAY = timedelta(days=1)


@click.group("store")
def command() -> None:
    """Look after the store: back it up, forget what is old, see what it holds."""


@command.command()
@config_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(config_file: Path | None, file: Path) -> None:
    """Copy the store, as it is now, to a new FILE; other runs may go on.

    The copy is a store as good as the first. A store on PostgreSQL is backed up with pg_dump.
    """
    with Store.open(configured(config_file, reveals=False).store) as store:
        store.backup(file)
    click.echo(f"Copied to {file}, {_size(file.stat().st_size)}.")


@command.command()
@config_option
@click.option("--keep-days", type=click.IntRange(min=1), help="Keep this many days.  [default: keep_days]")
def prune(config_file: Path | None, keep_days: int | None) -> None:
    """Forget runs, and items that the trackers deleted, from more than so many days ago.

    The last run of each team stays, every finding that still stands, and all that was ever written to a tracker.
    """
    config = configured(config_file, reveals=False)
    days = keep_days or config.settings.keep_days
    with Store.open(config.store) as store:
        dropped = store.prune(SystemClock().now() - days * DAY)
    click.echo(f"Dropped {plural(dropped, 'run')} from before the last {plural(days, 'day')}.")


@command.command()
@config_option
@click.option("--output", type=click.Choice(["table", "json"]), default="table", help="For people or for programs.")
def info(config_file: Path | None, output: str) -> None:
    """Say what the store holds: rows and size, what was read and when, and the runs of each team."""
    with Store.open(configured(config_file, reveals=False).store) as store:
        found = store.info()
    now = SystemClock().now()
    if output == "json":
        click.echo(json.dumps(_told(found), indent=2, ensure_ascii=False))
        return
    console = out()
    console.print(f"{visible(found.place)}, {found.database}, {_size(found.size)}, schema {found.schema}", markup=False)
    for table in _tables(found, now):
        console.print()
        console.print(table)


def _tables(found: Info, now: datetime) -> Iterator[Table]:
    rows = Table("Table", box=None, pad_edge=False)
    rows.add_column("Rows", justify="right")
    for name, number in found.rows.items():
        rows.add_row(name, f"{number:,}")
    yield rows
    if found.readings:
        read = Table("Source", box=None, pad_edge=False)
        read.add_column("Items", justify="right")
        read.add_column("Read whole")
        for each in found.readings:
            read.add_row(visible(each.source), f"{each.items:,}", _ago(each.read_at, now))
        yield read
    if found.teams:
        runs = Table("Team", box=None, pad_edge=False)
        runs.add_column("Runs", justify="right")
        runs.add_column("First")
        runs.add_column("Last")
        for kept in found.teams:
            runs.add_row(visible(kept.team), f"{kept.runs:,}", f"{kept.first:%Y-%m-%d}", _ago(kept.last, now))
        yield runs


def _told(found: Info) -> dict[str, object]:
    """The same for programs: sizes in bytes, moments in ISO 8601."""
    return {
        "store": found.place,
        "database": found.database,
        "bytes": found.size,
        "schema": found.schema,
        "rows": dict(found.rows),
        "sources": [
            {
                "source": each.source,
                "items": each.items,
                "read_at": each.read_at and each.read_at.isoformat(),
                "is_complete": each.is_complete,
            }
            for each in found.readings
        ],
        "teams": [
            {"team": each.team, "runs": each.runs, "first": each.first.isoformat(), "last": each.last.isoformat()}
            for each in found.teams
        ],
    }


def _ago(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "never"
    hours = max(0, int((now - at).total_seconds() // 3600))
    return f"{plural(hours, 'hour')} ago" if hours < 48 else f"{plural(hours // 24, 'day')} ago"  # noqa: PLR2004 - two days


def _size(count: float) -> str:
    for unit in ("bytes", "KB", "MB"):
        if count < 1000:  # noqa: PLR2004 - the units are powers of it
            return f"{count:,.0f} {unit}"
        count /= 1000
    return f"{count:,.1f} GB"
