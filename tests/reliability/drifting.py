"""R5: trackers on which people work between any two requests of a reader.

    python -m tests.reliability.drifting [SEEDS] [SEED]

Five ways of paging: Jira Cloud's tokens, the same if they were places, Data Center's places, GitHub's cursors and its
page numbers; pages of seven. For each seed two busy nights, some of them with a token that sees nothing, then calm
ones. What is there in the end must be kept, as it is, and nothing else.

To show that the same days are hard, a plain walk over numbered pages is let loose on them too.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Protocol

from pydantic import SecretStr

from backlint.connector import Connector
from backlint.connectors.github import Github
from backlint.connectors.jira import Jira
from backlint.connectors.jira.payload import several
from backlint.errors import ConfigError
from backlint.example import NOW
from backlint.store import Store
from backlint.sync import source_of, sync
from backlint.testing.clock import FakeClock
from backlint.testing.fakes.github import FakeGithub
from backlint.testing.fakes.jira import FakeJira
from backlint.transport import Gate
from backlint.transport.inprocess import Heard, InProcess, Reply, Responder

ITEMS = 40
PAGE = 7
BUSY, CALM = 2, 5
A_WEEK = timedelta(days=7).total_seconds()
"""Between two nights, so that a census is due in each."""
BLIND = 0.2
"""Of the busy nights; in these the token loses its permission for some of the requests."""


class World(Protocol):
    """A tracker that lives. `is_awake` lets people work before every answer; `now` is theirs."""

    random: Random
    is_awake: bool

    @property
    def connector(self) -> Connector: ...
    @property
    def hosts(self) -> Mapping[str, Responder]: ...
    def there(self) -> dict[str, str]:
        """The titles of all that the token may see, by item id."""
        ...

    def sees(self, *, all_of_it: bool) -> None:
        """Let the token see the project, or not."""
        ...

    def set_time(self, clock: FakeClock) -> None: ...


@dataclass
class JiraWorld:
    """A project of Jira; moving is to another project and back, and a security level hides an issue and shows it."""

    random: Random
    is_cloud: bool
    drifts: bool = False
    is_awake: bool = False
    jira: FakeJira = field(init=False)

    def __post_init__(self) -> None:
        self.jira = FakeJira("https://shop.example.net", is_cloud=self.is_cloud)
        self.jira.project("SHOP")
        self.jira.project("ATTIC")
        self.jira.pages.size, self.jira.pages.drifts = PAGE, self.drifts
        for number in range(ITEMS):
            self.jira.issue("SHOP", f"Item {number}")

    @property
    def connector(self) -> Connector:
        email = {"email": self.jira.email} if self.is_cloud else {}
        return Jira.model_validate(
            {"url": self.jira.base, "project": "SHOP", "token": SecretStr(self.jira.token), **email}
        )

    @property
    def hosts(self) -> Mapping[str, Responder]:
        return dict.fromkeys(self.jira.hosts, self._answer)

    def _answer(self, heard: Heard) -> Reply:
        if self.is_awake:
            self.live()
        if not self.is_cloud and heard.url.endswith("/search"):
            asked = json.loads(heard.body)
            heard = replace(heard, body=json.dumps(asked | {"maxResults": min(PAGE, asked["maxResults"])}).encode())
        return self.jira(heard)

    def live(self) -> None:
        jira, random = self.jira, self.random
        jira.now += timedelta(seconds=1)
        for _ in range(random.randrange(3)):
            here = [issue for issue in jira.issues.values() if issue.project == "SHOP"]
            one = random.choice(here)
            match random.randrange(8):
                case 0:
                    jira.issue("SHOP", f"New at {jira.now:%X}", created=jira.now)
                case 1:
                    jira.delete(one)
                case 2:
                    jira.move(one, "ATTIC", at=jira.now)
                case 3:
                    for away in [issue for issue in jira.issues.values() if issue.project == "ATTIC"][:1]:
                        jira.move(away, "SHOP", at=jira.now)
                case 4:
                    one.is_hidden = not one.is_hidden
                case _:
                    jira.change(one, title=f"Changed at {jira.now:%X}", at=jira.now)

    def there(self) -> dict[str, str]:
        here = (issue for issue in self.jira.issues.values() if issue.project == "SHOP")
        return {f"jira:shop.example.net/{issue.id}": issue.title for issue in here}

    def sees(self, *, all_of_it: bool) -> None:
        self.jira.hidden_projects = set() if all_of_it else {"SHOP"}
        for issue in self.jira.issues.values() if all_of_it else ():
            issue.is_hidden = False

    def set_time(self, clock: FakeClock) -> None:
        self.jira.now = clock.now()


@dataclass
class GithubWorld:
    """A repository of GitHub; moving is a transfer to another one, and to lose permission is not to see it."""

    random: Random
    has_cursors: bool
    is_awake: bool = False
    hub: FakeGithub = field(init=False)

    def __post_init__(self) -> None:
        self.time = NOW
        self.hub = FakeGithub(now=lambda: self.time)
        self.hub.has_cursors = self.has_cursors
        self.shop, self.attic = self.hub.repository("acme/shop"), self.hub.repository("acme/attic")
        for number in range(ITEMS):
            self.shop.issue(f"Item {number}", at=NOW - timedelta(days=ITEMS - number))

    @property
    def connector(self) -> Connector:
        return Github(repository=("acme/shop",), token=SecretStr("ghp_x"))

    @property
    def hosts(self) -> Mapping[str, Responder]:
        return {self.hub.host: self._answer}

    def _answer(self, heard: Heard) -> Reply:
        if self.is_awake:
            self.live()
        return self.hub(replace(heard, url=heard.url.replace("per_page=100", f"per_page={PAGE}")))

    def live(self) -> None:
        self.time += timedelta(seconds=1)
        for _ in range(self.random.randrange(3)):
            one = self.random.choice(list(self.shop.issues.values()))
            match self.random.randrange(7):
                case 0:
                    self.shop.issue(f"New at {self.time:%X}")
                case 1:
                    self.shop.delete(one)
                case 2:
                    self.shop.transfer(one, self.attic)
                case 3:
                    for away in list(self.attic.issues.values())[:1]:
                        self.attic.transfer(away, self.shop)
                case _:
                    one.rename(f"Changed at {self.time:%X}", by="ada")

    def there(self) -> dict[str, str]:
        return {f"github:{issue.ids[1]}": issue.title for issue in self.shop.issues.values()}

    def sees(self, *, all_of_it: bool) -> None:
        self.hub.anonymous.repositories = None if all_of_it else frozenset({"acme/attic"})

    def set_time(self, clock: FakeClock) -> None:
        self.time = clock.now()


STRATEGIES: Mapping[str, Callable[[Random], World]] = {
    "Jira Cloud": lambda random: JiraWorld(random, is_cloud=True),
    "Jira Cloud, if its tokens are places": lambda random: JiraWorld(random, is_cloud=True, drifts=True),
    "Jira Data Center": lambda random: JiraWorld(random, is_cloud=False),
    "GitHub by cursor": lambda random: GithubWorld(random, has_cursors=True),
    "GitHub by page": lambda random: GithubWorld(random, has_cursors=False),
}


@dataclass
class Tally:
    """What was kept wrongly in the end, of how many items; and what a plain walk lost on the same trackers."""

    seeds: int = 0
    items: int = 0
    missing: int = 0
    stale: int = 0
    ghosts: int = 0
    incomplete: int = 0
    walked: int = 0
    walk_lost: int = 0

    @property
    def is_well(self) -> bool:
        return not (self.missing or self.stale or self.ghosts or self.incomplete) and self.walk_lost > 0

    def __str__(self) -> str:
        return (
            f"{self.seeds:,} living trackers, {self.items:,} items in the end: {self.missing} missing, {self.stale} "
            f"stale, {self.ghosts} too many, {self.incomplete} not complete; a plain walk over numbered pages lost "
            f"{self.walk_lost:,} of {self.walked:,} ({self.walk_lost / max(self.walked, 1):.1%})"
        )


def drift(strategy: str, seed: int, store: Path, tally: Tally) -> None:
    """Read one living tracker for some nights, and look at what is kept."""
    random = Random(seed)  # noqa: S311 - it keeps no secret
    world = STRATEGIES[strategy](random)
    clock = FakeClock()
    with Store.open(str(store)) as opened:
        for number in range(BUSY + CALM):
            clock.pass_time(A_WEEK)
            world.set_time(clock)
            world.is_awake = number < BUSY
            world.sees(all_of_it=not (world.is_awake and random.random() < BLIND))
            with suppress(ConfigError):  # a project that the token does not see is none, to Jira
                asyncio.run(sync(opened, [world.connector], Gate(clock, wire=InProcess(world.hosts))))
        (reading,) = opened.readings([source_of(world.connector)])
        kept = {item.id: item.title for item in opened.items(source_of(world.connector))}
    there = world.there()
    tally.seeds += 1
    tally.items += len(there)
    tally.missing += len(there.keys() - kept.keys())
    tally.ghosts += len(kept.keys() - there.keys())
    tally.stale += sum(kept[id_] != there[id_] for id_ in kept.keys() & there.keys())
    tally.incomplete += not reading.is_complete


def walk(seed: int, tally: Tally) -> None:
    """What is lost by who goes from page to page: of the issues that were there all the time, those never seen."""
    world = GithubWorld(Random(seed), has_cursors=False)  # noqa: S311 - as above
    before, seen, page = {*world.shop.issues}, set[int](), 1
    world.is_awake = True
    while True:
        url = f"https://{world.hub.host}/repos/acme/shop/issues?state=all&sort=updated&direction=asc"
        reply = world.hosts[world.hub.host](Heard("GET", f"{url}&per_page={PAGE}&page={page}", {}, b""))
        rows = several(json.loads(reply.body))
        seen |= {int(row["number"]) for row in rows}
        if not rows:
            break
        page += 1
    stayed = before & {*world.shop.issues}
    tally.walked += len(stayed)
    tally.walk_lost += len(stayed - seen)


def drifts(seeds: int, first: int = 0) -> Tally:
    """So many seeds, each with all five ways of paging."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="drifting-") as folder:
        new, store = Path(folder) / "new.db", Path(folder) / "this.db"
        Store.open(str(new)).close()
        for seed in range(first, first + seeds):
            for strategy in STRATEGIES:
                for kept in Path(folder).glob("this.db*"):
                    kept.unlink()
                store.write_bytes(new.read_bytes())
                drift(strategy, seed, store, tally)
            walk(seed, tally)
    return tally


if __name__ == "__main__":
    told = drifts(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    sys.stdout.write(f"{told}\n")
    sys.exit(0 if told.is_well else 1)
