"""R12: the same night a second time, where nothing changed: nothing is written, and little is asked."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from backlint.app import jobs
from backlint.example import NOW
from backlint.timetable import Job
from backlint.transport.inprocess import Heard, Reply, Responder
from tests.reliability.teams import ITEMS, TRACKERS, Team
from tests.reliability.writes import is_write

WRITING = """
[teams.shop]
write = true
[teams.shop.comments]
grace_hours = 0
quiet_hours = 0
per_run = 400
per_person = 400
"""
REQUESTS = 4
"""What an unchanged night asks at most, a board and its order included."""


class Counting:
    """Counts what is read and what is written."""

    def __init__(self) -> None:
        self.asked = Counter[str]()

    def __call__(self, responder: Responder) -> Responder:
        def answer(heard: Heard) -> Reply:
            self.asked["writes" if is_write(heard) else "reads"] += 1
            return responder(heard)

        return answer


@pytest.mark.parametrize("tracker", TRACKERS)
def test_an_unchanged_night_writes_nothing_and_asks_little(tmp_path: Path, tracker: str) -> None:
    team = Team(tmp_path, TRACKERS[tracker](), settings=WRITING)
    team.tracker.page = 100
    shop = team.config.team("shop")
    reading = Counting()
    for number in range(4):  # the first run that may write only tells
        at = NOW + timedelta(days=number)
        team.wrap = reading = Counting()
        team.check(at)
        team.wrap = counting = Counting()
        jobs.do(team.config, shop, Job.BOT, gate=team.gate(at + timedelta(minutes=30)))
        if number == 1:
            assert counting.asked["writes"] == ITEMS, "each item gets its note"
        elif number > 1:
            assert counting.asked["writes"] == 0
    assert reading.asked["writes"] == 0
    assert reading.asked["reads"] <= REQUESTS
