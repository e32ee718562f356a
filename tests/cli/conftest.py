"""A shell in an empty directory, far from anybody's own configuration and tokens."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from backlint.cli.entry import run


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Shell:
    """Runs commands as `main` does, in `directory`."""

    directory: Path
    read: Callable[[], tuple[str, str]]

    def __call__(self, *arguments: str) -> Said:
        code = run(arguments)
        out, err = self.read()
        return Said(code, out, err)

    def write(self, name: str, text: str) -> Path:
        file = self.directory / name
        file.write_text(text, "utf-8")
        return file

    def write_items(self, *items: Mapping[str, object], name: str = "items.jsonl") -> Path:
        """A backlog in a file: stories of one project, in their order; what is not told is as in a healthy item."""
        healthy: dict[str, object] = {"project": "SHOP", "kind": "story", "created": "2026-11-01T08:00:00Z"}
        lines: list[dict[str, object]] = [
            {**healthy, "id": str(n), "key": f"SHOP-{n}", "rank": n, "url": f"https://t.example/SHOP-{n}", **item}
            for n, item in enumerate(items, 1)
        ]
        return self.write(name, "\n".join(json.dumps({"updated": line["created"], **line}) for line in lines))


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("BACKLINT_", "JIRA_", "GITHUB_", "GH_")) or name in {"NO_COLOR", "FORCE_COLOR"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))

    def read() -> tuple[str, str]:
        out, err = capfd.readouterr()
        return out, err

    return Shell(tmp_path, read)
