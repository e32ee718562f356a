"""Who may see what: two credentials, an App whose token is renewed, and what doctor says of a right that is missing."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pydantic import ValidationError
from syrupy.assertion import SnapshotAssertion

from backlint.connector import Observation
from backlint.connectors.github import Github
from backlint.connectors.github.settings import CLOUD
from backlint.errors import TrackerError
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.github import Column, FakeGithub, IssueField
from backlint.testing.fakes.github.replies import refuse, say
from backlint.testing.loopback import serve
from backlint.transport import Gate
from backlint.transport.inprocess import Heard, Reply
from tests.connectors.github.harness import connector, doctor, github, pull, read_all
from tests.connectors.github.official import SPECS, executor
from tests.shared import needs_shared

STATUS = Column("Status", "SINGLE_SELECT", ("Todo", "Cooking", "Done"))


@pytest.fixture
def hub() -> FakeGithub:
    made = github()
    fields = (IssueField("Effort", "number"),)
    shop = made.repository("acme/shop", types=("Bug", "Wish"), fields=fields, is_private=True)
    project = made.project("acme", 4, STATUS)
    project.add(shop.issue("x", labels=["P1", "bug"]), Status="Todo")
    return made


@pytest.fixture(scope="module")
def key() -> str:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return made.private_bytes(*pem).decode()


@pytest.mark.parametrize(
    "rights",
    [
        {"projects": False},
        {"scopes": ("repo",)},
    ],
    ids=["GITHUB_TOKEN or fine-grained", "classic without read:project"],
)
def test_a_token_that_may_not_read_projects_is_told_from_an_empty_project(
    hub: FakeGithub, rights: dict[str, Any]
) -> None:
    hub.admit("ghp_x", **rights)
    pulled = pull(hub)
    assert len(pulled.items) == 1
    assert pulled.order is None
    assert len(pulled.warnings) == 1
    assert "project acme/4" in pulled.warnings[0]
    hub.admit("ghp_x")
    hub.projects["acme", 4].cards.clear()
    empty = pull(hub)
    assert (empty.order, empty.warnings) == ([], [])


def test_projects_may_have_a_credential_of_their_own(hub: FakeGithub) -> None:
    hub.admit("ghs_x", projects=False)
    hub.admit("ghp_projects", repositories=frozenset())
    pulled = pull(hub, token="ghs_x", project_token="ghp_projects")
    assert (pulled.order, pulled.warnings) == (["x"], [])


def test_a_repository_that_the_token_may_not_see_is_no_empty_one(hub: FakeGithub) -> None:
    hub.admit("ghp_x", repositories=frozenset())
    with pytest.raises(TrackerError, match="may not see"):
        pull(hub, project=None)


def test_a_repository_that_only_rest_shows_is_read_and_said(hub: FakeGithub) -> None:
    def forbid(heard: Heard) -> Reply | None:
        if b"query Repository" not in heard.body:
            return None
        error = {"type": "FORBIDDEN", "message": "Resource not accessible by integration"}
        return say(200, {"data": {"repository": None}, "errors": [error]})

    hub.faults = [forbid]
    pulled = pull(hub)
    assert pulled.order == ["x"]
    assert pulled.warnings == ["acme/shop was not described whole: Resource not accessible by integration"]


def test_a_right_that_github_names_is_named(hub: FakeGithub) -> None:
    said = refuse(
        403, "Resource not accessible by personal access token", {"x-accepted-github-permissions": "issues=read"}
    )
    hub.faults = [lambda heard: said if "/issues" in heard.url else None]
    with pytest.raises(TrackerError, match="issues: read"):
        pull(hub, project=None)
    assert any(one.fix and "issues: read" in one.fix for one in doctor(hub, project=None))


def shown(observations: list[Observation]) -> list[str]:
    return [
        f"{'ok' if it.is_well else '!!'} {it.about}: {it.found}{f' -> {it.fix}' if it.fix else ''}"
        for it in observations
    ]


@needs_shared
def test_doctor_of_a_healthy_site(hub: FakeGithub, snapshot: SnapshotAssertion) -> None:
    hub.admit("github_pat_x", "robin", scopes=("repo", "read:project"))
    assert shown(doctor(hub, token="github_pat_x")) == snapshot


@needs_shared
def test_doctor_of_a_sick_one(hub: FakeGithub, snapshot: SnapshotAssertion) -> None:
    hub.admit("ghs_x", "github-actions[bot]", projects=False)
    hub.rename(hub.repositories["acme/shop"], "acme/store")
    hub.execute = executor("Issue.blockedBy", "Issue.blocking")
    assert shown(doctor(hub, token="ghs_x", repository=["acme/shop", "acme/shp"])) == snapshot


def looked(hub: FakeGithub, about: str, **settings: Any) -> Observation:
    """What doctor shows of one thing."""
    [found] = [one for one in doctor(hub, **settings) if one.about == about]
    return found


def test_doctor_says_when_a_token_ends(hub: FakeGithub) -> None:
    hub.admit("github_pat_x", "robin", until=datetime(2026, 12, 24, 18, tzinfo=UTC))
    assert looked(hub, "token", token="github_pat_x").found.endswith(", until 2026-12-24")


def test_doctor_says_that_issues_are_switched_off(hub: FakeGithub) -> None:
    gone = refuse(410, "Issues are disabled for this repo")
    hub.faults = [lambda heard: gone if "/issues" in heard.url else None]
    seen = looked(hub, "repository acme/shop")
    assert (seen.is_well, seen.found) == (False, '410: "Issues are disabled for this repo"')
    assert seen.fix == "Switch issues on in the repository's settings, or leave it out."


def test_doctor_says_what_a_repository_does_not_show(hub: FakeGithub) -> None:
    error = {"type": "FORBIDDEN", "message": "Resource not accessible by integration"}
    said = say(200, {"data": {"repository": None}, "errors": [error]})
    hub.faults = [lambda heard: said if b"query Repository" in heard.body else None]
    seen = looked(hub, "repository acme/shop")
    assert (seen.is_well, seen.fix) == (False, "Give the token Issues: read and Metadata: read.")
    assert seen.found == "acme/shop was not described whole: Resource not accessible by integration"


def test_doctor_says_what_a_project_hides(hub: FakeGithub) -> None:
    hub.projects["acme", 4].cards[0].content = None
    seen = looked(hub, "project acme/4")
    assert not seen.is_well
    assert seen.fix == "Let the token see all repositories of the project, or it is read in part."
    assert seen.found.startswith("1 item of project acme/4 is hidden from this token")


def test_doctor_without_a_token_or_with_a_wrong_one(hub: FakeGithub) -> None:
    assert "none" in doctor(hub, token=None)[0].found
    hub.admit("ghp_right")
    with pytest.raises(TrackerError, match="token is wrong"):
        doctor(hub, token="ghp_wrong")


def test_no_secret_is_shown(hub: FakeGithub) -> None:
    secret = "ghp_canary"
    made = connector(token=secret, project_token=secret, app={"id": 1, "key": secret})
    hub.admit("ghp_other")
    with pytest.raises(TrackerError) as refused:
        pull(hub, token=secret)
    with pytest.raises(ValidationError) as invalid:
        Github.model_validate({"token": secret, "repository": 7.5})
    for text in (repr(made), str(made), made.source, str(refused.value), repr(refused.value), str(invalid.value)):
        assert secret not in text


class TestApp:
    """PyGithub brings its own network, so it meets the fake on a loopback port."""

    @pytest.fixture
    def clock(self) -> FakeClock:
        return FakeClock()

    @pytest.fixture
    def url(self, hub: FakeGithub, clock: FakeClock) -> Iterator[str]:
        hub.now = clock.now
        with serve(hub) as base:
            yield f"{base}/api/v3"

    @pytest.mark.parametrize("installation", [None, 7])
    def test_an_installation_token_is_made_and_renewed(
        self, hub: FakeGithub, clock: FakeClock, key: str, installation: int | None
    ) -> None:
        def slowly(heard: Heard) -> Reply:
            reply = hub(heard)
            clock.pass_time(0 if "installation" in heard.url else timedelta(minutes=50).total_seconds())
            return reply

        hub.now = clock.now
        app = {"id": 12, "key": key, "installation": installation}
        gate = Gate(clock, jitter=lambda: 0.0)
        with serve(slowly) as base:
            pulled = read_all(connector(url=base, token=None, app=app), gate)
        assert pulled.order == ["x"]
        made = [heard for heard in hub.heard if heard.url.endswith("/access_tokens")]
        assert len(made) >= 3, "a token lives an hour"
        assert all(heard.url.endswith("/installations/7/access_tokens") for heard in made) == (installation == 7)
        assert gate.requests >= len(hub.heard) - len(made), "one budget: PyGithub's requests are counted too"

    def test_an_app_that_is_not_installed_is_told(self, hub: FakeGithub, url: str, key: str) -> None:
        hub.faults = [lambda heard: refuse(404, "Not Found") if "installation" in heard.url else None]
        with pytest.raises(TrackerError, match="installed"):
            read_all(connector(url=url, token=None, app={"id": 12, "key": key}), Gate(FakeClock()))

    def test_a_key_that_is_none_is_told(self, url: str) -> None:
        with pytest.raises(Exception, match="App 12") as caught:
            read_all(connector(url=url, token=None, app={"id": 12, "key": "no key"}), Gate(FakeClock()))
        assert "no key" not in str(caught.value)

    def test_doctor_finds_what_was_meant(self, url: str) -> None:
        reading = connector(url=url, repository="acme/shpo", project=None)

        async def look() -> list[Observation]:
            return [each async for each in reading.examine(Gate(FakeClock()))]

        fixes = [one.fix for one in asyncio.run(look()) if one.fix]
        assert any("Did you mean acme/shop?" in fix for fix in fixes)


@pytest.mark.parametrize(
    ("given", "base", "graphql"),
    [
        ("https://github.com", CLOUD, f"{CLOUD}/graphql"),
        ("https://api.github.com/", CLOUD, f"{CLOUD}/graphql"),
        ("https://git.acme.example", "https://git.acme.example/api/v3", "https://git.acme.example/api/graphql"),
        ("https://git.acme.example/api/v3/", "https://git.acme.example/api/v3", "https://git.acme.example/api/graphql"),
        ("https://api.acme.ghe.com", "https://api.acme.ghe.com", "https://api.acme.ghe.com/graphql"),
    ],
)
def test_where_the_api_stands(given: str, base: str, graphql: str) -> None:
    hub = github(host=base.split("/")[2])
    hub.repository("acme/shop").issue("x")
    made = connector(url=given, project=None)
    assert pull(hub, url=given, project=None).by_title
    assert {heard.url.partition("?")[0] for heard in hub.heard} == {graphql, f"{base}/repos/acme/shop/issues"}
    assert made.source == ("github:acme/shop" if base == CLOUD else f"github:{hub.host}:acme/shop")


@pytest.mark.parametrize("url", ["http://git.acme.example", "git.acme.example", "ftp://x", ""])
def test_a_token_goes_over_https_only(url: str) -> None:
    with pytest.raises(ValidationError, match="https"):
        connector(url=url)


@pytest.mark.parametrize(
    ("settings", "repository", "project"),
    [
        ({"repository": "https://github.com/acme/shop.git", "project": "#4"}, ("acme/shop",), (("acme", 4),)),
        (
            {"repository": ["acme/shop", "acme/api"], "project": "https://github.com/orgs/fern/projects/7/views/1"},
            ("acme/shop", "acme/api"),
            (("fern", 7),),
        ),
    ],
)
def test_what_people_write(settings: dict[str, object], repository: object, project: object) -> None:
    made = connector(**settings)
    assert (made.repository, made.projects()) == (repository, project)


@needs_shared
@pytest.mark.parametrize(
    "lacking",
    [
        ("Issue.blockedBy", "Issue.blocking", "BlockedByAddedEvent", "BlockingAddedEvent"),
        ("Issue.parent", "Repository.issueTypes", "Repository.issueFields", "ProjectV2ItemIssueFieldValue"),
        ("Issue.duplicateOf", "ClosedEvent.stateReason", "ProjectV2ItemStatusChangedEvent"),
    ],
    ids=["no dependencies", "no sub-issues, types and fields", "older events"],
)
def test_an_older_enterprise_server_is_read_as_far_as_it_goes(lacking: tuple[str, ...]) -> None:
    assert SPECS.is_dir()
    hub = FakeGithub(host="git.acme.example", execute=executor(*lacking))
    shop, project = hub.repository("acme/shop"), hub.project("acme", 4, STATUS)
    one, two = shop.issue("one"), shop.issue("two")
    one.block(two)
    one.comment("hello", by="ada", at=datetime(2026, 11, 23, tzinfo=UTC))
    project.put(project.add(one), "Status", "Done")
    pulled = pull(hub, url="https://git.acme.example")
    assert (pulled.order, pulled.warnings) == (["one"], [])
    events = pulled.by_title["one"].events
    assert events is not None
    assert "hello" in {event.text for event in events}
    probes = [heard for heard in hub.heard if b"query Probe" in heard.body]
    assert len(probes) == 1
    hub.heard.clear()
    pull(hub, pulled.cursor, url="https://git.acme.example")
    assert not [heard for heard in hub.heard if b"query Probe" in heard.body], "probed once, and remembered"
    assert not any(json.loads(heard.body).get("errors") for heard in hub.heard if heard.body)


def test_a_site_that_answers_with_something_else() -> None:
    hub = github()
    hub.faults = [lambda _: Reply(200, b"<html>", {"content-type": "text/html"})]
    with pytest.raises(TrackerError, match="web page"):
        pull(hub)
