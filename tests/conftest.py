"""What holds for every test."""

import os

from hypothesis import settings

from tests.postgres import postgres

__all__ = ["postgres"]

# Machines differ in speed, and a test is never timed. CI judges every change by the same examples; new ones are
# searched for where somebody can look at what was found.
settings.register_profile("untimed", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("untimed")
