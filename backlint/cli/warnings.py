"""What a person must know beside the report, on standard error."""

import click

from backlint.health import Run


def warn(run: Run) -> None:
    """Say what could not be read, and which rule failed."""
    for health in run.teams:
        for reading in health.readings:
            for problem in () if reading.is_complete else reading.problems:
                click.echo(f"{click.style('incomplete:', fg='yellow')} {reading.source}: {problem}", err=True)
        for crash in health.crashes:
            about = f" at {crash.subject.key}" if crash.subject else ""
            click.echo(f"{click.style('failed:', fg='yellow')} rule {crash.rule}{about}: {crash.error}", err=True)
