"""The wizard writes a configuration that runs, and loses nothing."""

import json
import os
import sys
import tomllib
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from backlint.cli.init import command
from backlint.errors import Exit
from backlint.example import NOW
from backlint.testing.fakes.github import FakeGithub
from backlint.testing.loopback import serve
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


GH = """\
#!/bin/sh
echo "$@" > gh-was-asked
echo "{token}"
"""


@pytest.fixture
def hub(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[FakeGithub, str]]:
    """A repository, and a `gh` program that stands first on the path."""
    hub = FakeGithub()
    hub.repository("acme/shop").issue("Pay by card", body="Because they asked.", at=NOW)
    program = shell.write("gh", GH.format(token="ghp_canary"))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(shell.directory), prepend=os.pathsep)
    with serve(hub) as url:
        yield hub, f"{url}/api/v3"


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
def test_the_token_of_gh_is_used_and_written_nowhere(shell: Shell, hub: tuple[FakeGithub, str]) -> None:
    github, url = hub
    said = shell("init", "--yes", "--tracker", "github", "--repository", "acme/shop", "--url", url)
    assert said.code == 0, said.err
    assert (shell.directory / "gh-was-asked").read_text() == "auth token\n"
    assert {heard.headers["authorization"] for heard in github.heard} == {"Bearer ghp_canary"}
    assert "ghp_canary" not in (shell.directory / "backlint.toml").read_text() + said.out + said.err


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
def test_where_a_variable_holds_a_token_gh_is_not_asked(
    shell: Shell, hub: tuple[FakeGithub, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_x")
    shell("init", "--yes", "--tracker", "github", "--repository", "acme/shop", "--url", hub[1])
    assert not (shell.directory / "gh-was-asked").exists()


def test_what_may_be_left_out_is_asked_for_and_may_be_nothing(
    shell: Shell, hub: tuple[FakeGithub, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_x")
    answered = CliRunner().invoke(command, ["--url", hub[1]], input="github\nacme/shop\n\nweb\n")
    assert answered.exit_code == 0, answered.output
    assert "project (or nothing)" in answered.output
    [team] = tomllib.loads((shell.directory / "backlint.toml").read_text())["teams"].values()
    assert team["github"] == {"repository": "acme/shop", "url": hub[1]}


def test_what_was_there_stands_again_where_force_wrote_no_configuration(shell: Shell) -> None:
    shell.write("backlint.toml", "# mine")
    said = shell("init", "--yes", "--force", "--tracker", "jira", "--url", "nonsense", "--project", "SHOP")
    assert said.code == 2
    assert (shell.directory / "backlint.toml").read_text() == "# mine"


def test_a_tracker_that_shows_nothing_leaves_the_file_and_says_what_to_do(
    shell: Shell, hub: tuple[FakeGithub, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_x")
    said = shell("init", "--yes", "--tracker", "github", "--repository", "acme/hidden", "--url", hub[1])
    assert said.code == Exit.INCOMPLETE
    assert "Mend what is marked above, then: backlint doctor" in said.err
    assert (shell.directory / "backlint.toml").exists()
