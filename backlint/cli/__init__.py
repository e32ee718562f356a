"""The command line. What a command needs is imported when it runs, so that `--help` answers at once."""

import sys
from collections.abc import Sequence
from typing import NoReturn

from backlint import __version__


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and leave with its exit code: 0, 1, 2 or 3 (see `backlint.errors.Exit`)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:
        sys.stdout.write(f"backlint {__version__}\n")
        sys.exit(0)
    from backlint.cli.entry import run  # noqa: PLC0415 - not even click is needed to say the version

    sys.exit(run(given))
