"""What is due: once for each date or sprint, not too late, and never on a day off."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.model import Sprint, SprintState
from backlint.timetable import Job, Slot, Timetable, due, upcoming
from backlint.timetable.due import Done
from backlint.timetable.moments import moment

BERLIN = "Europe/Berlin"


def at(text: str, zone: str = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def table(**settings: object) -> Timetable:
    return Timetable.model_validate({"nightly": "02:40", **settings})


def names(
    timetable: Timetable, now: datetime, done: Done = frozenset(), *, sprints: Iterable[Sprint] = ()
) -> list[str]:
    return [f"{it.job} {it.name}" for it in due(timetable, "Shop", BERLIN, now, done, sprints=sprints)]


def finished(*days: str, job: Job = Job.NIGHTLY) -> frozenset[tuple[Job, str]]:
    return frozenset((job, day) for day in days)


def test_a_job_is_due_from_its_time_on_until_it_is_done() -> None:
    assert names(table(), at("2026-11-22 02:39"), finished("2026-11-21")) == []
    assert names(table(), at("2026-11-22 02:40"), finished("2026-11-21")) == ["nightly 2026-11-22"]
    assert names(table(), at("2026-11-22 09:00")) == ["nightly 2026-11-22"]
    assert names(table(), at("2026-11-22 02:41"), finished("2026-11-22")) == []


def test_nights_that_were_slept_through_are_one_job() -> None:
    assert names(table(late_hours=168), at("2026-11-22 09:00"), finished("2026-11-16")) == ["nightly 2026-11-22"]


def test_what_was_missed_too_long_ago_is_left() -> None:
    assert names(table(late_hours=6), at("2026-11-22 08:39")) == ["nightly 2026-11-22"]
    assert names(table(late_hours=6), at("2026-11-22 08:40")) == []


def test_an_older_slot_is_not_due_after_a_newer_one_was_done() -> None:
    assert names(table(late_hours=168), at("2026-11-22 09:00"), finished("2026-11-22")) == []


def test_a_clock_that_goes_back_finds_what_was_done() -> None:
    assert names(table(), at("2026-11-22 01:00"), finished("2026-11-21", "2026-11-22", "2026-11-23")) == []
    assert names(table(), at("2026-11-22 03:00"), finished("2027-11-22")) == ["nightly 2026-11-22"]


def test_a_time_that_is_changed_after_the_job_makes_no_second_one() -> None:
    assert names(table(nightly="05:30"), at("2026-11-22 06:00"), finished("2026-11-22")) == []


def test_the_hour_that_comes_twice() -> None:
    first, second = (datetime(2026, 10, 25, 2, 45, fold=fold, tzinfo=ZoneInfo(BERLIN)) for fold in (0, 1))
    assert names(table(), first) == ["nightly 2026-10-25"]
    assert names(table(), second, finished("2026-10-25")) == []


def test_the_hour_that_does_not_exist() -> None:
    done = finished("2026-03-28")
    assert names(table(), at("2026-03-29 01:59"), done) == []
    assert names(table(), at("2026-03-29 03:39"), done) == []
    assert names(table(), at("2026-03-29 03:40"), done) == ["nightly 2026-03-29"]


def test_a_day_off() -> None:
    off = table(blackout=[date(2026, 12, 24), "2026-12-31..2027-01-01"], late_hours=168)
    before, after = finished("2026-12-23"), finished("2026-12-30")
    assert names(off, at("2026-12-24 12:00"), before) == []
    assert names(off, at("2026-12-25 01:00"), before) == []
    assert names(off, at("2026-12-25 03:00"), before) == ["nightly 2026-12-25"]
    assert names(off, at("2027-01-02 01:00"), after) == []
    assert names(off, at("2027-01-02 02:40"), after) == ["nightly 2027-01-02"]


def test_what_was_missed_before_a_day_off_waits_for_the_day_after() -> None:
    off = table(blackout=["2026-12-24"], late_hours=48)
    assert names(off, at("2026-12-24 09:00")) == []
    assert names(off, at("2026-12-25 01:00")) == ["nightly 2026-12-23"]


@pytest.mark.parametrize("days", ["christmas", "2026-12-24..", "2027-01-06..2026-12-24"])
def test_a_day_off_that_is_none(days: str) -> None:
    with pytest.raises(ValueError, match=r"expected a date|must come before"):
        table(blackout=[days])


@given(st.text(max_size=9), st.dates(date(2000, 1, 1), date(2037, 1, 1)), st.integers(0, 240))
def test_jitter_is_the_same_for_the_same_slot_and_never_too_much(team: str, day: date, minutes: int) -> None:
    now = datetime.combine(day, datetime.min.time(), UTC)
    plain, late = table(), table(jitter_minutes=minutes)
    slots = [upcoming(each, team, "UTC", Job.NIGHTLY, now) for each in (plain, late, late)]
    assert all(slots)
    first, second, again = (slot for slot in slots if slot)
    assert second == again
    assert first.name == second.name
    assert timedelta() <= second.at - first.at <= timedelta(minutes=minutes)


def test_teams_do_not_all_begin_at_once() -> None:
    times = {
        slot.at
        for n in range(50)
        if (slot := upcoming(table(jitter_minutes=60), f"team {n}", "UTC", Job.NIGHTLY, at("2026-11-22 00:00")))
    }
    assert len(times) > 45


def test_what_comes_next() -> None:
    now = at("2026-11-22 12:00")
    assert upcoming(table(), "Shop", BERLIN, Job.NIGHTLY, now) == Slot(
        at("2026-11-23 02:40"), Job.NIGHTLY, "2026-11-23"
    )
    assert upcoming(table(nightly="never"), "Shop", BERLIN, Job.NIGHTLY, now) is None
    leap = upcoming(table(nightly="40 2 29 2 *"), "Shop", BERLIN, Job.NIGHTLY, now)
    assert leap
    assert leap.name == "2028-02-29"


def test_each_job_has_its_own_time() -> None:
    all_of_them = table(planning="30 8 * * mon", bot="09:00 mon-fri")
    monday = at("2026-11-23 10:00")
    assert names(all_of_them, monday) == ["nightly 2026-11-23", "planning 2026-11-23", "bot 2026-11-23"]
    assert names(all_of_them, monday, finished("2026-11-23")) == ["planning 2026-11-23", "bot 2026-11-23"]


def test_a_bot_that_comes_with_the_night_has_no_time_of_its_own() -> None:
    with_night = table(bot="Nightly")
    assert with_night.is_bot_nightly
    assert names(with_night, at("2026-11-22 09:00")) == ["nightly 2026-11-22"]
    with pytest.raises(ValueError, match="expected a time of day"):
        table(nightly="nightly")


ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kolkata", "Pacific/Apia")
WAKES = st.lists(st.timedeltas(timedelta(minutes=1), timedelta(hours=30)), min_size=20, max_size=60)


@given(
    st.sampled_from(ZONES), st.dates(date(2011, 1, 1), date(2030, 1, 1)), st.times(), st.sampled_from((3, 20)), WAKES
)
def test_whoever_wakes_in_time_does_each_date_once_and_nobody_does_one_too_late(
    zone: str, first: date, at: time, late: int, wakes: list[timedelta]
) -> None:
    """A server that is restarted at random moments, against what the dates of its time promise."""
    there, timetable = ZoneInfo(zone), table(nightly=f"{at:%H:%M}", late_hours=late)
    now, done, awake = datetime.combine(first, time.min, UTC), dict[tuple[Job, str], datetime](), list[datetime]()
    for slept in wakes:
        now += slept
        awake.append(now)
        for slot in due(timetable, "Shop", zone, now, done):
            assert (slot.job, slot.name) not in done
            done[slot.job, slot.name] = now
    days = [first + timedelta(days=n) for n in range(-2, (now.date() - first).days + 3)]
    moments = [(day, begin) for day in days if (begin := moment(day, at.replace(second=0, microsecond=0), there))]
    for (day, begin), (_, following) in pairwise(moments):
        end = min(begin + timedelta(hours=late), following)
        expected = next((each for each in awake if begin <= each < end), None)
        assert done.get((Job.NIGHTLY, day.isoformat())) == expected


# Before a sprint

BEFORE = table(nightly="never", planning_hours=3)


def sprint(name: str, start: str | None, state: SprintState = SprintState.FUTURE) -> Sprint:
    return Sprint(id=name, name=f"Sprint {name}", state=state, start=at(start) if start else None)


def planned(*sprints: str) -> frozenset[tuple[Job, str]]:
    return finished(*(f"sprint {each}" for each in sprints), job=Job.PLANNING)


def test_planning_is_due_so_many_hours_before_a_sprint_starts() -> None:
    coming = [sprint("7", "2026-11-23 10:00"), sprint("8", "2026-12-07 10:00"), sprint("9", None)]
    assert names(BEFORE, at("2026-11-23 06:59"), sprints=coming) == []
    assert names(BEFORE, at("2026-11-23 07:00"), sprints=coming) == ["planning sprint 7"]
    assert names(BEFORE, at("2026-11-23 08:00"), planned("7"), sprints=coming) == []


def test_a_sprint_that_moved_is_due_when_it_starts_now() -> None:
    assert names(BEFORE, at("2026-11-23 08:00"), sprints=[sprint("7", "2026-11-24 10:00")]) == []
    assert names(BEFORE, at("2026-11-24 08:00"), sprints=[sprint("7", "2026-11-24 10:00")]) == ["planning sprint 7"]
    assert names(BEFORE, at("2026-11-24 08:00"), planned("7"), sprints=[sprint("7", "2026-11-24 10:00")]) == []


def test_a_sprint_that_nobody_started_on_its_day_is_still_to_be_planned() -> None:
    late = [sprint("7", "2026-11-23 10:00")]
    assert names(BEFORE, at("2026-11-23 12:00"), sprints=late) == ["planning sprint 7"]
    assert names(BEFORE, at("2026-11-24 06:00"), sprints=late) == []
    assert names(BEFORE, at("2026-11-23 09:00"), sprints=[sprint("7", "2026-11-23 10:00", SprintState.ACTIVE)]) == []


def test_two_boards_that_start_on_one_day_are_one_planning() -> None:
    both = [sprint("8", "2026-11-23 11:00"), sprint("7", "2026-11-23 10:00")]
    assert names(BEFORE, at("2026-11-23 09:00"), sprints=both) == ["planning sprint 7"]
    assert names(BEFORE, at("2026-11-23 09:00"), planned("7"), sprints=both) == []
    started = [sprint("8", "2026-11-23 11:00"), sprint("7", "2026-11-23 10:00", SprintState.ACTIVE)]
    assert names(BEFORE, at("2026-11-23 10:30"), planned("7"), sprints=started) == []


def test_no_planning_on_a_day_off() -> None:
    off = table(nightly="never", planning_hours=3, blackout=["2026-11-23"])
    assert names(off, at("2026-11-23 09:00"), sprints=[sprint("7", "2026-11-23 10:00")]) == []


def test_without_hours_sprints_are_no_occasion() -> None:
    assert names(table(nightly="never"), at("2026-11-23 09:00"), sprints=[sprint("7", "2026-11-23 10:00")]) == []
