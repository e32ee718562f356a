"""The use cases: what the command line and a scheduler both call. Here, and in the command line, is the only clock."""

from backlint.app.checking import check, check_file, exit_code
from backlint.app.clock import SystemClock
from backlint.app.examining import examine
from backlint.app.reading import sync

__all__ = ["SystemClock", "check", "check_file", "examine", "exit_code", "sync"]
