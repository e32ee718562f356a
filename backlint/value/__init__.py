"""What an item is worth: the frameworks' formulas and scales, and scores that stand in a text or a label."""

from backlint.value.frameworks import (
    FRAMEWORKS,
    STEPS,
    Computed,
    Scale,
    computed,
    framework_in_use,
    level_of,
    out_of_scale,
    value,
)
from backlint.value.written import with_written_value

__all__ = [
    "FRAMEWORKS",
    "STEPS",
    "Computed",
    "Scale",
    "computed",
    "framework_in_use",
    "level_of",
    "out_of_scale",
    "value",
    "with_written_value",
]
