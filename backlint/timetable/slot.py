"""The jobs, and one occasion of a job."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Job(StrEnum):
    """What is done by itself.

    `nightly` reads, checks and reports; `planning` says whether the team can plan; `bot` keeps the notes on items.
    """

    NIGHTLY = "nightly"
    PLANNING = "planning"
    BOT = "bot"


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One occasion: from `at` on it is due. `name` is what makes it that occasion: a local date, or a sprint."""

    at: datetime
    job: Job
    name: str

    @classmethod
    def of_day(cls, job: Job, day: date, at: datetime) -> "Slot":
        """The occasion of a local date."""
        return cls(at, job, day.isoformat())

    @classmethod
    def of_sprint(cls, sprint: str, at: datetime) -> "Slot":
        """The planning of a sprint, by its id: it may be moved and renamed."""
        return cls(at, Job.PLANNING, f"{SPRINT}{sprint}")

    @property
    def sprint(self) -> str | None:
        """The id of the sprint whose planning it is; `None` where it is a date's."""
        return self.name.removeprefix(SPRINT) if self.name.startswith(SPRINT) else None


SPRINT = "sprint "
