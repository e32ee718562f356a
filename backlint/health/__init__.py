"""The health of a backlog at one moment: computed once, shown by every report."""

from backlint.health.diagnosis import Said, diagnose
from backlint.health.figures import AgeGroup, Ages, NextItem, Order, Placed, Runway, ThemeHealth, Week
from backlint.health.health import (
    Action,
    Change,
    Grade,
    Health,
    Loss,
    Point,
    Reading,
    RuleHealth,
    Run,
    Tile,
    Tone,
    Unsaid,
)

__all__ = [
    "Action",
    "AgeGroup",
    "Ages",
    "Change",
    "Grade",
    "Health",
    "Loss",
    "NextItem",
    "Order",
    "Placed",
    "Point",
    "Reading",
    "RuleHealth",
    "Run",
    "Runway",
    "Said",
    "ThemeHealth",
    "Tile",
    "Tone",
    "Unsaid",
    "Week",
    "diagnose",
]
