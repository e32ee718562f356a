"""A bar on a terminal while the trackers are read; nothing of it in a pipe."""

import os
import pty
import subprocess
import sys
from pathlib import Path

ITEM = '{"key": "SHOP-1", "title": "People pay later", "rank": 1, "kind": "story", "body": "They asked."}'


def said_on_a_terminal(folder: Path, *arguments: str, tells: bool = False) -> str:
    """What stands on standard error where that is a terminal; `tells`: on standard output."""
    main, terminal = pty.openpty()
    command = [sys.executable, "-m", "backlint", *arguments]
    environ = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    out, err = (terminal, subprocess.DEVNULL) if tells else (subprocess.DEVNULL, terminal)
    subprocess.run(command, cwd=folder, env=environ, stdout=out, stderr=err, check=False)  # noqa: S603
    os.close(terminal)
    said = b""
    try:
        while piece := os.read(main, 65536):
            said += piece
    except OSError:
        pass  # the terminal is closed, and all is read
    os.close(main)
    return said.decode()


def test_a_bar_on_a_terminal_only(tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_text(ITEM)
    assert "file:items.jsonl" in said_on_a_terminal(tmp_path, "check", "items.jsonl")
    command = [sys.executable, "-m", "backlint", "check", "items.jsonl"]
    piped = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603
    assert piped.stderr == ""


def test_the_page_of_a_rule_is_laid_out_on_a_terminal_only(tmp_path: Path) -> None:
    laid_out = said_on_a_terminal(tmp_path, "explain", "stale-item", tells=True)
    assert "stale-item" in laid_out
    assert "# stale-item" not in laid_out
    command = [sys.executable, "-m", "backlint", "explain", "stale-item"]
    piped = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603
    assert piped.stdout.startswith("# stale-item\n")
