"""A team on a tracker of each sort, whose nights are done as the product does them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from backlint import app
from backlint.app.checking import Checked
from backlint.config import Surroundings, load
from backlint.example import NOW
from backlint.store import Store
from backlint.sync import source_of
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.github import FakeGithub
from backlint.testing.fakes.jira import FakeJira
from backlint.transport import Gate
from backlint.transport.inprocess import Heard, InProcess, Reply, Responder

ITEMS = 30
PAGE = 7
"""So small are the pages that a tracker gives here, whatever it is asked for: five of them."""
VARIABLES = {"JIRA_TOKEN": "fake-token", "GITHUB_TOKEN": "ghp_0123456789abcdef0123456789abcdef0123"}


class Tracker(Protocol):
    """A fake with something to find in it. `page` is how much it gives at once."""

    page: int

    @property
    def hosts(self) -> Mapping[str, Responder]: ...
    @property
    def table(self) -> Mapping[str, str]: ...
    def touch(self, number: int, at: datetime) -> None:
        """Somebody renames the item of that number (from 0)."""
        ...


@dataclass
class OnJira:
    is_cloud: bool
    page: int = PAGE
    jira: FakeJira = field(init=False)

    def __post_init__(self) -> None:
        self.jira = FakeJira("https://shop.example.net", is_cloud=self.is_cloud)
        self.jira.project("SHOP")
        for number in range(ITEMS):
            self.jira.issue("SHOP", f"Item {number}")

    @property
    def hosts(self) -> Mapping[str, Responder]:
        return dict.fromkeys(self.jira.hosts, self.answer)

    @property
    def table(self) -> Mapping[str, str]:
        email = {"email": self.jira.email} if self.is_cloud else {}
        return {"url": self.jira.base, "project": "SHOP", **email}

    def answer(self, heard: Heard) -> Reply:
        self.jira.pages.size = self.page
        if not self.is_cloud and heard.url.endswith("/search"):
            asked = json.loads(heard.body)
            heard = replace(
                heard, body=json.dumps(asked | {"maxResults": min(self.page, asked["maxResults"])}).encode()
            )
        return self.jira(heard)

    def touch(self, number: int, at: datetime) -> None:
        self.jira.now = at
        self.jira.change(list(self.jira.issues.values())[number], title=f"Item {number}, again", at=at)


@dataclass
class OnGithub:
    has_cursors: bool
    page: int = PAGE
    now: datetime = NOW
    hub: FakeGithub = field(init=False)

    def __post_init__(self) -> None:
        self.hub = FakeGithub(now=lambda: self.now)
        self.hub.has_cursors = self.has_cursors
        self.shop = self.hub.repository("acme/shop")
        board = self.hub.project("acme", 4)
        for number in range(ITEMS):
            board.add(
                self.shop.issue(f"Item {number}", labels=["enhancement"], at=NOW - timedelta(days=ITEMS - number))
            )

    @property
    def hosts(self) -> Mapping[str, Responder]:
        return {self.hub.host: self.answer}

    @property
    def table(self) -> Mapping[str, str]:
        return {"repository": "acme/shop", "project": "acme/4"}

    def answer(self, heard: Heard) -> Reply:
        return self.hub(replace(heard, url=heard.url.replace("per_page=100", f"per_page={self.page}")))

    def touch(self, number: int, at: datetime) -> None:
        self.now = at
        list(self.shop.issues.values())[number].rename(f"Item {number}, again", by="ada", at=at)


TRACKERS: Mapping[str, Callable[[], Tracker]] = {
    "Jira Cloud": lambda: OnJira(is_cloud=True),
    "Jira Data Center": lambda: OnJira(is_cloud=False),
    "GitHub by cursor": lambda: OnGithub(has_cursors=True),
    "GitHub by page": lambda: OnGithub(has_cursors=False),
}


@dataclass
class Team:
    """One team, its tracker and its store. `wrap` is what stands between them, and may be changed at any time."""

    folder: Path
    tracker: Tracker
    settings: str = "[teams.shop]\n"
    wrap: Callable[[Responder], Responder] = lambda responder: responder
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        kind = "github" if "repository" in self.tracker.table else "jira"
        table = "".join(f"{name} = {json.dumps(value)}\n" for name, value in self.tracker.table.items())
        (self.folder / "backlint.toml").write_text(f"{self.settings}\n[teams.shop.{kind}]\n{table}")
        self.config = load(around=Surroundings(self.folder, VARIABLES))

    def gate(self, at: datetime) -> Gate:
        self.clock = FakeClock(at)
        hosts = {name: self.wrap(responder) for name, responder in self.tracker.hosts.items()}
        return Gate(self.clock, wire=InProcess(hosts), jitter=lambda: 0.0)

    def check(self, at: datetime = NOW, **asked: Any) -> Checked:
        """A night of it."""
        return app.check(self.config, self.config.teams, self.gate(at), app.Asked(now=at, **asked))

    def kept(self) -> dict[str, str]:
        """What the store holds: titles by id."""
        with Store.open(self.config.store) as store:
            sources = [source_of(each) for team in self.config.teams for each in team.sources]
            return {item.id: item.title for source in sources for item in store.items(source)}
