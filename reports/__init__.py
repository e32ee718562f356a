"""The reports, one file each, found by its name."""
