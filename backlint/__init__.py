"""The linter for product backlogs."""

__version__ = "0.1.0"
