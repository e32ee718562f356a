import asyncio
from datetime import timedelta
from email.utils import format_datetime

import httpx
import pytest
import respx

from backlint.errors import TrackerError
from backlint.example import NOW
from backlint.testing.clock import FakeClock
from backlint.transport import Answer, Gate
from backlint.transport.inprocess import Heard, HungUp, Reply
from backlint.transport.site import IN_FLIGHT, TRIES
from tests.transport.wires import BASE, FINE, Counting, Silent, Tracker, ask, letting_in, read, reply, send, site


def hangs_up(_: Heard) -> Reply:
    raise HungUp


def test_paths_are_joined_under_the_context_path() -> None:
    tracker = Tracker(FINE)
    assert read(tracker, "/items").body == {"fine": True}
    assert tracker.heard[0].url == f"{BASE}/items"
    assert tracker.heard[0].headers["authorization"] == "Bearer secret"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_asked_again(status: int) -> None:
    tracker = Tracker(reply(status), FINE)
    assert read(tracker).is_ok
    assert len(tracker.heard) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422])
def test_a_refusal_is_an_answer_and_is_not_repeated(status: int) -> None:
    tracker = Tracker(reply(status, {"why": "no"}))
    answer = read(tracker)
    assert (answer.status, answer.body) == (status, {"why": "no"})
    assert len(tracker.heard) == 1


def test_a_reading_post_is_repeated_like_a_get() -> None:
    tracker = Tracker(hangs_up, reply(502), FINE)
    assert ask(tracker).is_ok
    assert len(tracker.heard) == 3


@pytest.mark.parametrize("fault", [hangs_up, reply(500), reply(503, headers={"retry-after": "1"})])
def test_a_write_is_sent_once_and_never_again(fault: Reply) -> None:
    tracker = Tracker(fault, FINE)
    try:
        answer: Answer | None = send(tracker)
    except TrackerError:
        answer = None
    assert answer is None or not answer.is_ok
    assert len(tracker.heard) == 1


def test_it_gives_up_after_a_few_tries() -> None:
    tracker = Tracker(reply(502))
    with pytest.raises(TrackerError, match="502, 4 times") as raised:
        read(tracker)
    assert raised.value.retryable
    assert raised.value.status == 502
    assert len(tracker.heard) == TRIES


def test_waits_grow_between_tries() -> None:
    tracker = Tracker(reply(503))
    with pytest.raises(TrackerError):
        read(tracker)
    assert tracker.clock.slept == [1.0, 2.0, 4.0]


@pytest.mark.parametrize("status", [429, 503, 403])
def test_retry_after_in_seconds_is_a_floor(status: int) -> None:
    tracker = Tracker(reply(status, headers={"retry-after": "17"}), FINE)
    assert read(tracker).is_ok
    assert tracker.at[1] - tracker.at[0] >= 17


def test_retry_after_as_a_date_is_a_floor() -> None:
    tracker = Tracker(reply(429, headers={"retry-after": format_datetime(NOW + timedelta(seconds=40))}), FINE)
    assert read(tracker).is_ok
    assert tracker.at[1] - tracker.at[0] >= 40


@pytest.mark.parametrize(
    "said", ["-5", "0", "soon", "nan", "inf", "", "Wed, 99 Foo 2026", format_datetime(NOW - timedelta(1))]
)
def test_a_retry_after_that_says_nothing_useful_never_hangs_a_run(said: str) -> None:
    tracker = Tracker(reply(429, headers={"retry-after": said}), FINE)
    assert read(tracker).is_ok
    assert sum(tracker.clock.slept) <= 1.5


def test_a_long_quota_pause_ends_the_run_at_once_and_sends_nothing_more() -> None:
    tracker = Tracker(reply(429, headers={"retry-after": "1847"}), FINE)
    with pytest.raises(TrackerError, match="1,847 s") as raised:
        read(tracker)
    assert raised.value.retryable
    assert raised.value.status == 429
    assert len(tracker.heard) == 1
    assert tracker.clock.slept == []


def test_a_trackers_own_sign_of_a_limit_pauses_everybody() -> None:
    tracker = Tracker(reply(403, headers={"x-left": "0"}), FINE)
    assert read(tracker, pause=lambda answer, _: 9.0 if answer.headers.get("x-left") == "0" else None).is_ok
    assert tracker.at[1] - tracker.at[0] >= 9


def test_nobody_slips_past_a_pause() -> None:
    """Twenty readers, six slots, the first answer says to wait: what was not under way by then waits."""
    clock = FakeClock()
    limit = reply(429, headers={"retry-after": "30"})
    at: list[float] = []

    class Wire(Counting):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            at.append(clock.monotonic())
            return await super().handle_async_request(request)

    async def go() -> None:
        async with site(Gate(clock, wire=Wire([limit]), jitter=lambda: 0.0)) as open_site:
            await asyncio.gather(*(open_site.get(f"items/{n}") for n in range(20)))

    asyncio.run(go())
    assert len([moment for moment in at if moment < 30]) <= IN_FLIGHT
    assert len(at) == 21


def test_only_a_few_requests_are_in_flight() -> None:
    wire = Counting()

    async def go() -> None:
        async with site(Gate(FakeClock(), wire=wire)) as open_site:
            await asyncio.gather(*(open_site.get(f"items/{n}") for n in range(40)))

    asyncio.run(go())
    assert wire.most == IN_FLIGHT


def test_an_answer_that_never_comes_ends_with_the_run() -> None:
    async def go() -> None:
        async with site(Gate(FakeClock(), until=0.02, wire=Silent(), jitter=lambda: 0.0)) as open_site:
            await open_site.get("items")

    with pytest.raises(TrackerError, match=r"did not finish|time is over|longer than this run"):
        asyncio.run(go())


def test_after_the_end_of_the_run_nothing_is_sent() -> None:
    tracker = Tracker(FINE)
    tracker.clock.pass_time(100)
    with pytest.raises(TrackerError, match="time is over") as raised:
        read(tracker, until=99)
    assert raised.value.retryable
    assert tracker.heard == []


def test_a_pause_that_outlasts_the_run_ends_it() -> None:
    tracker = Tracker(reply(503, headers={"retry-after": "20"}), FINE)
    with pytest.raises(TrackerError, match="20 s"):
        read(tracker, until=10)
    assert len(tracker.heard) == 1


@pytest.mark.parametrize(
    "page",
    [
        Reply(200, b"<!DOCTYPE html><html>Log in</html>", {"content-type": "text/html"}),
        Reply(200, b"  <html>Log in</html>", {"content-type": "application/json"}),
    ],
)
def test_a_login_page_is_no_data(page: Reply) -> None:
    tracker = Tracker(page)
    with pytest.raises(TrackerError, match="web page") as raised:
        read(tracker)
    assert not raised.value.retryable
    assert len(tracker.heard) == 1


def test_cut_json_is_asked_for_again() -> None:
    tracker = Tracker(Reply(200, b'{"items": [1, 2', {}), FINE)
    assert read(tracker).body == {"fine": True}


def test_json_that_stays_broken_is_an_error() -> None:
    with pytest.raises(TrackerError, match="broken JSON") as raised:
        read(Tracker(Reply(200, b'{"items": [1, 2', {})))
    assert raised.value.retryable


def test_json_nested_beyond_reason_is_an_error_and_no_crash() -> None:
    with pytest.raises(TrackerError, match="broken JSON"):
        read(Tracker(Reply(200, b"[" * 200_000, {})))


def test_an_empty_200_never_looks_like_nothing_there() -> None:
    assert read(Tracker(reply(200), FINE)).body == {"fine": True}
    with pytest.raises(TrackerError, match="with nothing, 4 times"):
        read(Tracker(reply(200)))


def test_no_content_is_an_answer() -> None:
    assert read(Tracker(reply(204))).status == 204


def test_a_web_page_that_refuses_is_a_refusal() -> None:
    assert read(Tracker(Reply(404, b"<html>gone</html>", {"content-type": "text/html"}))).body is None


def test_a_redirect_on_the_site_is_followed_with_its_query() -> None:
    tracker = Tracker(reply(301, headers={"location": f"{BASE}/renamed"}), FINE)
    answer = read(tracker, "items?page=2")
    assert tracker.heard[1].url == f"{BASE}/renamed?page=2"
    assert answer.url.startswith(f"{BASE}/renamed")


def test_a_redirect_that_brings_its_own_query_is_followed_with_that() -> None:
    tracker = Tracker(reply(301, headers={"location": f"{BASE}/renamed?id=7"}), FINE)
    read(tracker, "items?page=2")
    assert tracker.heard[1].url == f"{BASE}/renamed?id=7"


@pytest.mark.parametrize(
    "location",
    [
        "https://elsewhere.example/items",
        "http://tracker.example/context/items",
        "https://tracker.example:8443/context/items",
        "https://tracker.example@elsewhere.example/items",
        "//elsewhere.example/items",
    ],
)
def test_a_redirect_off_the_site_is_refused_and_the_token_stays(location: str) -> None:
    tracker = Tracker(reply(302, headers={"location": location}), FINE)
    with pytest.raises(TrackerError, match="not on"):
        read(tracker)
    assert len(tracker.heard) == 1


def test_a_link_to_elsewhere_is_refused() -> None:
    tracker = Tracker(FINE)
    with pytest.raises(TrackerError, match="not on"):
        read(tracker, "https://elsewhere.example/items?page=2")
    assert tracker.heard == []


@pytest.mark.parametrize("link", ["https://[tracker.example/context/x", "https://tracker.example:port/context/x"])
def test_a_link_that_is_no_address_is_refused(link: str) -> None:
    tracker = Tracker(FINE)
    with pytest.raises(TrackerError, match=r"points to https://.*, which is no"):
        read(tracker, link)
    assert tracker.heard == []


def test_a_redirect_to_what_is_no_address_is_refused() -> None:
    with pytest.raises(TrackerError, match=r"which is no address"):
        read(Tracker(reply(302, headers={"location": "https://[tracker.example/context/items"}), FINE))


@pytest.mark.parametrize("link", ["https://TRACKER.example/context/x", "https://tracker.example:443/context/x"])
def test_a_link_home_may_be_spelt_otherwise(link: str) -> None:
    assert read(Tracker(FINE), link).is_ok


def test_a_ring_of_redirects_ends() -> None:
    with pytest.raises(TrackerError, match="in a ring"):
        read(Tracker(reply(302, headers={"location": f"{BASE}/items"})))


def test_a_post_is_not_turned_into_a_get() -> None:
    tracker = Tracker(reply(302, headers={"location": f"{BASE}/other"}), FINE)
    assert ask(tracker).status == 302
    assert len(tracker.heard) == 1


def test_a_moved_post_is_asked_again_whole() -> None:
    tracker = Tracker(reply(307, headers={"location": f"{BASE}/other"}), FINE)
    assert ask(tracker, body={"q": 2}).is_ok
    assert tracker.heard[1].method == "POST"
    assert tracker.heard[1].body == tracker.heard[0].body


def test_a_host_that_is_not_there_is_named() -> None:
    async def go() -> None:
        gate = Tracker(FINE).gate()
        async with site(gate, base="https://nobody.example") as open_site:
            await open_site.get("items")

    with pytest.raises(TrackerError, match=r"nobody.example") as raised:
        asyncio.run(go())
    assert raised.value.retryable


def test_the_token_stands_in_no_message() -> None:
    for fault in (
        hangs_up,
        reply(500),
        Reply(200, b"<html>", {}),
        reply(302, headers={"location": "https://elsewhere.example"}),
    ):
        with pytest.raises(TrackerError) as raised:
            read(Tracker(fault))
        assert "secret" not in str(raised.value)


@respx.mock
def test_it_speaks_plain_httpx_where_no_wire_is_given() -> None:
    route = respx.get(f"{BASE}/items", params={"page": 2}).mock(return_value=httpx.Response(200, json=[1]))

    async def go() -> Answer:
        async with Gate(FakeClock()).site("Tracker", BASE, authorise=letting_in) as open_site:
            return await open_site.get("items", {"page": 2})

    assert asyncio.run(go()).body == [1]
    assert route.calls.last.request.headers["authorization"] == "Bearer secret"


def test_requests_are_counted() -> None:
    tracker = Tracker(reply(500), FINE)

    async def go() -> int:
        gate = tracker.gate()
        async with site(gate) as open_site:
            await open_site.get("items")
        return gate.requests

    assert asyncio.run(go()) == 2


def test_too_much_is_told_and_not_repeated() -> None:
    tracker = Tracker(reply(502), FINE)

    async def go() -> Answer:
        async with site(tracker.gate()) as open_site:
            return await open_site.ask("search", {}, too_much={502})

    assert asyncio.run(go()).status == 502
    assert len(tracker.heard) == 1


def test_a_credential_that_comes_back_is_not_shown() -> None:
    """A proxy may repeat what it heard; what is too short to be a secret would tear holes into innocent words."""

    def repeat(heard: Heard) -> Reply:
        return reply(400, {"heard": heard.headers["authorization"], "said": "a secret is in a box"})

    assert read(Tracker(repeat)).body == {"heard": "Bearer secret", "said": "a secret is in a box"}
    told = read(Tracker(repeat), token="ghp_0123456789").body
    assert told == {"heard": "Bearer (hidden)", "said": "a secret is in a box"}


def test_a_header_of_one_request_goes_with_it_through_redirects_and_faults() -> None:
    moved = reply(301, headers={"location": f"{BASE}/moved"})
    tracker = Tracker(moved, reply(502), reply(304))
    answer = read(tracker, headers={"if-none-match": '"x"', "authorization": "mine"})
    assert (answer.status, answer.body) == (304, None)
    assert [heard.headers.get("if-none-match") for heard in tracker.heard] == ['"x"'] * 3
    assert {heard.headers["authorization"] for heard in tracker.heard} == {"Bearer secret"}
