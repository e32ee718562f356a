"""A time of day and its days, as people write them."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.timetable import When

MONDAY = date(2026, 11, 23)
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def days(text: str) -> list[str]:
    """The days of a week, from Monday, that have it."""
    return [name for n, name in enumerate(WEEK) if When.of(text).is_on(MONDAY + timedelta(days=n))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("02:40", WEEK),
        ("2:40", WEEK),
        ("40 2 * * *", WEEK),
        ("40 02 * * *", WEEK),
        ("02:40 mon-fri", WEEK[:5]),
        ("40 2 * * 1-5", WEEK[:5]),
        ("40 2 * * MON-FRI", WEEK[:5]),
        ("40 2 * * 0", ["sun"]),
        ("40 2 * * 7", ["sun"]),
        ("40 2 * * 5-7", ["fri", "sat", "sun"]),
        ("40 2 * * sat-sun", ["sat", "sun"]),
        ("40 2 * * fri-mon", ["mon", "fri", "sat", "sun"]),
        ("40 2 * * 0-7", WEEK),
        ("40 2 * * mon,wed,fri", ["mon", "wed", "fri"]),
        ("40 2 * * */2", ["tue", "thu", "sat", "sun"]),
        ("40 2 * * 1-5/2", ["mon", "wed", "fri"]),
        ("40 2 24 * *", ["tue"]),
        ("40 2 24 * mon", ["mon", "tue"]),
        ("40 2 */2 * mon", ["mon"]),
        ("40 2 23-25 11 *", ["mon", "tue", "wed"]),
        ("40 2 * jan *", []),
        ("40 2 * nov-dec *", WEEK),
    ],
)
def test_the_days(text: str, expected: list[str]) -> None:
    assert days(text) == expected
    assert When.of(text).time == time(2, 40)


@pytest.mark.parametrize(("nickname", "meant"), [("@daily", "00:00"), ("@midnight", "00:00"), ("@Weekly", "00:00 sun")])
def test_nicknames(nickname: str, meant: str) -> None:
    assert days(nickname) == days(meant)
    assert When.of(nickname).time == time.min


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", 'expected a time of day such as "02:40"'),
        ("midnight", 'expected a time of day such as "02:40"'),
        ("24:00", '"24" is no hour: expected 0 to 23'),
        ("02:60", '"60" is no minute: expected 0 to 59'),
        ("40 2 * *", "expected a time of day"),
        ("0 40 2 * * *", "expected a time of day"),
        ("@hourly", "there is no @hourly here, as a job runs once a day at most"),
        ("@reboot", "there is no @reboot here"),
        ("*/5 3 * * *", 'the minute must be one number, and not "*/5"'),
        ("0 2,14 * * *", 'the hour must be one number, and not "2,14"'),
        ("40 2 * * 8", '"8" is no weekday: expected 0 to 7'),
        ("40 2 * * montag", '"montag" is no weekday: expected 0 to 7, or sun to sat'),
        ("40 2 0 * *", '"0" is no day of the month: expected 1 to 31'),
        ("40 2 * 13 *", '"13" is no month'),
        ("40 2 10-5 * *", "the first day of the month must come before the second"),
        ("40 2 * * */0", "after the stroke stands a number"),
        ("40 2 L * *", '"l" is no day of the month'),
        ("40 2 30 2 *", "there is no such day"),
        ("٢:40", 'expected a time of day such as "02:40"'),
    ],
)
def test_what_cannot_be_read(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=r".+") as said:
        When.of(text)
    assert why in str(said.value)


def test_a_leap_day_is_a_day() -> None:
    assert When.of("40 2 29 2 *").is_on(date(2028, 2, 29))


@given(st.integers(0, 7), st.dates())
def test_sunday_is_0_and_7_and_monday_never_0(number: int, day: date) -> None:
    assert When.of(f"0 3 * * {number}").is_on(day) == (day.isoweekday() % 7 == number % 7)
