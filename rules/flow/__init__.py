"""The backlog as a whole."""
