"""R15: our clock and the tracker's differ by up to a day, or change to summer time: no negative age, no second note."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from backlint.app import jobs
from backlint.example import NOW
from backlint.timetable import Job
from tests.reliability.teams import TRACKERS, OnGithub, OnJira, Team
from tests.reliability.test_again import WRITING

NEGATIVE = re.compile(r"(?<![\w-])-\d+ (?:day|week|month|hour|minute|second)")
SUMMER_TIME = datetime(2026, 3, 29, 1, tzinfo=UTC)
"""When the clocks of Europe go forward."""


def notes(team: Team) -> list[int]:
    tracker = team.tracker
    if isinstance(tracker, OnJira):
        return [len(issue.comments) for issue in tracker.jira.issues.values()]
    assert isinstance(tracker, OnGithub)
    issues = tracker.shop.issues.values()
    return [sum(entry.typename == "IssueComment" for entry in issue.history) for issue in issues]


@pytest.mark.parametrize("tracker", TRACKERS)
@pytest.mark.parametrize("seed", range(2))
def test_a_clock_that_is_wrong_gives_no_negative_age_and_no_second_note(
    tmp_path: Path, tracker: str, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - it keeps no secret
    team = Team(tmp_path, TRACKERS[tracker](), settings=WRITING)
    shop = team.config.team("shop")
    for night in range(4):
        right = NOW + timedelta(days=night)
        team.tracker.touch(random.randrange(30), right)
        ours = right + timedelta(hours=random.uniform(-24, 24))
        (health,) = team.check(ours).run.teams
        said = " ".join(f"{each.fact} {each.limit} {each.fix}" for each in health.findings)
        assert not NEGATIVE.search(said), NEGATIVE.search(said)
        jobs.do(team.config, shop, Job.BOT, gate=team.gate(ours + timedelta(minutes=30)))
    assert max(notes(team)) == 1


@pytest.mark.parametrize("tracker", TRACKERS)
def test_the_hour_that_is_missing_in_spring_changes_nothing(tmp_path: Path, tracker: str) -> None:
    """What was changed in the hours around it is read, once."""
    team = Team(tmp_path, TRACKERS[tracker]())
    for hour in range(-2, 4):
        at = SUMMER_TIME + timedelta(days=365, hours=hour)
        team.tracker.touch(hour + 2, at)
        told = team.check(at + timedelta(minutes=10))
        assert told.is_complete
        assert sum(title.endswith(", again") for title in team.kept().values()) == hour + 3
