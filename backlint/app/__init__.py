"""The use cases: what the command line and a scheduler both call. Here, and in the command line, is the only clock."""

from backlint.app.baseline import Baseline
from backlint.app.checking import Asked, Checked, check, check_file
from backlint.app.clock import SystemClock
from backlint.app.examining import examine
from backlint.app.reading import sync

__all__ = ["Asked", "Baseline", "Checked", "SystemClock", "check", "check_file", "examine", "sync"]
