"""docs/first-ten-minutes.md, typed again."""

import base64
import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.backlot import Backlot, backlot, needs_backlot
from tests.cli.conftest import Shell

__all__ = ["backlot"]
pytestmark = needs_backlot

PAGE = Path(__file__).resolve().parents[2] / "docs" / "first-ten-minutes.md"
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
MAY_FIND_SOMETHING = {"check", "ready"}


def typed() -> Iterator[tuple[list[str], list[str]]]:
    """Every command of ours, with the lines that it should say."""
    for block in CONSOLE.findall(PAGE.read_text("utf-8")):
        for told in block.split("$ ")[1:]:
            first, *lines = told.splitlines()
            words = first.split()
            if words[0] == "backlint" and words[1] != "demo":  # the demo has tests of its own
                yield words[1:], lines


def a_project(backlot: Backlot) -> str:
    request = urllib.request.Request(f"{backlot.jira}/rest/api/3/search/jql", method="POST")  # noqa: S310 - loopback
    request.add_header(
        "authorization", "Basic " + base64.b64encode(f"{backlot.email}:{backlot.token}".encode()).decode()
    )
    request.add_header("content-type", "application/json")
    body = json.dumps({"jql": "project is not EMPTY", "fields": ["summary"]}).encode()
    with urllib.request.urlopen(request, body, timeout=30) as answer:  # noqa: S310 - loopback
        found: Any = json.loads(answer.read())
    return str(found["issues"][0]["key"]).partition("-")[0]


def says(out: str, line: str) -> bool:
    """Whether a line of the output is this one, `...` standing for anything."""
    pattern = ".*".join(map(re.escape, line.split("...")))
    return any(re.fullmatch(pattern, said) for said in out.splitlines())


def test_what_is_typed_there_works(shell: Shell, backlot: Backlot, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "GITHUB_TOKEN": backlot.token,
        "JIRA_TOKEN": backlot.token,
        "JIRA_EMAIL": backlot.email,
    }.items():
        monkeypatch.setenv(name, value)
    here = {"https://acme.atlassian.net": backlot.jira, "PLAT": a_project(backlot)}
    count = 0
    for words, lines in typed():
        asked = [here.get(word, word) for word in words]
        if "github" in asked:
            asked += ["--url", backlot.github]
        said = shell(*asked)
        assert said.code in ({0, 1} if words[0] in MAY_FIND_SOMETHING else {0}), (asked, said)
        for line in filter(None, lines):
            assert says(said.out, line), (asked, line, said.out)
        count += 1
    assert count == 9
    assert backlot.token not in "".join(
        file.read_text("utf-8", "replace") for file in shell.directory.iterdir() if file.is_file()
    )
