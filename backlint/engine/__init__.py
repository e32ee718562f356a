"""The engine: puts the rules to a backlog, weighs what they find, and takes out what a person accepted."""

from backlint.engine.asking import THE_ORDER, Said, subject
from backlint.engine.linting import Lint, lint, most_pressing
from backlint.engine.memory import Memory
from backlint.engine.waiving import Waived

__all__ = ["THE_ORDER", "Lint", "Memory", "Said", "Waived", "lint", "most_pressing", "subject"]
