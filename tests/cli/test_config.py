"""Show and verify: what counts, and where it comes from."""

import json

import pytest

from tests.cli.conftest import Shell

CANARY = "canary-7f3a9c"
TEXT = """\
fail_on = "info"
select = ["stale-item"]
[teams.web.github]
repository = "acme/shop"
[rules.stale-item]
severity = "error"
"""


def test_shows_what_counts_and_where_it_comes_from(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.write("backlint.toml", TEXT)
    monkeypatch.setenv("BACKLINT_STORE", "x.db")
    lines = shell("config", "show", "--origin").out.splitlines()
    assert 'fail_on = "info"  # backlint.toml:1: fail_on' in lines
    assert 'store = "x.db"  # the environment: BACKLINT_STORE' in lines
    assert 'rules.stale-item.severity = "error"  # backlint.toml:6: rules.stale-item.severity' in lines
    assert 'teams.web.github.repository = ["acme/shop"]  # backlint.toml:4: teams.web.github.repository' in lines
    assert 'teams.web.time_zone = "UTC"  # default' in lines


def test_what_is_shown_is_a_configuration(shell: Shell) -> None:
    shell.write("backlint.toml", TEXT)
    shown = shell("config", "show").out
    shell.write("backlint.toml", shown)
    assert shell("config", "show").out == shown


@pytest.mark.parametrize("name", ["GITHUB_TOKEN", "BACKLINT_TEAMS__WEB__GITHUB__TOKEN"])
def test_a_secret_is_not_shown(shell: Shell, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    shell.write("backlint.toml", TEXT)
    monkeypatch.setenv(name, CANARY)
    for arguments in (("config", "show", "--origin"), ("config", "verify"), ("rules",)):
        said = shell(*arguments)
        assert said.code == 0
        assert CANARY not in said.out + said.err


def test_verify_says_what_would_run(shell: Shell) -> None:
    shell.write("backlint.toml", TEXT)
    assert "Teams: web. Rules that run: 1." in shell("config", "verify").out


def test_verify_says_what_is_wrong(shell: Shell) -> None:
    shell.write("backlint.toml", "[teams.web]\nvelocty = 3\n")
    said = shell("config", "verify")
    assert said.code == 2
    assert said.err == 'error: backlint.toml:2: teams.web.velocty: unknown setting; did you mean "velocity"?\n'


def test_another_file_can_be_named(shell: Shell) -> None:
    shell.write("other.toml", TEXT)
    assert "other.toml:1: fail_on" in shell("config", "show", "--origin", "--config", "other.toml").out


def test_the_schema_is_json(shell: Shell) -> None:
    assert json.loads(shell("config", "schema").out)["title"] == "backlint.toml"


def test_says_of_each_rule_whether_it_runs_and_why(shell: Shell) -> None:
    shell.write("backlint.toml", '[ignore]\nstale-item = "we use a bot"')
    lines = [line.split(maxsplit=2) for line in shell("rules", "--why", "staleness").out.splitlines()]
    told = {name: (mark, why) for mark, name, why in lines}
    assert told["stale-item"] == ("----", 'ignored as "stale-item": we use a bot')
    assert told["stale-backlog"] == ("runs", 'selected by "recommended"')


def test_the_settings_of_a_report_are_shown_too(shell: Shell) -> None:
    shell.write("backlint.toml", TEXT + "[reports.markdown]\nfindings = 3\n")
    assert (
        "reports.markdown.findings = 3  # backlint.toml:8: reports.markdown.findings"
        in shell("config", "show", "--origin").out.splitlines()
    )
