"""When APScheduler wakes us, by our own timetable.

Its own cron trigger is not used: there 0 is Monday, an hour that comes twice fires twice, and one that does not exist
fires at a time that is not there.
"""

from datetime import datetime

from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped] # it has no types

from backlint.timetable import Job, Timetable, upcoming


class Due(BaseTrigger):  # type: ignore[misc] # of no type
    """The slots of a team's job, one after the other."""

    def __init__(self, timetable: Timetable, team: str, zone: str, job: Job) -> None:
        self._timetable, self._team, self._zone, self._job = timetable, team, zone, job

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """The first slot after the last one, or after now; `None` ends the job."""
        slot = upcoming(self._timetable, self._team, self._zone, self._job, previous_fire_time or now)
        return slot.at if slot else None

    def __str__(self) -> str:
        """What APScheduler's log says of it."""
        return f"{self._job} of {self._team}"
