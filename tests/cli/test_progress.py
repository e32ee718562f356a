"""A bar on a terminal while the trackers are read; nothing of it in a pipe."""

import os
import pty
import subprocess
import sys
from pathlib import Path

ITEM = '{"key": "SHOP-1", "title": "People pay later", "rank": 1, "kind": "story", "body": "They asked."}'


def said_on_a_terminal(folder: Path) -> str:
    """What stands on standard error where that is a terminal."""
    main, terminal = pty.openpty()
    command = [sys.executable, "-m", "backlint", "check", "items.jsonl"]
    environ = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    subprocess.run(command, cwd=folder, env=environ, stdout=subprocess.DEVNULL, stderr=terminal, check=False)  # noqa: S603
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
    assert "file:items.jsonl" in said_on_a_terminal(tmp_path)
    command = [sys.executable, "-m", "backlint", "check", "items.jsonl"]
    piped = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603
    assert piped.stderr == ""
