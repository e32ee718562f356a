"""Wake up when something may be due, ask the store what is, and see it done.

    schedule = Schedule(config, here(clock, tell, is_stopped, new_holder()), clock, tell_trouble)
    async with schedule:               # asks at once: what was missed while nobody served is done now
        await told_to_stop
    await schedule.ended(grace)        # no new job is begun; those that are under way may end

There are three occasions to ask: the start, each slot of the calendar, and a slow tick. The tick alone would do; it is
what finds a sprint that comes near, a retry, a lease that ran out, and the morning after the machine slept.
"""

import asyncio
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from backlint.app.fulfilling import IsStopped, fulfil, waiting
from backlint.app.jobs import JobDone, timetable_of
from backlint.config import Config, Team
from backlint.errors import BacklintError
from backlint.schedule.alarm import Alarm, Due
from backlint.timetable import Job, Slot, upcoming
from backlint.transport import Clock

TICK = 60
"""Seconds between two times that we ask without a reason."""

MISSED = 5
"""Ticks without our asking, after which something is wrong with us."""

AT_ONCE = 2
"""Teams whose jobs are done side by side: more would only wait for one database, and for the trackers' limits."""

HandOver = Callable[[Config, Team, Slot], None]
"""Sees to a slot: does it here, or gives it to a queue. It blocks, and may be asked for the same slot again."""

Tell = Callable[[JobDone], None]
OnTrouble = Callable[[str], None]


def here(clock: Clock, tell: Tell, is_stopped: IsStopped, holder: str) -> HandOver:
    """Do the jobs in this process, which the store knows as `holder`."""

    def do(config: Config, team: Team, slot: Slot) -> None:
        done = fulfil(config, team, slot, clock=clock, is_stopped=is_stopped, holder=holder)
        if done:
            tell(done)

    return do


class Schedule:
    """The jobs of all teams of a configuration."""

    def __init__(self, config: Config, hand_over: HandOver, clock: Clock, on_trouble: OnTrouble) -> None:
        self._config, self._hand_over, self._clock, self._on_trouble = config, hand_over, clock, on_trouble
        self._alarm = Alarm(self.ask, TICK)
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._is_ending = False
        self._asked = clock.monotonic()

    async def __aenter__(self) -> Self:
        self._alarm.start()
        self.use(self._config)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_ending = True
        self._alarm.stop()

    def use(self, config: Config) -> None:
        """Go by another configuration from now on. Jobs that are under way end as they began."""
        self._config = config
        self._alarm.set(
            [Due(timetable_of(team), team.name, team.settings.time_zone, job) for team in config.teams for job in Job]
        )

    @property
    def config(self) -> Config:
        """What is gone by."""
        return self._config

    @property
    def is_alive(self) -> bool:
        """Whether somebody still asks what is due."""
        return not self._is_ending and self._clock.monotonic() - self._asked < MISSED * TICK

    def upcoming(self) -> tuple[tuple[Team, Slot], ...]:
        """What comes next by the calendar, for each team and job, the earliest first."""
        now = self._clock.now()
        found = [
            (team, slot)
            for team in self._config.teams
            for job in Job
            if (slot := upcoming(timetable_of(team), team.name, team.settings.time_zone, job, now))
        ]
        return tuple(sorted(found, key=lambda it: it[1]))

    async def ask(self) -> None:
        """See to everything that is due. One job of a team at a time; what has to wait is found by the next tick."""
        if self._is_ending:
            return
        config, self._asked = self._config, self._clock.monotonic()
        try:
            found = await asyncio.to_thread(waiting, config, config.teams, self._clock.now())
        except BacklintError as error:
            self._on_trouble(str(error))
            return
        for team, slots in found:
            if team.name not in self._busy and not self._is_ending:
                self._busy[team.name] = asyncio.create_task(self._see_to(config, team, slots))

    async def _see_to(self, config: Config, team: Team, slots: Sequence[Slot]) -> None:
        try:
            async with self._turn:
                for slot in slots:
                    if not self._is_ending:
                        await asyncio.to_thread(self._hand_over, config, team, slot)
        except BacklintError as error:
            self._on_trouble(f"{team.name}: {error}")
        finally:
            del self._busy[team.name]

    async def ended(self, grace: float) -> bool:
        """Wait so many seconds for the jobs that are under way; whether all came to an end."""
        under_way = set(self._busy.values())
        if not under_way:
            return True
        _, left = await asyncio.wait(under_way, timeout=grace)
        return not left
