"""The first run on a real backlog of years: no wall of complaints."""

import json
import re
from pathlib import Path

from benchmarks.duraspace import READ_AT, issues, lines
from tests.cli.conftest import Shell
from tests.shared import needs_shared

IN_ONE_SESSION = 10
"""Items that a team can talk about in a refinement session of an hour, at some six minutes each."""

WRITTEN_OUT = 20


@needs_shared
def test_the_first_screen_is_what_one_refinement_can_act_on(shell: Shell) -> None:
    shell.write("duraspace.jsonl", "\n".join(map(json.dumps, lines(issues(), ordered=True))))
    said = shell("check", "duraspace.jsonl", "--now", READ_AT.isoformat(), "-o", "terminal", "-o", "all.json")
    assert (said.code, said.err) == (1, "")
    steps = said.out.partition("Do next")[2].partition("\n\n")[0]
    assert 1 <= len(re.findall(r"^ +\d+ ", steps, re.MULTILINE)) <= IN_ONE_SESSION
    assert 1 <= said.out.count("   = next: ") <= WRITTEN_OUT
    (team,) = json.loads(Path("all.json").read_text("utf-8"))["run"]["teams"]
    left = len(team["findings"]) - said.out.count("   = next: ")
    assert left > WRITTEN_OUT
    assert f"{left:,} findings more than shown here: add --output html=report.html." in " ".join(said.out.split())
