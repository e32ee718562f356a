"""Who hears of a run, of which teams, and when."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import respx

from backlint.app.notifying import Notice, notify, wants
from backlint.channel import On
from backlint.config import Config, Surroundings, load
from backlint.finding import Severity
from backlint.health import Change, Health, Reading
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from tests.reports import sample

URL = "https://hooks.slack.com/services/T0/B0/canary-7f3a9c"
FIRST = sample.health(nth_night=False)
LATER = sample.health()
CHANGE = LATER.change
assert CHANGE
assert CHANGE.before


def after(health: Health = LATER, **what: object) -> Health:
    """A night on which nothing happened, but for this."""
    quiet = Change(since=sample.past(health)[-1].at, new=(), fixed=(), before=replace(health.point()))
    return replace(health, change=replace(quiet, **what))  # type: ignore[arg-type] # the fields are told by name


CUT = replace(after(), is_complete=False, readings=(Reading(source="j", items=0, read_at=None, is_complete=False),))
FELL = after(before=replace(LATER.point(), score=99.0))
OTHER_RULES = after(before=replace(LATER.point(), score=99.0, rules="others"))
MENDED = after(fixed=CHANGE.fixed)
NEW = after(new=CHANGE.new)
BACK = after(came_back=CHANGE.came_back)
CLEAN = replace(after(), findings=())


@pytest.mark.parametrize(
    ("on", "told", "untold"),
    [
        (On.ALWAYS, [FIRST, after(), CLEAN], []),
        (On.CHANGE, [FIRST, NEW, BACK, MENDED, FELL, CUT], [after(), OTHER_RULES]),
        (On.REGRESSION, [NEW, BACK, FELL, CUT], [FIRST, after(), MENDED, OTHER_RULES]),
        (On.FAIL, [FIRST, after(), CUT, replace(CUT, findings=())], [CLEAN]),
    ],
)
def test_when_a_channel_is_told(on: On, told: list[Health], untold: list[Health]) -> None:
    assert [wants(on, [health], Severity.ERROR) for health in told] == [True] * len(told)
    assert [wants(on, [health], Severity.ERROR) for health in untold] == [False] * len(untold)
    assert wants(on, [*untold, told[0]], Severity.ERROR)


def config(directory: Path, text: str, **environ: str) -> Config:
    (directory / "backlint.toml").write_text(f'[teams.Checkout.file]\npath = "x"\n{text}', "utf-8")
    return load(around=Surroundings(directory, environ))


def told(config: Config, *teams: Health) -> tuple[Notice, ...]:
    return notify(config, sample.run(*teams), Gate(FakeClock()))


def test_a_dead_channel_keeps_no_other_from_being_told(tmp_path: Path) -> None:
    text = '[channels.slack]\n[channels.mail]\nkind = "email"\nto = ["po@shop.example"]\nhost = "127.0.0.1"\nport = 1\n'
    with respx.mock as network:
        network.post(URL).respond(200, text="ok")
        notices = told(config(tmp_path, text, SLACK_WEBHOOK_URL=URL))
    assert [str(notice) for notice in notices] == [
        "slack: told.",
        "mail: not told: the mail server 127.0.0.1:1 could not be reached.",
    ]


def test_a_channel_hears_of_its_teams_only(tmp_path: Path) -> None:
    only = config(tmp_path, '[channels.slack]\nteams = ["Checkout"]\n', BACKLINT_CHANNELS__SLACK__URL=URL)
    heard: list[bytes] = []

    def take(request: httpx.Request) -> httpx.Response:
        heard.append(request.content)
        return httpx.Response(200)

    with respx.mock as network:
        network.post(URL).mock(side_effect=take)
        assert told(only, LATER, sample.health("Platform")) == (Notice("slack"),)
    assert b"Platform" not in heard[0]
    assert told(only, sample.health("Platform")) == ()


def test_a_report_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (notice,) = told(config(tmp_path, '[channels.email]\nto = ["nobody at all"]\n'))
    assert str(notice).startswith("email: not told: its report could not be made or sent (")
