"""Ask another program for a secret: `token_command = ["op", "read", "op://team/jira/token"]`."""

import shlex
import subprocess
from collections.abc import Callable, Sequence

from backlint.config.tables import is_list
from backlint.errors import ConfigError

Reveal = Callable[[Sequence[str]], str]
"""Runs a command and gives what it prints. Raises `ConfigError` if it gives nothing."""

SUFFIX = "_command"
PATIENCE = 60.0
"""Seconds: a password manager may wait for a finger on a key."""


def ask_program(command: Sequence[str]) -> str:
    """Run the command, without a shell, and give its first line."""
    try:
        done = subprocess.run(  # noqa: S603 - the command is the user's own, never one that came with a checkout
            list(command), capture_output=True, text=True, check=False, timeout=PATIENCE
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise ConfigError(f'"{command[0]}" could not be run: {_reason(error)}.') from None
    said = done.stdout.strip().partition("\n")[0]
    if done.returncode or not said:
        raise ConfigError(f'"{command[0]}" gave no secret (exit code {done.returncode}); run it by hand to see why.')
    return said


def words(command: object) -> Sequence[str]:
    """The program and its arguments, of a list or of a line; nothing of what is neither."""
    if isinstance(command, str):
        try:
            return shlex.split(command)
        except ValueError:
            return ()
    return [str(word) for word in command] if is_list(command) else ()


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return f"it did not finish within {PATIENCE:.0f} s"
    return (error.strerror if isinstance(error, OSError) else None) or "it is no command"
