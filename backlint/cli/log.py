"""What goes to standard error: lines for a person, or with `--log-format json` one object a line for a program."""

import json
import os
from collections.abc import Sequence
from contextvars import ContextVar
from enum import StrEnum
from itertools import pairwise

import click

OPTION = "--log-format"


class Format(StrEnum):
    """For whom it is written."""

    TEXT = "text"
    JSON = "json"


class Level(StrEnum):
    """How grave it is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


COLOURS = {Level.INFO: "green", Level.WARNING: "yellow", Level.ERROR: "red"}

_format = ContextVar("format", default=Format.TEXT)


def use(arguments: Sequence[str]) -> None:
    """Write as a command line asks, also about a command line that click cannot read."""
    asked = (OPTION, Format.JSON) in pairwise(arguments) or f"{OPTION}={Format.JSON}" in arguments
    _format.set(Format.JSON if asked else Format.TEXT)


def is_for_people() -> bool:
    """Whether a person reads along."""
    return _format.get() is Format.TEXT


def log(level: Level, message: str, *, mark: str = "", **about: str | None) -> None:
    """Say it.

    Args:
        level: How grave it is.
        message: What happened, without secrets: what raises or reports it has taken them out.
        mark: What kind of thing it is, such as `incomplete`; the word before each line that a person sees.
        about: What a program may want to sort by, as far as it is known: `team`, `source`, `rule`, `item`.
    """
    if is_for_people():
        before = click.style(f"{mark}:", fg=COLOURS[level], bold=level is Level.ERROR) + " " if mark else ""
        for line in message.splitlines():
            click.echo(f"{before}{line}", err=True, color=_wants_colour())
    else:
        from backlint.app import SystemClock  # noqa: PLC0415 - `--help` shall answer at once

        known = {key: value for key, value in about.items() if value}
        said = {"level": level, "message": message.strip(), **({"kind": mark} if mark else {})}
        told = {"time": SystemClock().now().isoformat(), **said}
        click.echo(json.dumps({**told, **known}), err=True)


def _wants_colour() -> bool | None:
    """What people asked for; `None` leaves it to whether there is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None
