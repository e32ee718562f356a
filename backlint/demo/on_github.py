"""Put the work of the teams that use GitHub into one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backlint.demo.script import Deed, DemoItem, DemoTeam, as_of, moment
from backlint.testing.fakes.github import (
    Card,
    Column,
    FakeGithub,
    Issue,
    IssueField,
    Milestone,
    Project,
    Repository,
    User,
)

STATUSES = ("Todo", "In progress", "Done")
PROJECT = 4
TWINS = "fernhill/old-app"
PRIORITY = IssueField("Priority", "single_select", ("P0", "P1", "P2", "P3"))
REPOSITORY_TYPES = ("Bug", "Feature", "Task")


def github_of(team: DemoTeam, twins: Sequence[DemoItem], now: datetime, today: float = 0) -> FakeGithub:
    """A GitHub that holds the team's repository as it stood so many days ago, and its ordered project.

    `twins` stand in a repository of their own.
    """
    team = as_of(team, today)
    hub = FakeGithub(now=lambda: moment(now, today))
    hub.users[team.people["trailfox"]] = User(team.people["trailfox"], association="NONE")
    for twin in twins:
        issue = hub.repository(TWINS).issue(twin.title, by="rolf-amsel", at=moment(now, twin.created), number=twin.key)
        if twin.closed is not None and twin.closed >= today:
            issue.close(by="rolf-amsel", at=moment(now, twin.closed))
    repository = hub.repository(team.project, types=REPOSITORY_TYPES, fields=(PRIORITY,))
    columns = (Column("Status", "SINGLE_SELECT", STATUSES), Column("Estimate", "NUMBER"))
    project = hub.project(repository.owner, PROJECT, *columns, title="Platform backlog")
    milestones = {told["key"]: _milestone(repository, told, now) for told in team.milestones}
    made = {item.key: _issue(repository, item, team, milestones, now) for item in team.items}
    for item in team.items:
        for blocker in made.keys() & set(item.blocked_by):
            made[blocker].block(made[item.key], at=moment(now, item.created))
        _live(item, _Place(made[item.key], project.add(made[item.key], Status="Todo"), project, team, now))
    return hub


def _milestone(repository: Repository, told: Mapping[str, Any], now: datetime) -> Milestone:
    due = moment(now, told["due"]).date() if "due" in told else None
    return repository.milestone(told["title"], due=due, is_open="closed" not in told)


def _issue(
    repository: Repository, item: DemoItem, team: DemoTeam, milestones: Mapping[int, Milestone], now: datetime
) -> Issue:
    issue = repository.issue(
        item.title,
        item.body,
        by=team.people[item.author or next(iter(team.people))],
        at=moment(now, item.created),
        labels=[label for label in item.labels if label not in PRIORITY.options],
        number=item.key,
        type=item.type if item.type in REPOSITORY_TYPES else None,
        upvotes=item.votes,
    )
    issue.fields.update((PRIORITY.name, label) for label in item.labels if label in PRIORITY.options)
    if item.milestone:
        issue.milestone = milestones[item.milestone]
    for title, state in item.pulls:
        pull = repository.issue(title, "", by=team.people["sam"], at=moment(now, 13), is_pull=True)
        issue.refer(pull, at=moment(now, 12))
        if state == "merged":
            pull.merge(at=moment(now, 10))
    return issue


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a deed happens: the issue, and its card on the project."""

    issue: Issue
    card: Card
    project: Project
    team: DemoTeam
    now: datetime


def _live(item: DemoItem, place: _Place) -> None:
    """Let happen what happened to the item, and leave it as it stands today."""
    for deed in item.history:
        _replay(deed, place)
    stands = "Done" if item.closed is not None else {"To Do": "Todo"}.get(item.status, item.status)
    place.card.values |= {"Status": stands, "Estimate": item.points}
    if item.assignee:
        started = next((deed.days_ago for deed in item.history if deed.what == "status"), item.created)
        place.issue.assign(place.team.people[item.assignee], at=moment(place.now, started))
    if item.closed is not None:
        place.issue.close(by=place.team.people[item.assignee or "ada"], at=moment(place.now, item.closed))


def _replay(deed: Deed, place: _Place) -> None:
    who = "renovate[bot]" if deed.who == "renovate" else place.team.people[deed.who]
    at = moment(place.now, deed.days_ago)
    if deed.what == "comment":
        place.issue.comment(deed.value, by=who, at=at)
    elif deed.what == "wrote":
        place.issue.edit(place.issue.body or "", by=who, at=at)
        place.issue.rename(place.issue.title, by=who, at=at)
    elif deed.what == "label":
        place.issue.happen("LabeledEvent", who, at, label={"name": deed.value})
    elif deed.what == "priority":
        place.issue.fill(PRIORITY.name, deed.value, by=who, at=at)
    elif deed.what == "status":
        place.project.put(place.card, "Status", deed.value.capitalize(), by=who, at=at)
    elif deed.what == "points":
        place.project.put(place.card, "Estimate", float(deed.value), by=who, at=at)
