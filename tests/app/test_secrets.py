"""A token stays unseen when the line fails, too."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backlint import app, catalog
from backlint.config import Surroundings, load
from backlint.report import Report
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from backlint.transport.inprocess import Heard, HungUp, InProcess, Reply

CANARY = "canary-7f3a9c-do-not-show"


def hang_up(_: Heard) -> Reply:
    raise HungUp


TRACKERS: dict[str, Callable[[Heard], Reply]] = {
    "hangs up": hang_up,
    "breaks off": lambda _: Reply(200, b'{"issues": [', {"content-type": "application/json"}),
    "is down": lambda heard: Reply(503, str(heard.headers).encode(), {"content-type": "text/plain"}),
    "asks to wait for long": lambda _: Reply(429, b"{}", {"retry-after": "86400"}),
}


@pytest.mark.parametrize("tracker", TRACKERS)
@pytest.mark.parametrize("connector", ["jira", "github"])
def test_a_token_is_shown_nowhere(tmp_path: Path, tracker: str, connector: str) -> None:
    where = {"jira": 'project = "SHOP"', "github": 'repository = "acme/shop"'}[connector]
    (tmp_path / "backlint.toml").write_text(f'[teams.web.{connector}]\nurl = "https://t.example"\n{where}\n')
    config = load(
        around=Surroundings(tmp_path, {f"{connector.upper()}_TOKEN": CANARY, "JIRA_EMAIL": "po@shop.example"})
    )
    gate = Gate(FakeClock(), wire=InProcess({"t.example": TRACKERS[tracker]}))
    checked = app.check(config, config.teams, gate, app.Asked(now=gate.clock.now()))
    assert not checked.is_complete
    shown = [report().render(checked.run) for report in catalog.every(Report)]
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert CANARY not in "".join(shown)
    assert CANARY.encode() not in kept
