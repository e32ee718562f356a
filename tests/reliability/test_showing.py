"""R11: without `--apply`, and without leave to write, no command asks a tracker for anything that writes."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from backlint.cli.commands import COMMANDS
from backlint.example import NOW
from backlint.testing.loopback import serve
from backlint.transport.inprocess import Heard, Reply
from tests.cli.conftest import Shell, shell
from tests.reliability.teams import TRACKERS, VARIABLES
from tests.reliability.writes import is_write

__all__ = ["shell"]

AT = ("--now", NOW.isoformat())
SHOWN: Mapping[str, tuple[str, ...]] = {
    "apply": ("plan.json",),
    "baseline": (),
    "check": ("--output", "html=report.html"),
    "comment": AT,
    "dashboard": AT,
    "diff": (),
    "doctor": (),
    "explain": ("SHOP-1",),
    "journal": (),
    "label": AT,
    "order": AT,
    "plan": ("-o", "plan.json", *AT),
    "ready": (),
    "report": (),
    "run": ("--job", "nightly"),
    "sync": (),
    "trend": (),
    "undo": ("20261122-080000-beef",),
}
WITHOUT_A_TRACKER = {"completion", "config", "demo", "init", "new", "rules", "store"}
"""They read files, or ask which tracker there is; `serve` and `worker` do what `run` does, at its time."""
LASTING = {"serve", "worker"}


def test_every_command_is_tried() -> None:
    assert {*SHOWN} | WITHOUT_A_TRACKER | LASTING == {*COMMANDS}


@pytest.mark.parametrize("writes", ["true", "false"])
@pytest.mark.parametrize("tracker", ["Jira Cloud", "GitHub by cursor"])
def test_nothing_is_written(shell: Shell, monkeypatch: pytest.MonkeyPatch, tracker: str, writes: str) -> None:
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    made = TRACKERS[tracker]()
    [answer, *_] = made.hosts.values()
    heard: list[Heard] = []

    def listen(request: Heard) -> Reply:
        heard.append(request)
        return answer(request)

    with serve(listen) as url:
        kind, table = _table(made.table, url)
        shell.write("backlint.toml", f"[teams.shop]\nwrite = {writes}\n[teams.shop.{kind}]\n{table}")
        commands = {name: given for name, given in SHOWN.items() if writes == "false" or name != "apply"}
        for name in ("plan", *commands):
            said = shell(name, *commands[name])
            assert "Traceback" not in said.err, name
            assert [each.method for each in heard if is_write(each)] == [], name
    assert len(heard) > 20
    assert Path(shell.directory / "plan.json").exists()


def _table(told: Mapping[str, str], url: str) -> tuple[str, str]:
    kind = "github" if "repository" in told else "jira"
    here = {**told, "url": f"{url}/api/v3" if kind == "github" else url}
    return kind, "".join(f'{name} = "{value}"\n' for name, value in here.items())
