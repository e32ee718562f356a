"""`--log-format json`: what goes to standard error, for programs."""

import json
from typing import Any

import pytest

from tests.cli.conftest import Said, Shell

TEAM = '[teams.web.file]\npath = "items.jsonl"\n'


def logged(said: Said) -> list[dict[str, Any]]:
    """Every line, without its time; a line that is no JSON object fails."""
    lines = [json.loads(line) for line in said.err.splitlines()]
    assert all(line.pop("time").endswith("+00:00") for line in lines)
    return lines


def test_a_warning_says_what_it_is_about(shell: Shell) -> None:
    shell.write("backlint.toml", TEAM)
    said = shell("check", "--no-sync", "--now", "2026-11-22T08:00Z", "--log-format", "json")
    assert said.code == 3
    checked, warning = logged(said)
    assert warning == {
        "level": "warning",
        "kind": "incomplete",
        "message": "file:items.jsonl: It was never read.",
        "team": "web",
        "source": "file:items.jsonl",
        "tracker": "file",
    }
    assert checked.pop("seconds") >= 0
    assert checked == {
        "level": "info",
        "kind": "checked",
        "message": checked["message"],
        "run": "2026-11-22T08:00:00+00:00",
        "team": "web",
        "outcome": "incomplete",
        "findings": 0,
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check",), "No team is configured."),
        (("check", "--fail-on", "fatal"), "'fatal' is not one of"),
        (("check", "--no-such-option"), "No such option"),
        (("chek",), 'did you mean "check"?'),
    ],
)
@pytest.mark.parametrize("option", [("--log-format", "json"), ("--log-format=json",)])
def test_an_error_is_one_object(
    shell: Shell, arguments: tuple[str, ...], option: tuple[str, ...], message: str
) -> None:
    (told,) = logged(shell(*arguments, *option))
    assert (told["level"], told["kind"]) == ("error", "error")
    assert message in told["message"]


def test_the_next_command_is_asked_anew(shell: Shell) -> None:
    shell("check", "--log-format", "json")
    assert shell("check").err.startswith("error: No team is configured.")


def test_another_format_is_refused(shell: Shell) -> None:
    said = shell("check", "--log-format", "xml")
    assert said.code == 2
    assert "'xml' is not one of 'text', 'json'" in said.err


def test_the_environment_asks_and_the_command_line_wins(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKLINT_LOG_FORMAT", "json")
    (told,) = logged(shell("check"))
    assert told["kind"] == "error"
    assert shell("check", "--log-format", "text").err.startswith("error: No team is configured.")


def test_the_environment_may_be_wrong(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKLINT_LOG_FORMAT", "yaml")
    said = shell("check")
    assert (said.code, said.err) == (
        2,
        'error: BACKLINT_LOG_FORMAT: "yaml" is no format; there are: text, json.\n',
    )
    assert shell("check", "--log-format", "text").err.startswith("error: No team is configured.")


def test_every_line_of_a_check_says_which_run_and_which_team_or_source(shell: Shell) -> None:
    shell.write("backlint.toml", TEAM)
    shell.write_items({"title": "Pay later", "body": ""})
    lines = logged(shell("check", "--now", "2026-11-22T08:00Z", "--log-format", "json"))
    assert [line["kind"] for line in lines] == ["read", "checked"]
    assert {line["run"] for line in lines} == {"2026-11-22T08:00:00+00:00"}
    read, checked = lines
    assert (read["source"], read["tracker"], read["items"]) == ("file:items.jsonl", "file", 1)
    assert (checked["team"], checked["outcome"]) == ("web", "complete")
