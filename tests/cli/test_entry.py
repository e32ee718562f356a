"""Whatever happens, a person sees one clear line, and a program an exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from backlint.cli.entry import run
from tests.cli.conftest import Shell

RED = "\x1b["


def backlint(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    command = [sys.executable, "-m", "backlint", *arguments]
    return subprocess.run(command, env={**bare, **environ}, capture_output=True, text=True, check=False)  # noqa: S603


def test_a_closed_pipe_is_no_fault() -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "backlint", "rules"]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603
    os.close(write)
    assert done.stderr == ""
    assert done.returncode == 141


@pytest.mark.parametrize(
    ("environ", "is_coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_are_honoured(tmp_path: Path, environ: dict[str, str], *, is_coloured: bool) -> None:
    items = tmp_path / "items.jsonl"
    items.write_text('{"key": "SHOP-1", "title": "People pay later", "rank": 1, "kind": "story", "body": ""}')
    said = backlint("check", str(items), **environ)
    assert (RED in said.stdout) is is_coloured
    assert (RED in backlint("check", "nowhere.jsonl", **environ).stderr) is is_coloured


def test_a_directory_is_no_store(shell: Shell) -> None:
    shell.write("backlint.toml", 'store = "here"\n[teams.web.file]\npath = "x"')
    (shell.directory / "here").mkdir()
    said = shell("check")
    assert said.code == 3
    assert said.err.startswith("error: The store")
    assert "Traceback" not in said.err


def test_nothing_given_is_help() -> None:
    assert run([]) == 2


@pytest.mark.parametrize("store", ["nonsense://x", "no/such/folder/x.db"])
def test_a_store_that_cannot_be_is_told(shell: Shell, store: str) -> None:
    shell.write("backlint.toml", f'store = "{store}"\n[teams.web.file]\npath = "x"')
    said = shell("check")
    assert said.code in {2, 3}
    assert said.err.count("\n") == 1
    assert "The store" in said.err
