"""What goes to standard error: lines for a person, or with `--log-format json` one object a line for a program."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

import click

from backlint.cli.redacting import Redactor
from backlint.errors import ConfigError
from backlint.occasion import going_on

OPTION = "--log-format"
VARIABLE = "BACKLINT_LOG_FORMAT"


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


class _Sink:
    """Standard error. There is one in a process, and its threads share it: a line of a library may come from any."""

    def __init__(self) -> None:
        self.format = Format.TEXT
        self.redact = Redactor({})


_sink = _Sink()


def use(arguments: Sequence[str], environ: Mapping[str, str] | None = None) -> None:
    """Write as a command line or the environment asks, also about a command line that click cannot read.

    Raises `ConfigError` where the environment asks for a format that there is not.
    """
    environ = os.environ if environ is None else environ
    _sink.format, _sink.redact = Format.TEXT, Redactor(environ)
    asked = _asked(arguments) or environ.get(VARIABLE)
    if asked in {each.value for each in Format}:
        _sink.format = Format(asked)
    elif environ.get(VARIABLE) == asked and asked:
        raise ConfigError(f'{VARIABLE}: "{asked}" is no format; there are: {", ".join(Format)}.')


def hide(secrets: Iterable[str]) -> None:
    """Write none of these, until `use` is called again."""
    _sink.redact.hide(secrets)


def redacted(text: str) -> str:
    """The text as it may be written."""
    return _sink.redact(text)


def is_for_people() -> bool:
    """Whether a person reads along."""
    return _sink.format is Format.TEXT


def log(level: Level, message: str, *, mark: str = "", **about: str | float | None) -> None:
    """Say it, without the secrets that may stand in it.

    Args:
        level: How grave it is.
        message: What happened.
        mark: What kind of thing it is, such as `incomplete`; the word before each line that a person sees.
        about: What a program may want to sort by, beside what `occasion` knows (`run`, `team`, `source`): `rule`,
            `item`, `seconds`. What is `None` or empty is left out.
    """
    message = redacted(message)
    if is_for_people():
        before = click.style(f"{mark}:", fg=COLOURS[level], bold=level is Level.ERROR) + " " if mark else ""
        for line in message.splitlines():
            click.echo(f"{before}{line}", err=True, color=_wants_colour())
    else:
        from backlint.app import SystemClock  # noqa: PLC0415 - `--help` shall answer at once

        said = {"level": level, "message": message.strip(), **({"kind": mark} if mark else {})}
        told = {"time": SystemClock().now().isoformat(), **said, **_known(about)}
        click.echo(json.dumps(told), err=True)


def _known(about: Mapping[str, str | float | None]) -> Mapping[str, str | float]:
    """What this line is about, and what is going on around it; a source begins with its tracker's name."""
    told: dict[str, str | float | None] = {**going_on(), **about}
    tracker, colon, _ = str(told.get("source") or "").partition(":")
    told.setdefault("tracker", tracker if colon else None)
    return {
        key: redacted(value) if isinstance(value, str) else value
        for key, value in told.items()
        if value is not None and value != ""
    }


def _asked(arguments: Sequence[str]) -> str | None:
    """What stands after the option; the last one counts, as everywhere."""
    asked = None
    for word, after in pairwise([*arguments, ""]):
        option, equals, value = word.partition("=")
        if option == OPTION:
            asked = value if equals else after
    return asked


def _wants_colour() -> bool | None:
    """What people asked for; `None` leaves it to whether there is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None
