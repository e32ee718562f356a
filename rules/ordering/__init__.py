"""The top must be the most valuable, the most urgent and the most clearly defined."""
