"""A token appears in no output, report, database or error, whatever the tracker does with it."""

import json
from base64 import b64encode
from collections.abc import Callable

import pytest

from backlint import catalog
from backlint.channel import Channel
from backlint.cli import log
from backlint.config.spelling import variable
from backlint.config.spoken import secrets_in
from backlint.connector import Connector
from backlint.plugin import Plugin
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


def canaries(kind: type[Plugin], name: str, place: tuple[str, ...]) -> dict[str, str]:
    """A variable for every secret that a plugin may be given, each with a bird of its own."""
    paths = [(*place, *path) for path in secrets_in(catalog.load(kind, name))]
    return {variable(path): f"https://127.0.0.1:9/{CANARY}-{'-'.join(path)}" for path in paths}


TOML = """
pages = "pages"
[teams.jira.jira]
url = "{url}"
project = "SHOP"
[teams.github.github]
url = "{url}"
repository = "acme/shop"
[teams.app.github]
url = "{url}"
repository = "acme/other"
app = {{id = 7}}
[channels.slack]
[channels.teams]
[channels.email]
host = "127.0.0.1"
port = 9
user = "po"
to = ["po@fernhill.example"]
sender = "backlint@fernhill.example"
"""
COMMANDS = (
    ("check", "--notify", "--output", "html=report.html", "--output", "json=run.json"),
    ("run", "--job", "nightly"),
    ("doctor",),
    ("config", "show", "--origin"),
    ("config", "verify"),
    ("comment",),
    ("ready",),
)


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_of_any_setting_is_shown_anywhere(shell: Shell, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """Every secret that can be configured, a tracker that repeats what it hears, every command that may fail by it."""
    environ = {
        "JIRA_EMAIL": "po@fernhill.example",
        "BACKLINT_SERVICE__TOKEN": f"{CANARY}-service",
        "BACKLINT_SERVICE__HOOKS": json.dumps({"github": f"{CANARY}-hook"}),
        **canaries(Connector, "jira", ("teams", "jira", "jira")),
        **canaries(Connector, "github", ("teams", "app", "github")),
        "BACKLINT_TEAMS__GITHUB__GITHUB__TOKEN": f"{CANARY}-github",
    }
    for channel in catalog.names(Channel):
        environ |= canaries(Channel, channel, ("channels", channel))
    assert len(environ) > 9
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv(log.VARIABLE, form)
    said = ""
    with serve(TRACKERS["repeats what it heard"]) as url:
        shell.write("backlint.toml", TOML.format(url=url))
        for command in COMMANDS:
            done = shell(*command)
            said += done.out + done.err
            assert "Traceback" not in done.err
            assert form == "text" or all(json.loads(line) for line in done.err.splitlines())
    kept = b"".join(file.read_bytes() for file in shell.directory.rglob("*") if file.is_file())
    assert "could not be" in said
    for secret in (CANARY, b64encode(CANARY.encode()).decode()[:-4]):
        assert secret not in said
        assert secret.encode() not in kept


def test_a_secret_that_was_typed_where_a_name_belongs_is_not_repeated(shell: Shell) -> None:
    token = "ghp_" + "a1" * 18
    shell.write("backlint.toml", '[teams.web.file]\npath = "items.jsonl"\n')
    for command in (
        ("check", "--team", token),
        (token,),
        ("explain", token),
        ("check", f"--{token}"),
        ("check", token),
    ):
        said = shell(*command)
        assert said.code in {2, 3}
        assert token not in said.out + said.err
        assert said.err
