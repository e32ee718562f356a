"""The main job, from the command line to the exit code."""

import itertools
import json
import subprocess
import sys

import pytest

from tests.cli.conftest import Shell

NOW = ("--now", "2026-11-22T08:00:00Z")
ONE_RULE = ("--select", "missing-description", *NOW)
BARE = {"title": "Log in", "body": ""}
TOLD = {"title": "Log out", "body": "People who share a computer want to leave nothing behind."}


def test_a_file_is_checked_without_a_configuration(shell: Shell) -> None:
    shell.write_items(BARE, TOLD)
    said = shell("check", "items.jsonl", *ONE_RULE)
    assert said.code == 1
    assert "has no description" in said.out
    assert "SHOP-1" in said.out
    assert said.err == ""


def test_several_reports_at_once(shell: Shell) -> None:
    shell.write_items(BARE)
    said = shell("check", "items.jsonl", *ONE_RULE, "--output", "html=report.html", "--output", "json=-")
    (team,) = json.loads(said.out)["run"]["teams"]
    assert team["findings"][0]["rule"] == "missing-description"
    assert "<html" in (shell.directory / "report.html").read_text("utf-8")


def test_a_file_tells_its_format(shell: Shell) -> None:
    shell.write_items(BARE)
    said = shell("check", "items.jsonl", *ONE_RULE, "-o", "report.md", "-o", "report.html")
    assert (shell.directory / "report.md").read_text("utf-8").startswith("#")
    assert "SHOP-1" in said.out, "the terminal's report is printed where nothing else is"


def test_nothing_is_left_behind(shell: Shell) -> None:
    shell.write_items(TOLD)
    shell("check", "items.jsonl", *ONE_RULE)
    assert [file.name for file in shell.directory.iterdir()] == ["items.jsonl"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 1),
        (("--exit-zero",), 0),
        (("--fail-on", "info"), 1),
        (("--ignore", "readiness"), 1),  # the rule's own name is the more exact word
        (("--ignore", "missing-description"), 0),
    ],
)
def test_exit_codes(shell: Shell, options: tuple[str, ...], code: int) -> None:
    shell.write_items(BARE)
    assert shell("check", "items.jsonl", *ONE_RULE, *options).code == code


def test_fail_on_leaves_lighter_findings_alone(shell: Shell) -> None:
    shell.write_items(BARE)
    shell.write("backlint.toml", '[rules.missing-description]\nseverity = "info"')
    assert shell("check", "items.jsonl", *ONE_RULE).code == 0
    assert shell("check", "items.jsonl", *ONE_RULE, "--fail-on", "info").code == 1


def test_the_same_run_says_the_same(shell: Shell) -> None:
    shell.write_items(BARE, TOLD)
    first, second = (shell("check", "items.jsonl", *NOW, "-o", "markdown") for _ in range(2))
    assert first == second


def test_standard_input(shell: Shell) -> None:
    items = shell.write_items(BARE).read_text("utf-8")
    command = [sys.executable, "-m", "backlint", "check", "-", *ONE_RULE]
    done = subprocess.run(command, input=items, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 1
    assert "SHOP-1" in done.stdout


@pytest.mark.usefixtures("shell")
def test_one_items_text_on_standard_input() -> None:
    command = [sys.executable, "-m", "backlint", "check", "-", "--select", "missing-description,story-form", *NOW]
    text = "# Pay later\n\nAs a guest I want to pay later."
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)  # noqa: S603
    assert "missing-description" not in done.stdout
    assert "story-form" in done.stdout
    assert "Pay later" in done.stdout
    assert done.stderr == ""


@pytest.mark.usefixtures("shell")
@pytest.mark.parametrize("text", ["", "\ufeff\x00\u202e", "x" * 1_000_000])
def test_any_text_is_an_item(text: str) -> None:
    command = [sys.executable, "-m", "backlint", "check", "-", *ONE_RULE]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=False)  # noqa: S603
    assert done.returncode == 1
    assert b"has no description" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "nowhere.jsonl"), "nowhere.jsonl cannot be read: No such file or directory."),
        (("check",), "No team is configured."),
        (("check", "items.jsonl", "-o", "htm=x"), 'There is no report "htm"; did you mean "html"?'),
        (("check", "items.jsonl", "-o", "x.unknown"), "--output x.unknown: expected FORMAT=FILE"),
        (("check", "items.jsonl", "-o", "html=no/where.html"), "there is no directory no."),
        (("check", "items.jsonl", "-o", "json", "-o", "markdown"), "2 reports cannot share standard output"),
        (("check", "items.jsonl", "--select", "stale-itm"), 'did you mean "stale-item"?'),
        (("check", "items.jsonl", "--team", "web"), 'There is no team "web"'),
        (("check", "items.jsonl", "--now", "yesterday"), '"yesterday" is no moment'),
        (("check", "items.jsonl", "--fail-on", "fatal"), "'fatal' is not one of"),
        (("check", "broken.jsonl"), "broken.jsonl, line 2: this is not JSON"),
        (("chek",), 'There is no command "chek"; did you mean "check"?'),
        (("check", "--config", "nowhere.toml"), "'nowhere.toml' does not exist"),
        (("explain", "stale-itm"), 'There is no rule "stale-itm"; did you mean "stale-item"?'),
    ],
    ids=itertools.count(),
)
def test_what_is_wrong_is_said_in_one_line(shell: Shell, arguments: tuple[str, ...], said: str) -> None:
    items = shell.write_items(TOLD)
    shell.write("broken.jsonl", items.read_text("utf-8") + "\nnot json")
    answer = shell(*arguments)
    assert answer.code == 2
    assert said in answer.err
    assert answer.out == ""
    assert "Traceback" not in answer.err


TEAM = """
[teams.web.file]
path = "items.jsonl"
"""


def test_a_configured_team_is_synced_kept_and_compared(shell: Shell) -> None:
    shell.write("backlint.toml", TEAM)
    shell.write_items(BARE, BARE)
    assert shell("check", "--select", "missing-description", "--now", "2026-11-21").code == 1
    shell.write_items(TOLD, BARE)
    said = shell("check", "--select", "missing-description", "--now", "2026-11-22", "-o", "json")
    (team,) = json.loads(said.out)["run"]["teams"]
    assert len(team["findings"]) == 1
    assert len(team["change"]["fixed"]) == 1


def test_without_a_sync_nobody_is_asked(shell: Shell) -> None:
    shell.write("backlint.toml", TEAM)
    shell.write_items(BARE)
    shell("sync")
    (shell.directory / "items.jsonl").unlink()
    assert shell("check", "--no-sync", *ONE_RULE).code == 1


def test_what_was_never_read_is_not_green(shell: Shell) -> None:
    shell.write("backlint.toml", TEAM)
    said = shell("check", "--no-sync")
    assert said.code == 3
    assert "incomplete: file:items.jsonl: It was never read." in said.err


def test_what_a_person_accepted_is_hidden_counted_and_can_be_looked_behind(shell: Shell) -> None:
    shell.write_items({**BARE, "labels": ["backlint:ignore:missing-description"]})
    said = shell("check", "items.jsonl", *ONE_RULE)
    assert said.code == 0
    assert "1 waived" in said.out
    assert shell("check", "items.jsonl", *ONE_RULE, "--no-waivers").code == 1


def test_statistics_in_place_of_the_findings(shell: Shell) -> None:
    shell.write_items(BARE, TOLD)
    said = shell("check", "items.jsonl", *ONE_RULE, "--statistics")
    assert said.code == 1
    assert [line.split() for line in said.out.splitlines()[1:]] == [
        ["findings", "undecided", "rule"],
        ["1", "0", "missing-description"],
    ]


def test_the_order_of_the_lines_may_be_the_backlogs(shell: Shell) -> None:
    """What has no place is not held to what the next items need."""
    shell.write_items({**BARE, "rank": None}, {**TOLD, "rank": None})
    assert shell("check", "items.jsonl", *ONE_RULE).code == 0
    said = shell("check", "items.jsonl", *ONE_RULE, "--ordered", "-o", "json")
    ((finding,),) = (team["findings"] for team in json.loads(said.out)["run"]["teams"])
    assert finding["subject"]["rank"] == 1


def test_only_a_named_file_can_be_called_ordered(shell: Shell) -> None:
    shell.write("backlint.toml", TEAM)
    said = shell("check", "--ordered")
    assert (said.code, said.out) == (2, "")
    assert "is_ordered = true" in said.err
