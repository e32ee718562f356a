"""A GitHub App writes: its token lives an hour, and is renewed while notes are being written."""

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pydantic import SecretStr

from backlint.connectors.github import Github
from backlint.connectors.github.access import App
from backlint.connectors.github.writing import writing
from backlint.testing.loopback import serve
from backlint.transport import Gate
from backlint.transport.inprocess import Heard, Reply
from backlint.writeback import Verdict
from backlint.writer import Writer
from tests.writeback.places import OnGithub, note_step
from tests.writeback.running import journal, run

RATHER_LONG = timedelta(minutes=35)


@pytest.fixture(scope="module")
def key() -> str:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return made.private_bytes(*pem).decode()


@dataclass
class ByAnApp(OnGithub):
    """The same place, written to by an App. PyGithub brings its own network, so all of it goes over loopback."""

    items: int = 6

    def let_in(self, url: str, key: str) -> None:
        app = App(id=12, key=SecretStr(key), installation=7)
        self.settings = Github(repository=("acme/shop",), url=url, app=app)

    def writing(self) -> AbstractAsyncContextManager[Writer]:
        return writing(self.settings, Gate(self.clock, jitter=lambda: 0.0))

    def id_of(self, key: str) -> str:
        return f"{self.settings.prefix}{self._issue(key).ids[1]}"

    def answer(self, heard: Heard) -> Reply:
        """Every write takes long: the third is not let in with the token of the first."""
        reply = self.hub(heard)
        if heard.method != "GET" and "graphql" not in heard.url and "installation" not in heard.url:
            self.clock.pass_time(RATHER_LONG.total_seconds())
        return reply

    @property
    def authors(self) -> set[str]:
        issues = self.repo.issues.values()
        return {entry.actor.login for issue in issues for entry in issue.history if entry.actor and entry.facts}


@pytest.fixture
def app(key: str) -> Iterator[ByAnApp]:
    place = ByAnApp()
    with serve(place.answer) as base:
        place.let_in(f"{base}/api/v3", key)
        yield place


def made(place: ByAnApp) -> int:
    return sum(heard.url.endswith("/access_tokens") for heard in place.hub.heard)


def test_a_token_is_renewed_in_the_middle_of_a_run(app: ByAnApp, path: Path) -> None:
    keys = app.all_keys()
    written = run(app, path, [note_step(app, key, "Say more.") for key in keys])
    assert {outcome.verdict for outcome in written} == {Verdict.DONE}
    renewed = made(app)
    assert renewed >= 3, "six writes of 35 minutes, and a token lives an hour"
    assert {key: app.bodies(key) for key in keys} == {key: [app.body("Say more.")] for key in keys}
    assert app.authors == {"backlint[bot]"}

    app.repo.issues[1].comment(app.body("Another's."), by="other[bot]")
    edited = run(app, path, [note_step(app, key, "Say less.", "Say more.") for key in keys], name="later")
    assert {outcome.verdict for outcome in edited} == {Verdict.DONE}
    assert made(app) > renewed
    assert app.bodies(keys[0]) == [app.body("Say less."), app.body("Another's.")]
    assert len(journal(app, path).written()) == 12


def test_who_lost_an_answer_finds_its_note_with_another_token(app: ByAnApp, path: Path) -> None:
    """What a token of the first hour wrote is ours to one of the second."""
    [key, *_] = app.all_keys()
    lost: list[str] = []

    def loses(heard: Heard) -> Reply | None:
        if heard.url.endswith("/comments") and heard.method == "POST" and not lost:
            lost.append(heard.url)
            app.repo.issues[1].comment(app.body("Say more."), by="backlint[bot]")
            app.clock.pass_time(timedelta(hours=2).total_seconds())
            return Reply(502)
        return None

    app.hub.faults = [loses]
    [outcome] = run(app, path, [note_step(app, key, "Say more.")])
    assert (outcome.verdict, made(app)) == (Verdict.DONE, 2)
    assert app.bodies(key) == [app.body("Say more.")]
