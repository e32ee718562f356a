"""What a person sees while the trackers are read: a bar on a terminal, nothing in a pipe."""

import sys
from collections.abc import Generator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from backlint.cli.console import err
from backlint.cli.log import is_for_people
from backlint.sync import OnProgress


@contextmanager
def progress() -> Generator[OnProgress | None]:
    """Something to tell about each batch."""
    if not sys.stderr.isatty() or not is_for_people():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err(), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(source: str, items: int, total: int | None) -> None:
            if source not in tasks:
                tasks[source] = bars.add_task(source, total=total)
            bars.update(tasks[source], completed=items, total=total)

        yield tell
