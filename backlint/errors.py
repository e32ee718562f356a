"""What can go wrong, by who must act on it; each error is one clear line and carries its exit code."""

from enum import IntEnum


class Exit(IntEnum):
    """What a run answers to the shell; CI and cron jobs rely on these numbers."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    INCOMPLETE = 3


class BacklintError(Exception):
    """Something that a person can mend. `str(error)` is one line, ready to be shown."""

    exit_code = Exit.USAGE


class ConfigError(BacklintError):
    """The user's configuration or command line is wrong: says where, what was expected, the nearest right word."""


class TrackerError(BacklintError):
    """A tracker or the network failed: says which tracker, which request, and what to do.

    `retryable` means that the same request may succeed later with nothing changed by a person.
    """

    exit_code = Exit.INCOMPLETE

    def __init__(self, message: str, *, retryable: bool = False, status: int | None = None) -> None:
        super().__init__(message)
        self.retryable = retryable
        self.status = status


class StoreError(BacklintError):
    """The store cannot be read or written: another run holds it, the disk is full, the schema is from the future."""

    exit_code = Exit.INCOMPLETE
