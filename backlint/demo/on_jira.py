"""Put the work of the teams that use Jira into one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backlint.demo.script import Deed, DemoItem, DemoSprint, DemoTeam, as_of, moment
from backlint.testing.fakes.jira import Board, FakeJira, Issue, Iteration, Somebody
from backlint.testing.fakes.jira.words import NUMBERS

BASE = "https://fernhill.example"
EMAIL, TOKEN = "po@fernhill.example", "demo"
DAY = re.compile(r"\{day (-?\d+)\}")
RICE = ("reach", "impact", "confidence", "effort")


def jira_of(teams: Sequence[DemoTeam], now: datetime, today: float = 0) -> FakeJira:
    """A Jira that holds the teams' projects as they stood so many days ago, each in the order of its backlog."""
    jira = FakeJira(BASE, now=moment(now, today), email=EMAIL, token=TOKEN)
    issues = [_issues(jira, team, now) for team in teams]
    for team, made in zip(teams, issues, strict=True):
        _fill(jira, team, made, now, today)
    return jira


def _fill(jira: FakeJira, team: DemoTeam, made: Mapping[int, Issue], now: datetime, today: float) -> None:
    then = as_of(team, today)
    board = jira.board(team.project, f"{team.name.capitalize()} board")
    sprints = {told.number: _sprint(jira, board, told, now, today) for told in team.sprints}
    site = _Site(jira, team, sprints, made, now)
    for item in (*then.epics, *then.items):
        site.put(item)
    there = {item.key for item in (*then.epics, *then.items)}
    for item in then.items:
        for blocker in there & set(item.blocked_by):
            jira.link(site.issues[blocker], "Blocks", site.issues[item.key])
    for epic in then.epics:
        if epic.ranked_above in there:
            jira.rank(site.issues[epic.key], above=site.issues[epic.ranked_above])
    for key in site.issues.keys() - there:
        jira.delete(site.issues[key])


def _issues(jira: FakeJira, team: DemoTeam, now: datetime) -> Mapping[int, Issue]:
    """Every issue that there will ever be, empty, so that each has the same id on every day."""
    jira.project(team.project, team.name.capitalize())
    made: dict[int, Issue] = {}
    for item in (*team.epics, *team.items):
        made[item.key] = jira.issue(team.project, item.title, created=moment(now, item.created))
        made[item.key].key = f"{team.project}-{item.key}"
    return made


def _sprint(jira: FakeJira, board: Board, told: DemoSprint, now: datetime, today: float) -> Iteration:
    name = f"{board.name.partition(' ')[0]} {told.number}"
    start, end = moment(now, told.starts), moment(now, told.ends)
    return jira.sprint(name, state=_state(told, today), board=board, start=start, end=end)


def _state(sprint: DemoSprint, today: float) -> str:
    if sprint.ends >= today:
        return "closed"
    return "active" if sprint.starts > today else "future"


@dataclass(frozen=True, slots=True)
class _Site:
    """The Jira that is being filled."""

    jira: FakeJira
    team: DemoTeam
    sprints: Mapping[int, Iteration]
    issues: Mapping[int, Issue]
    now: datetime

    def put(self, item: DemoItem) -> None:
        """Fill the issue, let happen what happened, and leave it as it stands on the day that is told of."""
        issue = self.issues[item.key]
        issue.type, issue.priority = item.type, item.priority
        drafts = self._drafts(item)
        issue.description = drafts.pop(0)
        issue.reporter = self._person(item.author or next(iter(self.team.people)))
        above = item.epic or item.parent
        issue.parent = f"{self.team.project}-{above}" if above else None
        issue.labels, issue.votes, issue.values = list(item.labels), item.votes, _scores(item)
        issue.flagged = item.flagged
        issue.due = moment(self.now, item.due).date() if item.due is not None else None
        for deed in item.history:
            self._replay(deed, issue, drafts)
        self._settle(item, issue)

    def _drafts(self, item: DemoItem) -> list[str | None]:
        """The text as it was first written, and after each time that somebody wrote: it grows by paragraphs."""
        body = self._dated(item.body)
        paragraphs = body.split("\n\n")
        times = sum(deed.what == "wrote" for deed in item.history)
        grown = ["\n\n".join(paragraphs[: max(1, len(paragraphs) * n // (times + 1))]) for n in range(1, times + 1)]
        return [draft or None for draft in (*grown, body)]

    def _dated(self, body: str) -> str:
        """The text with its days as dates: `{day -120}` is a date in four months."""
        return DAY.sub(lambda found: moment(self.now, float(found[1])).date().isoformat(), body)

    def _settle(self, item: DemoItem, issue: Issue) -> None:
        issue.status, issue.points = item.status, item.points
        issue.assignee = self._person(item.assignee) if item.assignee else None
        issue.sprints = [self.sprints[int(deed.value)].id for deed in item.history if deed.what == "sprint"]
        if item.closed is not None:
            issue.resolution = "Won't Do" if item.dropped else "Done"
            issue.resolved = moment(self.now, item.closed)

    def _replay(self, deed: Deed, issue: Issue, drafts: list[str | None]) -> None:
        who, at = self._person(deed.who), moment(self.now, deed.days_ago)
        told: dict[str, Any] = {}
        match deed.what:
            case "comment":
                self.jira.comment(issue, deed.value, by=who, at=at)
            case "wrote":
                told["description"] = drafts.pop(0)
            case "rank":
                self.jira.record(issue, "Rank", after="Ranked higher", by=who, at=at)
            case "label":
                self.jira.record(issue, "labels", after=deed.value, field_id="labels", by=who, at=at)
            case "sprint":
                told["sprints"] = [self.sprints[int(deed.value)]]
            case "points":
                told["points"] = float(deed.value)
            case _:
                told[deed.what] = deed.value
        if told:
            self.jira.change(issue, by=who, at=at, **told)

    def _person(self, short: str) -> Somebody:
        if short == "auto":
            return self.jira.person("Automation for Jira", is_bot=True)
        return self.jira.person(self.team.people[short])


def _scores(item: DemoItem) -> dict[str, Any]:
    """The RICE inputs, and the score that was stored with them."""
    if not item.rice:
        return {}
    reach, impact, confidence, effort = item.rice
    values = {NUMBERS[name]: value for name, value in zip(RICE, item.rice, strict=True)}
    return values | {NUMBERS["rice"]: item.stored_score or round(reach * impact * confidence / effort)}
