"""The wizard writes a configuration that runs, and loses nothing."""

import json
import tomllib

from click.testing import CliRunner

from backlint.cli.init import command
from tests.cli.conftest import Shell

ITEM = {"title": "People pay later", "body": "Because they asked."}


def test_writes_a_configuration_that_runs(shell: Shell) -> None:
    shell.write_items(ITEM, {"title": "People pay now", "body": ""})
    said = shell("init", "--yes", "--team", "Mobile App", "--tracker", "file", "--path", "items.jsonl")
    assert said.code == 0, said.err
    assert "a description: 1 of 2 items (50 %)" in said.out
    assert "an estimate: the tracker does not say" in said.out
    written = tomllib.loads((shell.directory / "backlint.toml").read_text())
    assert written["teams"] == {"Mobile App": {"file": {"path": "items.jsonl"}}}
    assert shell("config", "verify").code == 0
    assert shell("check").code in {0, 1}


def test_asks_what_was_not_said(shell: Shell) -> None:
    shell.write_items(ITEM)
    answered = CliRunner().invoke(command, input="file\nitems.jsonl\nweb\n")
    assert answered.exit_code == 0, answered.output
    assert "[teams.web.file]" in (shell.directory / "backlint.toml").read_text()


def test_a_configuration_is_not_written_over_by_accident(shell: Shell) -> None:
    shell.write("backlint.toml", "# mine")
    said = shell("init", "--yes", "--tracker", "file", "--path", "x")
    assert said.code == 2
    assert "--force" in said.err
    assert (shell.directory / "backlint.toml").read_text() == "# mine"


def test_what_is_no_configuration_is_taken_back(shell: Shell) -> None:
    said = shell("init", "--yes", "--tracker", "jira", "--url", "nonsense", "--project", "SHOP")
    assert said.code == 2
    assert "teams.team.jira.url" in said.err
    assert not (shell.directory / "backlint.toml").exists()


def test_without_asking_everything_must_be_said(shell: Shell) -> None:
    assert "--tracker jira, github or file" in shell("init", "--yes").err
    assert "say --path: The file" in shell("init", "--yes", "--tracker", "file").err


def test_a_tracker_that_does_not_answer_leaves_the_file_and_says_so(shell: Shell) -> None:
    said = shell("init", "--yes", "--tracker", "file", "--path", "nowhere.jsonl")
    assert said.code in {2, 3}
    assert "nowhere.jsonl" in said.out + said.err


def test_doctor_says_the_same_as_data(shell: Shell) -> None:
    shell.write_items(ITEM)
    shell.write("backlint.toml", '[teams.web.file]\npath = "items.jsonl"')
    assert "items: 1" in shell("doctor").out
    (told,) = json.loads(shell("doctor", "--json").out)["file:items.jsonl"]
    assert told["is_well"] is True
