"""What Slack and Teams get: one POST of the payload, within their limits; and what people are told when it fails."""

import asyncio
import json

import httpx
import pytest
import respx

from backlint import catalog
from backlint.channel import Channel, ChannelError
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from tests.reports import report, sample

SECRET = "T000/B000/canary-7f3a9c"
ADDRESSES = {
    "slack": f"https://hooks.slack.com/services/{SECRET}",
    "teams": f"https://prod-1.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke?sig={SECRET}",
}
SLACK_BLOCKS, SLACK_CHARACTERS = 50, 13_200
TEAMS_BYTES = 28_000
BOTH = pytest.mark.parametrize("chat", ADDRESSES)


def channel(chat: str, url: str | None) -> Channel:
    kind: type[Channel] = catalog.load(Channel, chat)
    return kind.model_validate({"url": url})


def post(chat: str, message: str = "{}") -> None:
    asyncio.run(channel(chat, ADDRESSES[chat]).send(message, Gate(FakeClock())))


def hear(chat: str, message: str) -> list[httpx.Request]:
    """What the chat is asked when the message is posted."""
    heard: list[httpx.Request] = []

    def take(request: httpx.Request) -> httpx.Response:
        heard.append(request)
        return httpx.Response(200, text="ok")

    with respx.mock as network:
        network.post(ADDRESSES[chat]).mock(side_effect=take)
        post(chat, message)
    return heard


@BOTH
def test_the_payload_arrives_as_it_was_rendered(chat: str) -> None:
    message = report(chat).render(sample.run())
    (heard,) = hear(chat, message)
    assert json.loads(heard.content) == json.loads(message)
    assert heard.headers["content-type"] == "application/json"
    assert "authorization" not in heard.headers


@pytest.mark.parametrize("teams", [1, 40])
def test_what_arrives_is_within_the_limits(teams: int) -> None:
    run = sample.run(*[sample.health(titles=["\N{CYRILLIC CAPITAL LETTER ZHE}" * 500])] * teams)
    (slack,), (workflow,) = (hear(chat, report(chat).render(run)) for chat in ("slack", "teams"))
    assert len(json.loads(slack.content)["blocks"]) <= SLACK_BLOCKS
    assert len(slack.content.decode()) < SLACK_CHARACTERS
    assert len(workflow.content) < TEAMS_BYTES


@BOTH
@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (httpx.Response(404, text="no_service"), "refused the message: the webhook is gone, or its address is wrong"),
        (httpx.Response(413), "refused the message: it is too long (status 413)"),
        (httpx.Response(429, headers={"retry-after": "9000"}), "refused the message: too many came at once"),
        (httpx.Response(400, text="invalid_blocks"), "refused the message (status 400)"),
        (httpx.Response(302, headers={"location": f"https://elsewhere.example/{SECRET}"}), "(status 302)"),
        (httpx.Response(307, headers={"location": f"https://elsewhere.example/{SECRET}"}), "could not be reached"),
        (httpx.ConnectError("no route"), "could not be reached"),
    ],
)
def test_one_attempt_and_no_word_of_the_address(chat: str, answer: httpx.Response | Exception, said: str) -> None:
    with respx.mock as network:
        network.post(ADDRESSES[chat]).mock(side_effect=[answer])
        with pytest.raises(ChannelError) as told:
            post(chat)
        assert len(network.calls) == 1
    assert said in str(told.value)
    assert "canary" not in str(told.value)
    assert "http" not in str(told.value)


@BOTH
@pytest.mark.parametrize(
    ("url", "said"), [(None, "no webhook's address is set"), (f"file:///{SECRET}", "what is set is no web address")]
)
def test_an_address_that_is_none(chat: str, url: str | None, said: str) -> None:
    with pytest.raises(ChannelError, match=said):
        asyncio.run(channel(chat, url).send("{}", Gate(FakeClock())))
