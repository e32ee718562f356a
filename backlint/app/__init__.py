"""The use cases: what the command line and a scheduler both call. Here, and in the command line, is the only clock.

Each is imported when it is first asked for: the store and its SQLAlchemy, the channels and the connectors are not
waited for by a command that needs none of them, nor by one that was typed wrong.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

_HOMES = {
    "Asked": "looking",
    "Baseline": "baseline",
    "Checked": "checking",
    "Look": "looking",
    "Notice": "notifying",
    "SystemClock": "clock",
    "check": "checking",
    "examine": "examining",
    "gate_of": "clock",
    "look_at": "looking",
    "notify": "notifying",
    "sync": "reading",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found
