"""A command line that answers at once: what is slow to import is imported when it is needed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from backlint import __version__
from backlint.cli.commands import COMMANDS, backlint
from backlint.cli.entry import run

SLOW = ("pydantic", "sqlalchemy", "httpx", "jinja2", "jira", "github", "rich", "apscheduler", "alembic", "asyncio")
PROGRAM = """
import sys
from backlint.cli import main
try:
    main(sys.argv[1:])
finally:
    print(*sys.modules, file=sys.stderr)
"""


def imported(*arguments: str) -> tuple[str, set[str]]:
    """What the command says, and every module that it needed for it."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout, {name.partition(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ()], ids=["help", "h", "bare"])
def test_help_imports_nothing_slow(arguments: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    modules = {name.partition(".")[0] for name in done.stderr.split()}
    assert "click" in modules
    assert modules.isdisjoint(SLOW)
    assert "check" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "spared"),
    [
        (("check", "--help"), {"sqlalchemy", "httpx", "jira", "github", "alembic", "jinja2", "markdown_it", "rich"}),
        (("check", "ITEMS"), {"httpx", "jira", "github", "alembic", "jinja2", "markdown_it", "requests"}),
        (("explain", "stale-item"), {"sqlalchemy", "httpx", "jira", "github", "alembic", "jinja2"}),
    ],
    ids=["help", "a file", "a rule"],
)
def test_a_command_loads_what_it_uses(arguments: tuple[str, ...], spared: set[str], tmp_path: Path) -> None:
    items = tmp_path / "items.jsonl"
    items.write_text('{"key": "SHOP-1", "title": "Pay later"}\n')
    _, modules = imported(*(str(items) if each == "ITEMS" else each for each in arguments))
    assert "pydantic" in modules
    assert modules & spared == set()


def test_version_imports_nothing_at_all() -> None:
    said, modules = imported("--version")
    assert said == f"backlint {__version__}\n"
    assert modules.isdisjoint({*SLOW, "click"})


def test_the_list_of_rules_needs_no_tracker_and_no_database() -> None:
    _, modules = imported("rules")
    assert modules.isdisjoint({"sqlalchemy", "jira", "github", "alembic"})


def completed(words: str, at: int) -> list[str]:
    environ = {**os.environ, "_BACKLINT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(at)}
    command = [sys.executable, "-m", "backlint"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)  # noqa: S603
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_a_shell_completes_commands_options_and_values() -> None:
    assert completed("backlint ch", 1) == ["check"]
    assert {"--version", "--help"} <= set(completed("backlint --", 1))
    assert completed("backlint check --fail", 2) == ["--fail-on"]
    assert completed("backlint check --fail-on w", 3) == ["warning"]


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_prints_what_makes_a_shell_complete(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    assert "_BACKLINT_COMPLETE" in capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_begins_as_the_list_says(name: str) -> None:
    context = backlint.make_context("backlint", [name])
    command = backlint.get_command(context, name)
    assert command is not None
    assert command.name == name
    assert command.help
    assert command.help.startswith(COMMANDS[name].summary.rstrip("."))
