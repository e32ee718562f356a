"""The use cases: what the command line and a scheduler both call. Here, and in the command line, is the only clock."""

from backlint.app.baseline import Baseline
from backlint.app.checking import Checked, check
from backlint.app.clock import SystemClock, gate_of
from backlint.app.examining import examine
from backlint.app.looking import Asked, Look, look_at
from backlint.app.notifying import Notice, notify
from backlint.app.reading import sync

__all__ = [
    "Asked",
    "Baseline",
    "Checked",
    "Look",
    "Notice",
    "SystemClock",
    "check",
    "examine",
    "gate_of",
    "look_at",
    "notify",
    "sync",
]
