"""What a person must know beside the report, on standard error."""

from collections.abc import Iterable

import click

from backlint.app import Checked
from backlint.health import Reading


def warn_of(readings: Iterable[Reading]) -> None:
    """Say what could not be read."""
    for reading in readings:
        for problem in () if reading.is_complete else reading.problems:
            click.echo(f"{click.style('incomplete:', fg='yellow')} {reading.source}: {problem}", err=True)


def warn(checked: Checked) -> None:
    """Say what could not be read, which rule failed, and what the baseline need no longer forgive."""
    for health in checked.run.teams:
        warn_of(health.readings)
        for crash in health.crashes:
            about = f" at {crash.subject.key}" if crash.subject else ""
            click.echo(f"{click.style('failed:', fg='yellow')} rule {crash.rule}{about}: {crash.error}", err=True)
    if checked.stale:
        number = len(checked.stale)
        first = checked.stale[0]
        click.echo(
            f"{click.style('mended:', fg='green')} {number} of the baseline's entries are no longer found "
            f"(the first: {first.rule} at {first.key}). `backlint baseline prune` takes them out.",
            err=True,
        )
