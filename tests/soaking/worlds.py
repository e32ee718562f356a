"""Trackers on which people work: every day items appear, move, are mended, renamed, finished and deleted."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from backlint.example import NOW
from backlint.testing.fakes.github import Column, FakeGithub
from backlint.testing.fakes.github import Issue as GithubIssue
from backlint.testing.fakes.jira import FakeJira, Issue
from backlint.transport.inprocess import Responder

ITEMS = 30
"""As many as stay: what is born beyond that pushes the oldest out."""

BIRTHS = 2
MOVED = 0.5
DEEDS = 6
MENDED = "\n\n## Acceptance criteria\n\n- [ ] A wrong card shows an error.\n- [ ] A right one is charged once."
BODIES = ("", "TBD", "As a guest I want to pay later, so that I need no card at hand.", "Steps: see the chat. Broken!?")
TITLES = ("Pay later", "Refund a gift card", "Fix it", "Speed up the search", "Export as PDF", "Upgrade the database")


class World(Protocol):
    """A tracker, and a day in its life."""

    @property
    def responder(self) -> Responder:
        """What answers."""
        ...

    def live(self, random: Random, now: datetime) -> None:
        """Let a day pass."""
        ...

    def table(self, url: str) -> Mapping[str, str | int]:
        """Its part of the configuration, served at that URL."""
        ...

    def notes(self) -> Counter[str]:
        """How many notes of ours each item has."""
        ...


@dataclass
class JiraWorld:
    """A project of Jira Cloud."""

    responder: FakeJira = field(default_factory=lambda: FakeJira("http://127.0.0.1:1"))

    def __post_init__(self) -> None:
        self.responder.project("SHOP", "Shop")
        self.responder.project("ATTIC", "Attic")

    def live(self, random: Random, now: datetime) -> None:
        jira = self.responder
        jira.now = now
        jira.requests.clear()
        for _ in range(BIRTHS):
            jira.issue(
                "SHOP", random.choice(TITLES), created=now - timedelta(hours=2), description=random.choice(BODIES)
            )
        here = [issue for issue in jira.issues.values() if issue.project == "SHOP"]
        for issue in here[: max(0, len(here) - ITEMS)]:
            if random.random() < MOVED:
                jira.move(issue, "ATTIC", at=now)
            else:
                jira.delete(issue)
        here = [issue for issue in jira.issues.values() if issue.project == "SHOP"]
        for issue in random.sample(here, min(DEEDS, len(here))):
            self._deed(random, issue, now)

    def _deed(self, random: Random, issue: Issue, now: datetime) -> None:
        jira = self.responder
        others = [each for each in jira.issues.values() if each is not issue and each.project == "SHOP"]
        _one_of(
            random,
            lambda: jira.change(issue, title=f"{random.choice(TITLES)} {now:%j}", at=now),
            lambda: jira.change(issue, description=f"{issue.description or ''}{MENDED}"[:600], at=now),
            lambda: jira.change(issue, status=random.choice(("To Do", "In Progress", "Done")), at=now),
            lambda: jira.change(issue, points=random.choice((1, 3, 13)), at=now),
            lambda: jira.change(issue, labels=[random.choice(("pay", "web", "backlint:ignore"))], at=now),
            lambda: jira.rank(issue, above=random.choice(others), by=jira.person("Robin"), at=now),
            lambda: jira.comment(issue, "Shall we?", by=jira.person("Ada"), at=now),
        )

    def table(self, url: str) -> Mapping[str, str | int]:
        return {"url": url, "project": "SHOP", "email": self.responder.email}

    def notes(self) -> Counter[str]:
        ours = self.responder.me
        return Counter({it.key: sum(each.by == ours for each in it.comments) for it in self.responder.issues.values()})


@dataclass
class GithubWorld:
    """A repository of GitHub, and its project."""

    responder: FakeGithub = field(default_factory=FakeGithub)
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.responder.now = lambda: self.now
        self.repository = self.responder.repository("acme/shop")
        self.project = self.responder.project("acme", 4, Column("Status", "SINGLE_SELECT", ("Todo", "Done")))

    def live(self, random: Random, now: datetime) -> None:
        self.now = now
        self.responder.heard.clear()
        self.responder.asked.clear()
        for _ in range(BIRTHS):
            self.project.add(self.repository.issue(random.choice(TITLES), random.choice(BODIES)), Status="Todo")
        here = list(self.repository.issues.values())
        for issue in here[: max(0, len(here) - ITEMS)]:
            self.repository.delete(issue)
        here = list(self.repository.issues.values())
        for issue in random.sample(here, min(DEEDS, len(here))):
            self._deed(random, issue)

    def _deed(self, random: Random, issue: GithubIssue) -> None:
        _one_of(
            random,
            lambda: issue.rename(f"{random.choice(TITLES)} {self.now:%j}", by="ada"),
            lambda: issue.edit(f"{issue.body or ''}{MENDED}"[:600], by="ada"),
            lambda: issue.close(by="ada") if issue.state == "open" else issue.reopen(by="ada"),
            lambda: issue.label(random.choice(("pay", "web", "backlint:ignore")), by="ada"),
            lambda: self._move(random, issue),
            lambda: issue.comment("Shall we?", by="bo"),
        )

    def _move(self, random: Random, issue: GithubIssue) -> None:
        card = next(card for card in self.project.cards if card.content is issue)
        others = [each for each in self.project.cards if each is not card]
        self.project.move(card, after=random.choice([None, *others]))

    def table(self, url: str) -> Mapping[str, str | int]:
        return {"url": url, "repository": "acme/shop", "project": 4}

    def notes(self) -> Counter[str]:
        ours = self.responder.anonymous.viewer
        return Counter(
            {
                str(issue.number): sum(each.actor == ours for each in issue.history if each.typename == "IssueComment")
                for issue in self.repository.issues.values()
            }
        )


def _one_of(random: Random, *deeds: Callable[[], object]) -> None:
    random.choice(deeds)()
