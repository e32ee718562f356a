from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from hypothesis import given
from hypothesis import strategies as st

from backlint.transport.pauses import LONGEST_BACK_OFF, back_off, retry_after

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@given(st.text(max_size=40))
def test_whatever_is_said_gives_a_wait_or_none(said: str) -> None:
    wait = retry_after({"retry-after": said}, NOW)
    assert wait is None or wait >= 0


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_a_date_is_as_far_as_it_is(seconds: int) -> None:
    said = format_datetime(NOW + timedelta(seconds=seconds))
    assert retry_after({"retry-after": said}, NOW) == max(seconds, 0)


@given(st.integers(min_value=1, max_value=50), st.floats(min_value=0, max_value=1))
def test_backing_off_grows_to_a_bound(attempt: int, jitter: float) -> None:
    assert back_off(1, 0) <= back_off(attempt, jitter) <= LONGEST_BACK_OFF * 1.5


def test_a_date_without_a_zone_is_meant_as_utc() -> None:
    assert retry_after({"retry-after": "Sun, 22 Nov 2026 08:00:30 -0000"}, NOW) == 30
    assert retry_after({"retry-after": "Sun, 22 Nov 2026 09:00:30 +0100"}, NOW) == 30
