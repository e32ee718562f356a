"""The main job: nothing incomplete is green, and what can be said is said."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from backlint import app
from backlint.app import baseline
from backlint.app.checking import Checked
from backlint.config import Surroundings, load
from backlint.errors import ConfigError, Exit, StoreError
from backlint.finding import Severity
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from backlint.transport.inprocess import Heard, HungUp, InProcess, Reply

BARE = {"key": "SHOP-1", "title": "People pay later", "kind": "story", "rank": 1, "body": ""}
FILE = '[teams.web.file]\npath = "{path}"\n'
GITHUB = '[teams.web.github]\nurl = "https://t.example"\nrepository = "acme/shop"\n'


def hang_up(_: Heard) -> Reply:
    raise HungUp


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., Checked]:
    """Checks under a configuration, at the time of a clock that only tests move."""
    items = tmp_path / "items.jsonl"
    items.write_text(json.dumps(BARE))

    def run(text: str, **asked: object) -> Checked:
        (tmp_path / "backlint.toml").write_text('select = ["missing-description"]\n' + text.format(path=items))
        config = load(around=Surroundings(tmp_path, {"GITHUB_TOKEN": "x"}))
        gate = Gate(FakeClock(), wire=InProcess({"t.example": hang_up}))
        at = asked.pop("now", gate.clock.now())
        return app.check(config, config.teams, gate, app.Asked(**{"now": at, **asked}))  # type: ignore[arg-type] # as given

    return run


def test_what_is_found_weighs(check: Callable[..., Checked]) -> None:
    checked = check(FILE)
    assert checked.exit_code(Severity.ERROR) is Exit.FINDINGS
    assert check(f"{FILE}[rules.missing-description]\nseverity = 'info'").exit_code(Severity.WARNING) is Exit.CLEAN


def test_one_source_that_fails_keeps_all_of_it_from_being_green(check: Callable[..., Checked]) -> None:
    """What could be read is checked and shown all the same."""
    checked = check(f"{FILE}{GITHUB}[rules.missing-description]\nseverity = 'info'")
    assert checked.exit_code(Severity.ERROR) is Exit.INCOMPLETE
    (health,) = checked.run.teams
    assert not health.is_well
    assert [finding.subject.key for finding in health.findings if finding.subject] == ["SHOP-1"]
    assert [reading.is_complete for reading in health.readings] == [True, False]


def test_an_incomplete_run_prunes_nothing(check: Callable[..., Checked]) -> None:
    forgiven = baseline.made_of(check(FILE).found)
    assert check(GITHUB, forgives=forgiven).stale == ()


def test_a_second_run_says_what_changed(check: Callable[..., Checked]) -> None:
    first = check(FILE).run.teams[0]
    assert first.change is None
    later = check(FILE, now=first.now + timedelta(days=1)).run.teams[0]
    assert later.change is not None
    assert later.change.since == first.now
    assert not later.change.new
    assert not later.change.fixed


def test_other_settings_are_another_version_of_the_rules(check: Callable[..., Checked]) -> None:
    versions = {
        check(FILE + more).run.teams[0].rules_version
        for more in (
            "",
            "[rules.missing-description]\nkinds = ['story']",
            "[[overrides]]\nmatch.kind = 'bug'\nignore = ['readiness']",
        )
    }
    assert len(versions) == 3
    assert check(FILE).run.teams[0].rules_version in versions


def test_without_a_team_there_is_nothing_to_check(tmp_path: Path) -> None:
    config = load(around=Surroundings(tmp_path, {}))
    clock = FakeClock()
    with pytest.raises(ConfigError, match="No team is configured"):
        app.check(config, (), Gate(clock), app.Asked(now=clock.now()))


def test_a_store_that_cannot_be_opened_is_told(check: Callable[..., Checked], tmp_path: Path) -> None:
    (tmp_path / "here.db").mkdir()
    with pytest.raises(StoreError, match=r"here\.db"):
        check(f'store = "here.db"\n{FILE}')


@pytest.mark.parametrize(("text", "seconds"), [("minutes = 2", 120), ("", float("inf"))])
def test_a_run_ends_when_its_time_is_over(tmp_path: Path, text: str, seconds: float) -> None:
    (tmp_path / "backlint.toml").write_text(text)
    clock = FakeClock()
    clock.pass_time(1000)
    assert app.gate_of(load(around=Surroundings(tmp_path, {})), clock).seconds_left == seconds
