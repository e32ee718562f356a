"""What the service is put together from."""

import pytest

from backlint.config import Team, TeamSettings
from backlint.service.service import has_bot
from backlint.timetable import Timetable
from tests.service.conftest import Build, Town


@pytest.mark.parametrize(
    ("write", "bot", "speaks"),
    [(True, "nightly", True), (True, "09:00 mon-fri", True), (True, "never", False), (False, "nightly", False)],
)
def test_by_day_the_bot_speaks_only_where_it_does_so_by_night(write: bool, bot: str, speaks: bool) -> None:
    assert has_bot(Team("Shop", TeamSettings(write=write, schedule=Timetable(bot=bot)))) is speaks


def test_where_it_is_found(town: Town) -> None:
    assert town.service.url == f"http://127.0.0.1:{town.service.port}/"


def test_it_may_listen_on_the_newer_protocol(build: Build) -> None:
    town = build('host = "::1"')
    assert town.service.url.startswith("http://[::1]:")


def test_two_services_have_figures_of_their_own(build: Build) -> None:
    one, two = build("settle_seconds = 3600"), build("settle_seconds = 3600")
    one.edited(one.issue)
    assert one.figure('backlint_hints_total{fate="received",tracker="github"}') == 1
    assert two.figure('backlint_hints_total{fate="received",tracker="github"}') == 0
