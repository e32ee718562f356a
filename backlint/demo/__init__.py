"""The demo: the backlogs of two invented teams, through the real connectors, without a network."""
