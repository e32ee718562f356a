"""What a report is: it shows a run, and computes nothing."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, TypeAlias

from backlint.health import Run
from backlint.plugin import Plugin

Json: TypeAlias = Any
"""What stands in a payload for a chat; its form is the chat's own."""


class Report(Plugin, ABC):
    """One format. The settings are what a reader may choose about it."""

    suffix: ClassVar[str]
    """The usual ending of its files, with the dot."""

    @abstractmethod
    def render(self, run: Run) -> str:
        """The whole report as text."""
