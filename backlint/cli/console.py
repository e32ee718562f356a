"""Where a command writes: findings on standard output, everything else on standard error.

rich honours NO_COLOR and FORCE_COLOR by itself, and writes no escape codes into a pipe.
"""

import sys

from rich.console import Console

PIPE_WIDTH = 120
"""Columns where there is no terminal to ask."""


class _Output(Console):
    """A console that leaves a closed pipe to `entry`, where every command's end is decided."""

    def on_broken_pipe(self) -> None:
        """Say that it is closed; rich would exit with 1, which means findings here."""
        raise BrokenPipeError


def out() -> Console:
    """For what was asked for."""
    return _Output(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else PIPE_WIDTH)


def err() -> Console:
    """For what a person wants to know meanwhile."""
    return Console(stderr=True, highlight=False, soft_wrap=True)
