"""A token appears in no output, report, database or error, whatever the tracker does with it."""

import json
from base64 import b64encode
from collections.abc import Callable

import pytest

from backlint.testing.loopback import serve
from backlint.transport.inprocess import Heard, Reply
from tests.cli.conftest import Shell

CANARY = "canary-7f3a9c-do-not-show"


def answer(status: int, body: object, **headers: str) -> Callable[[Heard], Reply]:
    content = {"content-type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return lambda _: Reply(status, json.dumps(body).encode(), content)


TRACKERS: dict[str, Callable[[Heard], Reply]] = {
    "refuses the token": answer(401, {"message": "Bad credentials"}),
    "forbids": answer(403, {"message": "Resource not accessible by personal access token"}),
    "knows no such project": answer(404, {"message": "Not Found"}),
    "shows a login page": lambda _: Reply(200, b"<html>log in</html>", {"content-type": "text/html"}),
    "sends nonsense": answer(200, [[None]]),
    "leads elsewhere": answer(302, {}, location="https://elsewhere.example/"),
    "repeats what it heard": lambda heard: Reply(
        400, json.dumps({"message": str(heard.headers), "errorMessages": [str(heard.headers)]}).encode()
    ),
}


@pytest.mark.parametrize("tracker", TRACKERS)
@pytest.mark.parametrize("command", ["check", "sync", "doctor", "check --log-format json"])
@pytest.mark.parametrize("connector", ["jira", "github"])
def test_a_token_is_shown_nowhere(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tracker: str, command: str, connector: str
) -> None:
    monkeypatch.setenv(f"{connector.upper()}_TOKEN", CANARY)
    monkeypatch.setenv("JIRA_EMAIL", "po@fernhill.example")
    where = {"jira": 'project = "SHOP"', "github": 'repository = "acme/shop"'}[connector]
    with serve(TRACKERS[tracker]) as url:
        shell.write("backlint.toml", f'[teams.web.{connector}]\nurl = "{url}"\n{where}\n')
        said = shell(*command.split(), *(("-o", "html=report.html") if "check" in command else ()))
    assert said.code in ({3} if command == "doctor" else {2, 3})
    assert "Traceback" not in said.err
    kept = b"".join(file.read_bytes() for file in shell.directory.iterdir() if file.is_file())
    for secret in (CANARY, b64encode(f"po@fernhill.example:{CANARY}".encode()).decode()):
        assert secret not in said.out + said.err
        assert secret.encode() not in kept
