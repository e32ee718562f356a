"""How long GitHub asks to wait: never earlier than told, never a negative time, and no wait where it is no limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.connectors.github.limits import UNSAID, pause
from backlint.transport import Answer, Json
from tests.connectors.github.harness import NOW

SECONDARY: Json = {"message": "You have exceeded a secondary rate limit."}


def answer(status: int, body: Json = None, **headers: str) -> Answer:
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, body, "https://x")


@pytest.mark.parametrize(
    ("told", "waits"),
    [
        (answer(200), None),
        (answer(200, x_ratelimit_remaining="0"), None),
        (answer(404, SECONDARY), None),
        (answer(403, {"message": "Resource not accessible by integration"}), None),
        (answer(403, {"message": "Resource not accessible"}, x_ratelimit_remaining="4999"), None),
        (answer(403, SECONDARY), UNSAID),
        (answer(403, SECONDARY, retry_after="72"), 72),
        (answer(429), UNSAID),
        (answer(429, retry_after="-5"), 0),
        (answer(429, retry_after="soon"), UNSAID),
        (answer(403, x_ratelimit_remaining="0", x_ratelimit_reset=str(int(NOW.timestamp()) + 60)), 61),
        (answer(403, x_ratelimit_remaining="0", x_ratelimit_reset="0"), 1),
        (answer(403, x_ratelimit_remaining="0"), UNSAID),
        (answer(403, x_ratelimit_remaining="0", x_ratelimit_reset="never"), UNSAID),
        (answer(200, {"errors": [{"type": "RATE_LIMITED"}]}, x_ratelimit_remaining="12"), UNSAID),
        (answer(200, {"errors": [{"type": "NOT_FOUND", "message": "no"}], "data": {}}), None),
        (answer(200, [{"message": "secondary rate limit"}]), None),
    ],
)
def test_what_is_a_limit(told: Answer, waits: float | None) -> None:
    assert pause(told, NOW) == waits


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["errors", "message", "type"]), inner),
    max_leaves=8,
)
HEADERS = st.dictionaries(
    st.sampled_from(["retry-after", "x-ratelimit-remaining", "x-ratelimit-reset"]),
    st.sampled_from(["0", "-1", "1e9", "nan", "", "Fri, 22 Nov 2030 08:00:00 GMT", "x"]),
)


@given(st.sampled_from([200, 403, 404, 429, 500]), HEADERS, JSON)
def test_no_answer_makes_it_wait_a_negative_time(status: int, headers: dict[str, str], body: Json) -> None:
    waits = pause(Answer(status, headers, body, "https://x"), NOW)
    assert waits is None or waits >= 0
