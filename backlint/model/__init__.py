"""Items, their history, and the ordered backlog: the one model that every tracker is mapped to."""

from backlint.model.backlog import Backlog
from backlint.model.bands import BandWidths
from backlint.model.item import Estimate, Event, Item, Link, Person, Priority, Score, Sprint, Theme
from backlint.model.pace import Pace
from backlint.model.people import People
from backlint.model.words import (
    EMPTY,
    Band,
    Empty,
    Framework,
    Happening,
    Kind,
    LinkKind,
    Moscow,
    SprintState,
    Stage,
    Unit,
)

__all__ = [
    "EMPTY",
    "Backlog",
    "Band",
    "BandWidths",
    "Empty",
    "Estimate",
    "Event",
    "Framework",
    "Happening",
    "Item",
    "Kind",
    "Link",
    "LinkKind",
    "Moscow",
    "Pace",
    "People",
    "Person",
    "Priority",
    "Score",
    "Sprint",
    "SprintState",
    "Stage",
    "Theme",
    "Unit",
]
