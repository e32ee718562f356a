"""`backlint run`: a whole job once, and what it answers."""

import pytest

from backlint.config import load
from backlint.errors import Exit
from backlint.testing.fakes.github import FakeGithub
from backlint.testing.loopback import serve
from backlint.transport.inprocess import Heard, Reply
from tests.cli.conftest import Shell

CONFIG = """
select = ["missing-description"]
pages = "pages"
{more}
[teams.Shop.github]
url = "{url}/api/v3"
repository = "acme/shop"
order_by = "label"
order_labels = ["first"]
"""
WITH_TEXT = "So that a company can pay as its bookkeeping wants it."


@pytest.fixture(autouse=True)
def _token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_x")


def hub(body: str) -> FakeGithub:
    hub = FakeGithub()
    hub.repository("acme/shop").issue("Pay by card", body, labels=["first"])
    return hub


@pytest.mark.parametrize(("body", "code", "how"), [(WITH_TEXT, Exit.CLEAN, "clean"), ("", Exit.FINDINGS, "findings")])
def test_a_night_from_end_to_end(shell: Shell, body: str, code: Exit, how: str) -> None:
    with serve(hub(body)) as url:
        shell.write("backlint.toml", CONFIG.format(url=url, more=""))
        said = shell("run", "--job", "nightly")
    assert said.code == code
    assert said.err.splitlines()[-1].startswith(f"job: Shop: nightly: {how} after ")
    assert "acme/shop#1" in (shell.directory / "pages" / "shop.html").read_text("utf-8")
    assert "Shop" in shell("trend").out


def test_a_tracker_that_is_down(shell: Shell) -> None:
    def down(_: Heard) -> Reply:
        return Reply(403, b'{"message": "no"}')

    with serve(down) as url:
        shell.write("backlint.toml", CONFIG.format(url=url, more=""))
        said = shell("run", "--job", "nightly")
    assert said.code == Exit.INCOMPLETE
    assert "job: Shop: nightly: incomplete" in said.err


def test_one_teams_failure_is_no_others(shell: Shell) -> None:
    shell.write_items({"title": "Pay by card", "body": WITH_TEXT})
    more = '[teams.Web.file]\npath = "nothing.jsonl"\n[teams.App.file]\npath = "items.jsonl"\n'
    with serve(hub(WITH_TEXT)) as url:
        shell.write("backlint.toml", CONFIG.format(url=url, more=more))
        said = shell("run", "--job", "nightly")
        assert shell("run", "--job", "nightly", "--team", "App").code == Exit.CLEAN
    assert said.code == Exit.USAGE
    assert "problem: Web: nothing.jsonl cannot be read" in said.err
    assert "job: App: nightly: clean" in said.err
    assert "job: Shop: nightly: clean" in said.err


def test_only_where_it_is_due(shell: Shell) -> None:
    shell.write_items({"title": "Pay by card", "body": WITH_TEXT})
    shell.write(
        "backlint.toml",
        'select = ["missing-description"]\nschedule.nightly = "00:00"\nschedule.late_hours = 24\n'
        '[teams.App.file]\npath = "items.jsonl"\n',
    )
    first, second, bot = (shell("run", "--job", job, "--if-due") for job in ("nightly", "nightly", "bot"))
    assert [said.code for said in (first, second, bot)] == [Exit.CLEAN] * 3
    assert "job: App: nightly: clean" in first.err
    assert second.err == "App: no nightly job is due.\n"
    assert bot.err == "App: no bot job is due.\n"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--job", "weekly"), "'weekly' is not one of 'nightly', 'planning', 'bot'"),
        ((), "Missing option '--job'"),
        (("--job", "nightly"), "No team is configured, so no job is"),
    ],
)
def test_what_cannot_be_run(shell: Shell, arguments: tuple[str, ...], why: str) -> None:
    said = shell("run", *arguments)
    assert said.code == Exit.USAGE
    assert why in said.err


@pytest.mark.parametrize(
    ("schedule", "why"),
    [
        ('nightly = "*/5 * * * *"', "backlint.toml:2: schedule.nightly: a job runs once a day at most"),
        ('nightly = "40 2 * * 8"', 'backlint.toml:2: schedule.nightly: "8" is no weekday'),
        ('blackout = ["soon"]', 'expected a date such as "2026-12-24"'),
        ('ping = "hc-ping.com/canary-7f3a9c"', "backlint.toml:2: schedule.ping: expected a web address"),
        ('nightyl = "02:40"', 'did you mean "nightly"?'),
    ],
)
def test_a_schedule_that_cannot_be_read_says_where(shell: Shell, schedule: str, why: str) -> None:
    shell.write("backlint.toml", f'[schedule]\n{schedule}\n[teams.App.file]\npath = "items.jsonl"\n')
    said = shell("run", "--job", "nightly")
    assert said.code == Exit.USAGE
    assert why in said.err
    assert "canary" not in said.err


def test_a_team_has_what_counts_for_all_and_says_what_is_different(shell: Shell) -> None:
    shell.write(
        "backlint.toml",
        '[schedule]\nnightly = "02:40"\njitter_minutes = 5\n[teams.App.schedule]\nnightly = "05:00"\n'
        '[teams.App.file]\npath = "items.jsonl"\n[teams.Web.file]\npath = "items.jsonl"\nname_in_store = "web"\n',
    )
    app, web = (team.settings.schedule for team in load(shell.directory / "backlint.toml").teams)
    assert (app.nightly, app.jitter_minutes) == ("05:00", 5)
    assert (web.nightly, web.jitter_minutes) == ("02:40", 5)
