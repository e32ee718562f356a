"""Backlogs in which every field is told and much is wrong, for what must hold of every rule."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random
from typing import TypeVar

from backlint.example import NOW, PERSON, ago, happened
from backlint.model import (
    EMPTY,
    Backlog,
    Empty,
    Estimate,
    Event,
    Framework,
    Happening,
    Item,
    Kind,
    Link,
    LinkKind,
    Moscow,
    Person,
    Priority,
    Score,
    Sprint,
    SprintState,
    Stage,
    Theme,
)

T = TypeVar("T")

BODIES = (
    "",
    "TBD",
    "Buyers want the tax in the price, so that they know what they pay.",
    "As a buyer I want to see the tax\n\n## Acceptance criteria\n- The tax is shown.",
    "## Steps to reproduce\n1. Open the list\n\n## Expected\nIt opens.\n\n## Actual\nAn error.",
    "RICE: reach 100, impact 2, confidence 80 %, effort 3",
    "It must be fast. See https://tracker.example/SHOP-3 and https://tracker.example/gone",
)
TITLES = ("Show the tax", "Show the tax below each price", "Login", "Fix it", "Upgrade the database to 16 and tune it")
SPRINTS = (
    Sprint(id="old", name="Old", state=SprintState.CLOSED, start=ago(40), end=ago(26)),
    Sprint(id="before", name="Before", state=SprintState.CLOSED, start=ago(26), end=ago(12)),
    Sprint(id="now", name="Now", state=SprintState.ACTIVE, start=ago(12), end=ago(-2)),
    Sprint(id="next", name="Next", state=SprintState.FUTURE, start=ago(-2), end=ago(-16)),
)
THEMES = (
    Theme(id="a", key="a", title="A", due=ago(-30).date()),
    Theme(id="b", key="b", title="B", is_open=False),
    Theme(id="c", key="c", title="C", due=ago(-5).date()),
)
PEOPLE = (PERSON, Person(id="kim", name="Kim", on_team=True), Person(id="out", name="Out", on_team=False))


def some_backlog(seed: int, size: int) -> tuple[list[Item], Callable[[Sequence[Item]], Backlog]]:
    """A backlog in which every field is told, and much is wrong; and the way to look at it."""
    draw = Random(seed)  # noqa: S311 - reproducible, not secret
    numbers = list(range(1, size + 1))
    draw.shuffle(numbers)
    items = [_item(draw, number, rank, size) for rank, number in enumerate(numbers, 1)]
    velocity = draw.choice([None, 10.0, 25.0])
    sprints = SPRINTS[: draw.choice([0, 4])]

    def look(at: Sequence[Item]) -> Backlog:
        return Backlog(at, now=NOW, sprints=sprints, themes=THEMES, velocity=velocity)

    return items, look


def _item(draw: Random, number: int, rank: int, size: int) -> Item:
    tracker = draw.choice(["example", "other"])
    stage = draw.choices(list(Stage), [8, 2, 2, 3, 1])[0]
    created = draw.uniform(0, 900)
    return Item(
        id=f"{tracker}:{number}",
        key=f"SHOP-{number}",
        url=f"https://tracker.example/SHOP-{number}",
        title=draw.choice(TITLES),
        project=tracker,
        body=draw.choice(BODIES),
        criteria=_perhaps(draw, "- It is shown."),
        kind=draw.choice(list(Kind)),
        kind_name="Thing",
        stage=stage,
        status=stage.value,
        rank=rank,
        priority=_perhaps(draw, Priority(level=(level := draw.randint(1, 5)), name=f"P{level}")),
        estimate=_perhaps(draw, Estimate(value=draw.choice([1, 2, 3, 5, 8, 13, 40]))),
        score=_perhaps(draw, _score(draw)),
        moscow=_perhaps(draw, draw.choice(list(Moscow))),
        labels=frozenset(draw.sample(["ui", "api", "backlint:ignore stale-item", "must"], draw.randint(0, 2))),
        components=frozenset(draw.sample(["shop", "pay"], draw.randint(0, 1))),
        assignees=tuple(draw.sample(PEOPLE, draw.randint(0, 1))),
        author=draw.choice(PEOPLE),
        parent=_perhaps(draw, f"{draw.choice(['example', 'other'])}:{draw.randint(1, size)}"),
        themes=tuple(draw.sample(["a", "b", "c"], draw.choice([0, 0, 1, 2]))),
        links=tuple(_link(draw, size) for _ in range(draw.choice([0, 0, 1, 1, 2]))),
        sprints=tuple(it for it in ("old", "before", "now", "next") if draw.random() < 0.2),
        due=_perhaps(draw, (NOW + timedelta(days=draw.randint(-60, 200))).date()),
        votes=draw.choice([0, 0, 1, 2, 40]),
        flagged=draw.random() < 0.1,
        created=ago(created),
        updated=ago(created / 2),
        closed=None if stage.is_open else ago(draw.uniform(0, created)),
        events=tuple(sorted(_events(draw, created), key=lambda event: event.at)),
    )


def _perhaps(draw: Random, value: T) -> T | Empty:
    return EMPTY if draw.random() < 0.3 else value


def _score(draw: Random) -> Score:
    inputs = {
        "reach": 100.0,
        "impact": draw.choice([1.0, 3.0, 9.0]),
        "confidence": 0.8,
        "effort": draw.choice([0.0, 4]),
    }
    return Score(framework=Framework.RICE, stored=draw.choice([None, 20.0, 60.0, 500.0]), inputs=inputs)


def _link(draw: Random, size: int) -> Link:
    number = draw.randint(1, size + 3)
    return Link(
        kind=draw.choice(list(LinkKind)),
        target=f"{draw.choice(['example', 'other'])}:{number}",
        key=f"SHOP-{number}",
        stage=draw.choice([None, *Stage]),
    )


def _events(draw: Random, created: float) -> list[Event]:
    return [
        happened(
            draw.choice(list(Happening)),
            draw.uniform(0, created),
            actor=draw.choice(PEOPLE),
            stage=draw.choice(list(Stage)),
            text=draw.choice(["Done?", "Any news?", "Merged."]),
        )
        for _ in range(draw.randint(0, 6))
    ]
