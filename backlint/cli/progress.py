"""What a person sees while the trackers are read: a bar on a terminal, nothing in a pipe."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from backlint.cli.log import is_for_people

if TYPE_CHECKING:
    from rich.progress import TaskID

    from backlint.sync import OnProgress


@contextmanager
def progress() -> Generator["OnProgress | None"]:
    """Something to tell about each batch."""
    if not sys.stderr.isatty() or not is_for_people():
        yield None
        return
    # A fifth of the time that the command takes to start, and nobody watches a nightly run.
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    from backlint.cli.console import err  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err(), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(source: str, items: int, total: int | None) -> None:
            if source not in tasks:
                tasks[source] = bars.add_task(source, total=total)
            bars.update(tasks[source], completed=items, total=total)

        yield tell
