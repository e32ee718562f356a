"""What a team asked for: files, variables and flags, read into one checked configuration."""

from backlint.config.config import Config, Team
from backlint.config.hidden import secrets_of
from backlint.config.loading import Surroundings, load
from backlint.config.overrides import Match, Override
from backlint.config.revealing import ask_program
from backlint.config.selection import Decision, Selection
from backlint.config.settings import Settings, TeamSettings

__all__ = [
    "Config",
    "Decision",
    "Match",
    "Override",
    "Selection",
    "Settings",
    "Surroundings",
    "Team",
    "TeamSettings",
    "ask_program",
    "load",
    "secrets_of",
]
