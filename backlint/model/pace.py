"""How fast a team works: what bands are cut by, and what a forecast draws from."""

from dataclasses import dataclass
from datetime import timedelta

from backlint.model.words import Unit

TWO_WEEKS = timedelta(weeks=2)
"""How long a sprint is taken to be where the tracker knows none: the commonest length of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What the team finishes in a sprint, or in as long a time where it has no sprints.

    Attributes:
        per_sprint: What it finishes in a typical sprint (the median of `samples` where there are any).
        unit: What that counts; `ITEMS` where the team does not estimate.
        samples: What it finished in each of its last sprints, oldest first.
        sprint: How long a sprint is.
        origin: Where the figure comes from, for the reader: "the median of the last 6 sprints".
    """

    per_sprint: float
    unit: Unit = Unit.POINTS
    samples: tuple[float, ...] = ()
    sprint: timedelta = TWO_WEEKS
    origin: str = "this team's velocity"

    def __str__(self) -> str:
        """The words that a finding shows: `21 points a sprint`."""
        return f"{self.per_sprint:g} {self.unit.value} a sprint"
