"""Local dates on a clock that never jumps."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.timetable.moments import local_date, moment

ZONES = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"}))


@pytest.mark.parametrize(
    ("zone", "day", "at", "in_utc"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), "2026-03-29T01:30"),  # there is no 02:30: it is 03:30
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25T00:30"),  # the first of two
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:45"),  # half an hour is left out
        ("America/Nuuk", date(2025, 3, 29), time(23, 30), "2025-03-30T01:30"),  # the hour before midnight is left out
        ("Africa/Cairo", date(2026, 4, 24), time(0, 30), "2026-04-23T22:30"),  # the hour after midnight is left out
        ("Asia/Kolkata", date(2026, 6, 1), time(2, 30), "2026-05-31T21:00"),
    ],
)
def test_the_moment(zone: str, day: date, at: time, in_utc: str) -> None:
    assert moment(day, at, ZoneInfo(zone)) == datetime.fromisoformat(in_utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kwajalein", date(1993, 8, 21))]
)
def test_a_day_that_was_left_out(zone: str, day: date) -> None:
    assert moment(day, time(2, 30), ZoneInfo(zone)) is None
    assert moment(day - timedelta(days=1), time(2, 30), ZoneInfo(zone))


@given(ZONES, st.dates(date(1990, 1, 1), date(2037, 12, 31)), st.times())
def test_every_day_has_its_moment_and_days_keep_their_order(zone: str, day: date, at: time) -> None:
    there = ZoneInfo(zone)
    found = [each for n in range(3) if (each := moment(day + timedelta(days=n), at, there))]
    assert len(found) >= 2  # no zone ever left out two days
    assert found == sorted(set(found))
    if first := moment(day, at, there):
        assert local_date(first, there) in {day, day + timedelta(days=1)}
