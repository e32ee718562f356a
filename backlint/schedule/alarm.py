"""What wakes us: APScheduler, by our own timetable.

Its own cron trigger is not used: there 0 is Monday, an hour that comes twice fires twice, and one that does not exist
fires at a time that is not there. Nor is its job store: two processes may not share one.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Protocol, cast

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped] # it has no types
from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped] # it has no types

from backlint.timetable import Job, Timetable, upcoming

Ask = Callable[[], Awaitable[None]]


class Due(BaseTrigger):  # type: ignore[misc] # it has no types
    """The slots of a team's job, one after the other."""

    def __init__(self, timetable: Timetable, team: str, zone: str, job: Job) -> None:
        self._timetable, self._team, self._zone, self._job = timetable, team, zone, job

    def get_next_fire_time(  # pyright: ignore[reportIncompatibleMethodOverride] - its docstring says the same
        self, previous_fire_time: datetime | None, now: datetime
    ) -> datetime | None:
        """The first slot after the last one, or after now; `None` ends the job."""
        slot = upcoming(self._timetable, self._team, self._zone, self._job, previous_fire_time or now)
        return slot.at if slot else None

    def __str__(self) -> str:
        """What APScheduler's log says of it."""
        return f"{self._job} of {self._team}"


class _Scheduler(Protocol):
    """What we use of APScheduler."""

    def start(self) -> None: ...
    def shutdown(self, wait: bool = True) -> None: ...
    def remove_all_jobs(self) -> None: ...
    def add_job(self, func: Ask, trigger: "Due | str", **settings: object) -> object: ...


class Alarm:
    """Calls `ask` at once, every so many seconds, and at each slot."""

    def __init__(self, ask: Ask, tick: float) -> None:
        self._ask, self._tick = ask, tick
        settings = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = cast(_Scheduler, AsyncIOScheduler(timezone=UTC, job_defaults=settings))

    def start(self) -> None:
        """Begin, on the running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Call no more."""
        self._scheduler.shutdown(wait=False)

    def set(self, slots: list[Due]) -> None:
        """Go by these from now on."""
        self._scheduler.remove_all_jobs()
        now = datetime.now(UTC)  # noqa: TID251 - APScheduler goes by the machine's own clock
        self._scheduler.add_job(self._ask, "interval", seconds=self._tick, next_run_time=now)
        for due in slots:
            self._scheduler.add_job(self._ask, due)
