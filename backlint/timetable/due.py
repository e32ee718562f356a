"""What is due now, and what comes next."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from hashlib import blake2s
from itertools import groupby
from zoneinfo import ZoneInfo

from backlint.model import Sprint, SprintState
from backlint.timetable.moments import local_date, moment
from backlint.timetable.slot import Job, Slot
from backlint.timetable.timetable import Timetable
from backlint.timetable.when import LEAP_CYCLE, When, when

DAY = timedelta(days=1)

Done = Collection[tuple[Job, str]]
"""The slots that need no more doing: job and name."""


def due(
    timetable: Timetable,
    team: str,
    zone: str,
    now: datetime,
    done: Done = frozenset(),
    *,
    sprints: Iterable[Sprint] = (),
) -> tuple[Slot, ...]:
    """The slots that a team's jobs are waiting in, earliest first.

    Of the dates of a job only the newest counts: three nights that were slept through are one job, and a night that
    was missed longer ago than `late_hours` is none.
    """
    there = ZoneInfo(zone)
    if timetable.is_blacked_out(local_date(now, there)):
        return ()
    by_date = (_newest(timetable, team, there, job, now) for job in Job)
    by_sprint = _plannings(timetable, there, now, done, sprints)
    slots = (*(slot for slot in by_date if slot), *by_sprint)
    return tuple(sorted(slot for slot in slots if (slot.job, slot.name) not in done))


def upcoming(timetable: Timetable, team: str, zone: str, job: Job, after: datetime) -> Slot | None:
    """The first slot of a job after a moment, by the calendar; `None` if there is none."""
    there = ZoneInfo(zone)
    first = local_date(after, there) - 2 * DAY
    days = (first + n * DAY for n in range(LEAP_CYCLE))
    return next((slot for slot in _slots(timetable, team, there, job, days) if slot.at > after), None)


def _newest(timetable: Timetable, team: str, zone: ZoneInfo, job: Job, now: datetime) -> Slot | None:
    late = timedelta(hours=timetable.late_hours)
    today, oldest = local_date(now, zone), local_date(now - late, zone) - 2 * DAY
    days = (today - n * DAY for n in range((today - oldest).days + 1))
    newest = next((slot for slot in _slots(timetable, team, zone, job, days) if slot.at <= now), None)
    return newest if newest and now - newest.at < late else None


def _slots(timetable: Timetable, team: str, zone: ZoneInfo, job: Job, days: Iterable[date]) -> Iterator[Slot]:
    """The slots of those of the days that have one, in the order of the days."""
    wanted = when(_written(timetable, job))
    for day in days if wanted else ():
        at = _at(wanted, day, zone) if wanted else None
        if at and not timetable.is_blacked_out(day):
            yield Slot.of_day(job, day, at + _jitter(timetable, team, job, day))


def _at(wanted: When, day: date, zone: ZoneInfo) -> datetime | None:
    return moment(day, wanted.time, zone) if wanted.is_on(day) else None


def _written(timetable: Timetable, job: Job) -> str:
    match job:
        case Job.NIGHTLY:
            return timetable.nightly
        case Job.PLANNING:
            return timetable.planning
        case Job.BOT:
            return timetable.bot


def _jitter(timetable: Timetable, team: str, job: Job, day: date) -> timedelta:
    """The same for the same slot, wherever and however often it is asked."""
    drawn = int.from_bytes(blake2s(f"{team}\n{job}\n{day}".encode(), digest_size=8).digest())
    return timedelta(seconds=drawn % (60 * timetable.jitter_minutes + 1))


def _plannings(
    timetable: Timetable, zone: ZoneInfo, now: datetime, done: Done, sprints: Iterable[Sprint]
) -> Iterator[Slot]:
    """A slot for the sprints that start on one day: several boards are one planning, done once.

    A sprint whose day came and that nobody started is still to be planned, for as long as any job may be late.
    """
    if timetable.planning_hours is None:
        return
    before, late = timedelta(hours=timetable.planning_hours), timedelta(hours=timetable.late_hours)
    coming = sorted(
        (sprint.start, sprint.id, sprint.state) for sprint in sprints if sprint.start and sprint.start + late > now
    )
    for _, together in groupby(coming, key=lambda it: local_date(it[0], zone)):
        group = list(together)
        waiting = [(start, sprint) for start, sprint, state in group if state is SprintState.FUTURE]
        is_done = any((Job.PLANNING, Slot.of_sprint(sprint, start).name) in done for start, sprint, _ in group)
        if waiting and not is_done:
            start, sprint = waiting[0]
            slot = Slot.of_sprint(sprint, start - before)
            if slot.at <= now and not timetable.is_blacked_out(local_date(slot.at, zone)):
                yield slot
