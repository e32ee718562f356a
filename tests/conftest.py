"""What holds for every test."""

from hypothesis import settings

# Machines differ in speed, and a test is never timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
