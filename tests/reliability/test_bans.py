"""R7: limits in every form that a tracker may give them. Nobody asks earlier than told, and no run waits for ever."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from backlint.example import NOW
from backlint.transport.inprocess import Heard, Reply, Responder
from backlint.transport.site import LONGEST_PAUSE
from tests.reliability.teams import ITEMS, TRACKERS, Team

Ban = Callable[[datetime], tuple[Reply, float]]
"""A refusal at that time, and for how many seconds nobody may ask."""


def told(status: int, seconds: float = 0, message: str = "slow down", **headers: str) -> tuple[Reply, float]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = f'{{"message": "{message}", "errorMessages": ["{message}"]}}'.encode()
    return Reply(status, body, {"content-type": "application/json", **named}), seconds


def unix(moment: datetime) -> str:
    return str(int(moment.timestamp()))


SECONDARY = "You have exceeded a secondary rate limit."
BANS: Mapping[str, Ban] = {
    "429, seconds": lambda _: told(429, 40, Retry_After="40"),
    "429, a date": lambda now: told(429, 40, Retry_After=format_datetime(now + timedelta(seconds=40))),
    "429, a date that is over": lambda now: told(429, Retry_After=format_datetime(now - timedelta(days=1))),
    "429, nothing": lambda _: told(429),
    "429, negative": lambda _: told(429, Retry_After="-30"),
    "429, no number": lambda _: told(429, Retry_After="soon"),
    "429, huge": lambda _: told(429, 1e9, Retry_After="1000000000"),
    "503, seconds": lambda _: told(503, 25, Retry_After="25"),
    "403, secondary": lambda _: told(403, 61, SECONDARY, Retry_After="61"),
    "403, a reset": lambda now: told(
        403, 90, "API rate limit exceeded", X_RateLimit_Remaining="0",
        X_RateLimit_Reset=unix(now + timedelta(seconds=90)),
    ),
    "403, a reset that is over": lambda now: told(
        403, 0, "API rate limit exceeded", X_RateLimit_Remaining="0", X_RateLimit_Reset=unix(now - timedelta(days=1))
    ),
}  # fmt: skip
OF_GITHUB = {name for name in BANS if name.startswith("403")}
"""Jira has no such limit: a 403 of it is a refusal."""
HUGE = {"429, huge"}


class Banning:
    """Refuses the requests of certain numbers, and notes whoever asks during the ban."""

    def __init__(self, ban: Ban, team: Team) -> None:
        self.ban, self.team = ban, team
        self.heard, self.early, self.until = 0, 0, float("-inf")

    def __call__(self, responder: Responder) -> Responder:
        def answer(heard: Heard) -> Reply:
            clock = self.team.clock
            self.heard += 1
            self.early += clock.monotonic() < self.until
            if self.heard % 5:
                return responder(heard)
            reply, seconds = self.ban(clock.now())
            self.until = clock.monotonic() + seconds
            return reply

        return answer


@pytest.mark.parametrize("ban", BANS)
@pytest.mark.parametrize("tracker", TRACKERS)
def test_nobody_asks_earlier_than_told(tmp_path: Path, tracker: str, ban: str) -> None:
    if ban in OF_GITHUB and "Jira" in tracker:
        return
    team = Team(tmp_path, TRACKERS[tracker]())
    team.wrap = banning = Banning(BANS[ban], team)
    done = team.check()
    assert banning.heard >= 5
    assert banning.early == 0
    assert all(0 <= slept <= LONGEST_PAUSE for slept in team.clock.slept)
    assert done.is_complete == (ban not in HUGE)
    assert done.is_complete == (len(team.kept()) == ITEMS)
    if ban in HUGE:
        assert banning.heard == 5, "nothing is asked after that"
        team.wrap = lambda responder: responder
        assert team.check(NOW + timedelta(hours=1)).is_complete
        assert len(team.kept()) == ITEMS
