"""A time of day, and the days that have it: `02:40`, `02:40 mon-fri`, or a line of cron.

Weekdays are as cron has them: names, or numbers from 0 (Sunday) to 6, and 7 is Sunday, too. Where a line restricts both
the day of the month and the weekday, either is enough, as in every cron since Unix Version 7.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache

NEVER, NIGHTLY = "never", "nightly"

NICKNAMES: Mapping[str, str] = {
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)

WANTED = (
    'expected a time of day such as "02:40", "02:40 mon-fri", a line of cron such as "40 2 * * mon-fri", or "never"'
)

LEAP_CYCLE = 366 * 8 + 1
"""So many days hold every date there is, across a century without a leap year."""

START = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class When:
    """One time of day on some days. A job has one occasion a day, so a line of cron names one minute of one hour."""

    time: time
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    is_either: bool

    @classmethod
    @lru_cache(maxsize=1024)
    def of(cls, text: str) -> "When":
        """Read it. Raises `ValueError`, which says what was expected."""
        words = NICKNAMES.get(text.strip().lower(), text).lower().split()
        if words[:1] and words[0].startswith("@"):
            raise ValueError(f"there is no {words[0]} here, as a job runs once a day at most; {WANTED}")
        if len(words) in {1, 2} and CLOCK.fullmatch(words[0]):
            hour, minute = words[0].split(":")
            words = [minute, hour, "*", "*", *(words[1:] or ["*"])]
        if len(words) != 5:  # noqa: PLR2004 - cron has five
            raise ValueError(WANTED)
        made = cls._of_fields(*words)
        if not any(made.is_on(START + timedelta(days=n)) for n in range(LEAP_CYCLE)):
            raise ValueError("there is no such day")
        return made

    @classmethod
    def _of_fields(cls, minute: str, hour: str, days: str, months: str, weekdays: str) -> "When":
        return cls(
            time(_one(hour, "hour", 23), _one(minute, "minute", 59)),
            frozenset(_many(days, "day of the month", 1, 31)),
            frozenset(_many(months, "month", 1, 12, MONTHS)),
            frozenset(number % 7 for number in _many(weekdays, "weekday", 0, 7, WEEKDAYS)),
            is_either=not days.startswith("*") and not weekdays.startswith("*"),
        )

    def is_on(self, day: date) -> bool:
        """Whether that day has it."""
        by_date, by_weekday = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return day.month in self.months and (by_date or by_weekday if self.is_either else by_date and by_weekday)


def checked(text: str) -> str:
    """The text, if it can be read. Raises `ValueError`."""
    if text.strip().lower() != NEVER:
        When.of(text)
    return text


def checked_or_nightly(text: str) -> str:
    """The same, where it may also be done with the nightly job."""
    return text if text.strip().lower() == NIGHTLY else checked(text)


def when(text: str) -> When | None:
    """What the text says; `None` for never, and for what has no time of its own."""
    return None if text.strip().lower() in {NEVER, NIGHTLY} else When.of(text)


def _one(text: str, what: str, most: int) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f'a job runs once a day at most, so the {what} must be one number, and not "{text}"; {WANTED}')
    return _bounded(int(text), text, what, 0, most)


def _many(text: str, what: str, least: int, most: int, names: Sequence[str] = ()) -> set[int]:
    return {number for part in text.split(",") for number in _part(part, what, least, most, names)}


def _part(text: str, what: str, least: int, most: int, names: Sequence[str]) -> range | list[int]:
    span, slash, step = text.partition("/")
    if slash and not (step.isascii() and step.isdigit() and int(step)):
        raise ValueError(f'"{text}": after the stroke stands a number of {what}s')
    stride = int(step) if slash else 1
    if span == "*":
        return range(least, (6 if names is WEEKDAYS else most) + 1, stride)
    first, dash, last = span.partition("-")
    begin = _number(first, what, least, most, names)
    if not dash:
        return range(begin, most + 1, stride) if slash else [begin]
    end = _number(last, what, least, most, names)
    if end >= begin:
        return range(begin, end + 1, stride)
    if names is not WEEKDAYS:
        raise ValueError(f'"{text}": the first {what} must come before the second')
    return range(begin, end + 8, stride)  # fri-mon goes over the end of the week


def _number(text: str, what: str, least: int, most: int, names: Sequence[str]) -> int:
    if text in names:
        return names.index(text) + least
    if not (text.isascii() and text.isdigit()):
        known = f", or {names[0]} to {names[-1]}" if names else ""
        raise ValueError(f'"{text}" is no {what}: expected {least} to {most}{known}')
    return _bounded(int(text), text, what, least, most)


def _bounded(number: int, text: str, what: str, least: int, most: int) -> int:
    if not least <= number <= most:
        raise ValueError(f'"{text}" is no {what}: expected {least} to {most}')
    return number
