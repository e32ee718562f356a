"""The trackers, and the file: one file each, found by its name."""
