"""The health of a backlog at one moment: computed once, shown by every report."""

from backlint.health.diagnosis import Said, diagnose
from backlint.health.health import (
    Action,
    AgeGroup,
    Ages,
    Change,
    Grade,
    Health,
    Loss,
    NextItem,
    Point,
    Reading,
    RuleHealth,
    Run,
    Runway,
    Tile,
    Tone,
    Unsaid,
    Week,
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
    "Point",
    "Reading",
    "RuleHealth",
    "Run",
    "Runway",
    "Said",
    "Tile",
    "Tone",
    "Unsaid",
    "Week",
    "diagnose",
]
