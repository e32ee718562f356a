"""What libraries and our own lower layers say through `logging`, written like everything else.

Ours say what they did at INFO (`logging.getLogger(__name__)`, with `extra={"kind": ..., "seconds": ...}`), which
programs and the log of a service hear; of anybody else's loggers, warnings and worse.
"""

import logging
from collections.abc import Mapping
from traceback import format_exception

import click

from backlint.cli.log import Level, is_for_people, log

OURS = "backlint"
NOT_OURS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
"""What every record has; the rest of one is what its `extra` said."""


def listen(*, tells: bool = False) -> None:
    """Hear what is logged until the command ends; `tells` also tells people what backlint does, as a service should."""
    root, ours, handler = logging.getLogger(), logging.getLogger(OURS), Overheard()
    before = ours.level
    for earlier in [each for each in root.handlers if isinstance(each, Overheard)]:
        root.removeHandler(earlier)
    root.addHandler(handler)
    ours.setLevel(logging.INFO if tells or not is_for_people() else logging.WARNING)
    logging.captureWarnings(True)

    def stop() -> None:
        root.removeHandler(handler)
        ours.setLevel(before)
        logging.captureWarnings(False)

    if context := click.get_current_context(silent=True):
        context.find_root().call_on_close(stop)


class Overheard(logging.Handler):
    """Writes a record of the standard library's logging as a line of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write it."""
        is_ours = record.name.partition(".")[0] == OURS
        if record.levelno < logging.WARNING and not is_ours:
            return
        about = _about(record)
        kind = str(about.pop("kind", "")) or ("" if is_ours else record.name)
        log(_level(record), _said(record), mark=kind, **{"logger": None if is_ours else record.name, **about})


def _level(record: logging.LogRecord) -> Level:
    if record.levelno >= logging.ERROR:
        return Level.ERROR
    return Level.WARNING if record.levelno >= logging.WARNING else Level.INFO


def _said(record: logging.LogRecord) -> str:
    """The message; for a program with all that led to it, for a person with what it came down to."""
    try:
        message = record.getMessage()
    except (TypeError, ValueError):  # the library's fault, and no reason to lose the line
        message = str(record.msg)
    if not record.exc_info or record.exc_info[1] is None:
        return message
    error = record.exc_info[1]
    told = f"{type(error).__name__}: {error}" if is_for_people() else "".join(format_exception(error))
    return f"{message}: {told}"


def _about(record: logging.LogRecord) -> dict[str, str | float | None]:
    """What `extra` said."""
    said: Mapping[str, object] = vars(record)
    return {
        key: value if isinstance(value, str | int | float) else str(value)
        for key, value in said.items()
        if key not in NOT_OURS and not key.startswith("_") and value is not None
    }
