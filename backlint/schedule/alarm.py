"""What wakes us: APScheduler, by our own timetable.

Its own cron trigger is not used: there 0 is Monday, an hour that comes twice fires twice, and one that does not exist
fires at a time that is not there. Nor is its job store: two processes may not share one.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
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
    """Calls `ask` at once, at each slot, and every so many seconds, whatever the clock on the wall does meanwhile."""

    def __init__(self, ask: Ask, tick: float) -> None:
        self._ask, self._tick, self._is_changed = ask, tick, asyncio.Event()
        settings = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = cast(_Scheduler, AsyncIOScheduler(timezone=UTC, job_defaults=settings))

    def start(self) -> None:
        """Begin, on the running loop."""
        self._scheduler.start()
        self._asking = asyncio.create_task(self._keep_asking())

    def stop(self) -> None:
        """Call no more."""
        self._asking.cancel()
        self._scheduler.shutdown(wait=False)

    def set(self, slots: Iterable[Due]) -> None:
        """Go by these from now on."""
        self._scheduler.remove_all_jobs()
        for due in slots:
            self._scheduler.add_job(self._ask, due)
        self._is_changed.set()

    async def _keep_asking(self) -> None:
        """Not by APScheduler, which waits for a time of day: a clock that is set back would keep it for as long."""
        while True:
            self._is_changed.clear()
            try:
                await self._ask()
            except Exception:
                logging.getLogger(__name__).exception("It could not be asked what is due.")
            with suppress(TimeoutError):
                async with asyncio.timeout(self._tick):
                    await self._is_changed.wait()
