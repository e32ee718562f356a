"""Read a team's invented backlog from its TOML file, and make up the ninety days behind it.

What stands in the file was written by hand. What nobody would write by hand, the hours of the day, who commented on
work that is long done, is drawn from a seeded generator, so that the demo is the same for everybody.
"""

import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

SEED = 1855
FIRST_REPORT = 3
SPRINT_DAYS = 14
THIS_SPRINT = 36
DAYS_INTO_SPRINT = 11
FIRST_SPRINT = 28
LISTS = frozenset({"labels", "rice", "blocked_by"})
OUTSIDERS = frozenset({"desk", "trailfox"})
REPORTS = (
    "A customer told us about it, order {number}.",
    "From the store in the valley, receipt {number}.",
    "Came in by mail, case {number}. It should work as on the web.",
    "Third call this month; the last one was case {number}.",
    "",
)
REMARKS = (
    "Done on staging, please have a look.",
    "Reviewed together, works on my phone, too.",
    "Found one more case, added it to the criteria.",
    "Checked with Customer Care.",
    "Merged; it goes out with the next release.",
)


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody did: `what` is a word of the file's form, `value` what follows it."""

    days_ago: float
    who: str
    what: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoItem:
    """An item of the file, as it stands on the day that is told of."""

    key: int
    title: str
    type: str
    created: float
    body: str = ""
    status: str = "To Do"
    author: str | None = None
    assignee: str | None = None
    points: float | None = None
    priority: str | None = None
    epic: int | None = None
    milestone: int | None = None
    labels: tuple[str, ...] = ()
    rice: tuple[float, ...] = ()
    stored_score: float | None = None
    votes: int = 0
    pulls: tuple[tuple[str, str], ...] = ()
    blocked_by: tuple[int, ...] = ()
    due: float | None = None
    closed: float | None = None
    dropped: bool = False
    flagged: bool = False
    ranked_above: int | None = None
    parent: int | None = None
    history: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTeam:
    """One team and all its work. `people` gives full names or logins by the short names that deeds use."""

    name: str
    project: str
    people: Mapping[str, str]
    epics: tuple[DemoItem, ...]
    milestones: tuple[Mapping[str, Any], ...]
    items: tuple[DemoItem, ...]
    twins: tuple[DemoItem, ...]
    sprints: tuple["DemoSprint", ...]


@dataclass(frozen=True, slots=True)
class DemoSprint:
    """A time box by its number; `starts` and `ends` are in days ago, negative in the future."""

    number: int
    starts: float
    ends: float


def tell(name: str) -> DemoTeam:
    """The team of that file: `shop`, `platform` or `old`."""
    told = tomllib.loads(files("backlint.demo").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    dice = random.Random(f"{SEED} {name}")  # noqa: S311 - it draws a demo, no secret
    people = tuple(who for who in told["people"] if who not in OUTSIDERS)
    done = (_made_up(row, people, dice) for table in told["done"] for row in table["rows"])
    begun = (_begun(row, people[0]) for table in told.get("begun", ()) for row in table["rows"])
    inbox = (_reported(row, dice) for table in told.get("inbox", ()) for row in table["rows"])
    return DemoTeam(
        name=told["team"]["name"],
        project=told["team"]["project"],
        people=told["people"],
        epics=tuple(_written(row | {"type": "Epic"}) for row in told.get("epic", ())),
        milestones=tuple(told.get("milestone", ())),
        items=(*done, *begun, *map(_written, told.get("item", ())), *_subtasks(told), *inbox),
        twins=tuple(_written(row | {"type": "Bug"}) for row in told.get("twin", ())),
        sprints=tuple(sprints()),
    )


def as_of(team: DemoTeam, today: float) -> DemoTeam:
    """The team's work as it stood so many days ago: what came later is not there yet, what was done later is open."""
    return replace(
        team,
        epics=tuple(_as_of(epic, today) for epic in team.epics if epic.created >= today),
        items=tuple(_as_of(item, today) for item in team.items if item.created >= today),
    )


def _as_of(item: DemoItem, today: float) -> DemoItem:
    history = tuple(deed for deed in item.history if deed.days_ago >= today)
    later = {deed.what for deed in item.history} - {deed.what for deed in history}
    changes: dict[str, Any] = {"history": history}
    if "wrote" in later:
        changes["body"] = item.body.partition("\n\n## ")[0].partition("\n\n### ")[0]
    if "points" in later:
        changes["points"] = None
    if item.closed is not None and item.closed < today:
        changes |= {"closed": None, "status": "To Do"}
    if "status" in {deed.what for deed in history} and changes.get("status"):
        changes["status"] = "In Progress"
    elif "status" in later and item.closed is None:
        changes |= {"status": "To Do", "assignee": None}
    return replace(item, **changes)


def sprints() -> Iterator[DemoSprint]:
    """Two-week sprints; the one after the current is planned."""
    for number in range(FIRST_SPRINT, THIS_SPRINT + 2):
        starts = DAYS_INTO_SPRINT + (THIS_SPRINT - number) * SPRINT_DAYS
        yield DemoSprint(number, starts, starts - SPRINT_DAYS)


def moment(now: datetime, days_ago: float) -> datetime:
    """So many days before now; hours are in the fraction."""
    return now - timedelta(days=days_ago)


def _written(row: Mapping[str, Any]) -> DemoItem:
    told: dict[str, Any] = {**row}
    for name in LISTS & row.keys():
        told[name] = tuple(row[name])
    told["pulls"] = tuple((title, state) for title, state in row.get("pulls", ()))
    told["body"] = row.get("body", "").strip()
    told["history"] = tuple(_deed(line) for line in row.get("history", ()))
    return DemoItem(**told)


def _deed(line: str) -> Deed:
    days_ago, who, what, *value = line.split(" ", 3)
    return Deed(float(days_ago), who, what, value[0] if value else "")


def _subtasks(told: Mapping[str, Any]) -> Iterator[DemoItem]:
    number = 900
    for row in told.get("subtasks", ()):
        for title in row["titles"]:
            number += 1
            yield DemoItem(key=number, type="Sub-task", title=title, created=row["created"], parent=row["of"])


def _reported(row: list[Any], dice: random.Random) -> DemoItem:
    """A report that nobody has looked at."""
    key, kind, title, priority, created = row
    body = dice.choice(REPORTS).format(number=dice.randrange(10_000, 99_999))
    history = (Deed(created - 1, "rolf", "rank"),) if key == FIRST_REPORT else ()
    return DemoItem(
        key=key, type=kind, title=title, priority=priority, created=created, body=body, author="desk", history=history
    )


def _begun(row: list[Any], owner: str) -> DemoItem:
    """Something that one person began and left."""
    key, kind, title, priority, created, started = row
    return DemoItem(
        key=key,
        type=kind,
        title=title,
        priority=priority,
        created=created,
        status="In Progress",
        assignee=owner,
        author="desk",
        history=(Deed(started, owner, "status", "In Progress"),),
    )


def _made_up(row: list[Any], people: tuple[str, ...], dice: random.Random) -> DemoItem:
    """A finished item: written, estimated, pulled into a sprint, started, talked about, done."""
    key, kind, title, points, created, started, closed = row
    owner, *others = dice.sample(people, k=min(3, len(people)))
    others = others or [owner]
    refined = dice.uniform(started, created)
    history = [
        Deed(started, owner, "status", "In Progress"),
        Deed(dice.uniform(closed, started), dice.choice(others), "comment", dice.choice(REMARKS)),
        Deed(closed, owner, "status", "Done"),
    ]
    if points:
        number = next(sprint.number for sprint in sprints() if sprint.starts >= closed >= sprint.ends)
        history += [
            Deed(refined, people[0], "wrote"),
            Deed(dice.uniform(started, refined), others[0], "points", str(points)),
            Deed(started + min(dice.random(), created - started), people[0], "sprint", str(number)),
        ]
    body = f"{title}: as agreed in refinement.\n\n## Acceptance criteria\n\n- [x] {title} works as shown in the review."
    return DemoItem(
        key=key,
        type=kind,
        title=title,
        points=points or None,
        created=created,
        closed=closed,
        body=body if points else "",
        status="Done",
        priority="Medium" if points else "Highest",
        assignee=owner,
        history=tuple(sorted(history, key=lambda deed: -deed.days_ago)),
    )
