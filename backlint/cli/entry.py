"""Run a command, and turn whatever happens into one clear line and an exit code."""

import os
import sys
from collections.abc import Sequence
from io import StringIO
from traceback import extract_tb, format_exc

import click

from backlint.cli.commands import backlint
from backlint.cli.log import Level, is_for_people, log, redacted, use
from backlint.errors import BacklintError, Exit

INTERRUPTED = 130
PIPE_CLOSED = 141


def run(arguments: Sequence[str]) -> int:
    """The exit code of a command line."""
    try:
        use(arguments)
        answer = backlint.main(list(arguments), prog_name="backlint", standalone_mode=False)
    except click.ClickException as error:
        if is_for_people():
            _show(error)
        else:
            _complain(error.format_message())
        return Exit.USAGE
    except BacklintError as error:
        _complain(str(error))
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        log(Level.WARNING, "\nStopped. What was read so far is kept.")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Exception as error:  # noqa: BLE001 - it is told, and the exit code says that it happened
        _complain(format_exc() if os.environ.get("BACKLINT_DEBUG") else _our_fault(error))
        return Exit.INCOMPLETE
    return int(answer or Exit.CLEAN)


def _show(error: click.ClickException) -> None:
    """As click does, without what must not be shown: somebody may have typed a token where a name belongs."""
    said = StringIO()
    error.show(said)
    click.echo(redacted(said.getvalue()), err=True, nl=False)


def _complain(text: str) -> None:
    log(Level.ERROR, text, mark="error")


def _our_fault(error: Exception) -> str:
    """Where it broke, and nothing of what it held in its hands: that may be a token."""
    frames = extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return (
        f"this is a fault of backlint ({type(error).__name__}{where}). Please report it; "
        "BACKLINT_DEBUG=1 shows everything that led to it."
    )
