"""The demo: the backlogs of two invented teams, through the real connectors, without a network.

The trackers are played inside the process; everything else, the connectors, the store, the rules and the reports, is
what a team would run. The weeks before are run as well, so that the first report already has a past.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from backlint import app, catalog
from backlint.app import checking
from backlint.config import Team, TeamSettings
from backlint.connector import Connector
from backlint.demo.on_github import PROJECT, TWINS, github_of
from backlint.demo.on_jira import BASE, EMAIL, TOKEN, jira_of
from backlint.demo.script import DemoTeam, moment, tell
from backlint.health import Run
from backlint.rule import Rule
from backlint.store import Store
from backlint.transport import Gate
from backlint.transport.inprocess import InProcess

NIGHTS = (*range(84, 0, -7), 1, 0)
"""The runs that are played, in days ago: one a week for a quarter of a year, last night, and now."""

JIRA, GITHUB = urlsplit(BASE).hostname or "", "api.github.com"


def play(now: datetime, *, nights: Sequence[int] = NIGHTS, rules: Iterable[type[Rule]] | None = None) -> Run:
    """Run the nights of the demo, with the rules that are on by default unless others are given; gives the last."""
    chosen = rules or (rule for rule in catalog.every(Rule) if rule.is_default)
    asked = tuple(rule() for rule in chosen)
    story = Story(tell("shop"), tell("platform"), tell("old"))
    with TemporaryDirectory(prefix="backlint-demo-") as folder, Store.open(str(Path(folder) / "demo.db")) as store:
        runs = [
            checking.run(store, asked, teams(), story.gate(night, now), checking.Asked(now=moment(now, night))).run
            for night in nights
        ]
    return runs[-1]


@dataclass(frozen=True, slots=True)
class Story:
    """What the two trackers hold."""

    shop: DemoTeam
    platform: DemoTeam
    old: DemoTeam

    def gate(self, night: int, now: datetime) -> Gate:
        """The way to both trackers as they stood that night."""
        jira = jira_of([self.shop, self.old], now, night)
        github = github_of(self.platform, self.old.twins, now, night)
        return Gate(app.SystemClock(), wire=InProcess({JIRA: jira, GITHUB: github}))


def teams() -> tuple[Team, ...]:
    """The teams, configured as they would be in `backlint.toml`."""
    settings = TeamSettings()
    shop = _source("jira", url=BASE, project="SHOP", email=EMAIL, token=TOKEN)
    platform = _source("github", repository="fernhill/platform", project=PROJECT, token=TOKEN)
    old = _source("jira", url=BASE, project="OLD", email=EMAIL, token=TOKEN)
    old_on_github = _source("github", repository=TWINS, token=TOKEN)
    return (
        Team("checkout", settings, (shop,)),
        Team("platform", settings, (platform,)),
        Team("old app", settings, (old, old_on_github)),
    )


def _source(connector: str, **settings: str | int) -> Connector:
    made: Connector = catalog.load(Connector, connector).model_validate(settings)
    return made
