"""A backlog as it stood: what is told is right, what is not told is not known, and nothing knows what came later."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.example import NOW, PERSON, ago, happened, item
from backlint.model import (
    EMPTY,
    Estimate,
    Event,
    Happening,
    Item,
    Person,
    Priority,
    Sprint,
    SprintState,
    Stage,
    Theme,
    Unit,
)
from backlint.model.past import Past
from backlint.model.taking_back import LONGEST_VALUE
from tests.some_backlog import some_backlog

KIM = Person(id="kim", name="Kim")
PEOPLE = {person.name: person for person in (PERSON, KIM)}
STAGES = {"To do": Stage.BACKLOG, "In work": Stage.DOING, "Done": Stage.DONE, "Won't do": Stage.DROPPED}
LEVELS = {"High": Priority(level=1, name="High"), "Low": Priority(level=3, name="Low")}
SPRINTS = (
    Sprint(id="s1", name="Sprint 1", state=SprintState.CLOSED, start=ago(60), end=ago(40)),
    Sprint(id="s2", name="Sprint 2", state=SprintState.CLOSED, start=ago(40), end=ago(10)),
    Sprint(id="s3", name="Sprint 3", state=SprintState.ACTIVE, start=ago(10), end=ago(-4)),
)
NAMES = {sprint.name: sprint.id for sprint in SPRINTS}
UNTOLD = {"rank", "votes", "flagged", "links", "parent", "themes", "score", "moscow", "components", "kind_name"}


@dataclass
class Tracker:
    """Changes items as people do, and writes down what a tracker does; `seen` are the items after each change."""

    draw: Random
    items: list[Item] = field(default_factory=list[Item])
    seen: list[tuple[datetime, tuple[Item, ...]]] = field(default_factory=list[tuple[datetime, tuple[Item, ...]]])
    numbers: Any = field(default_factory=lambda: count(1))

    def create(self, at: datetime) -> None:
        number = next(self.numbers)
        self.items.append(
            item(
                number,
                title="Pay",
                body="",
                status="To do",
                priority=EMPTY,
                estimate=EMPTY,
                labels=frozenset(),
                assignees=(),
                sprints=(),
                due=EMPTY,
                votes=number,
                created=at,
                updated=at,
                events=(Event(at=at, what=Happening.CREATED, actor=PERSON),),
            )
        )

    def change(self, at: datetime) -> None:
        """One change of one item, told as Jira tells it."""
        number = self.draw.randrange(len(self.items))
        was = self.items[number]
        what, name, before, after, changes = self._made_up(was, at)
        event = Event(at=at, what=what, actor=KIM, field=name, before=before, after=after, stage=changes.get("stage"))
        self.items[number] = replace(was, **changes, updated=at, events=(*(was.events or ()), event))

    def _made_up(  # noqa: PLR0911 - one for each field
        self, was: Item, at: datetime
    ) -> tuple[Happening, str, str, str, dict[str, Any]]:
        draw = self.draw
        match draw.randrange(9):
            case 0:
                title = f"Pay {draw.random()}"
                return Happening.WROTE, "summary", was.title, title, {"title": title}
            case 1:
                body = draw.choice(["", "As a buyer I pay.", "long " * LONGEST_VALUE])
                return Happening.WROTE, "description", (was.body or "")[:LONGEST_VALUE], body[:500], {"body": body}
            case 2:
                name = draw.choice([*STAGES])
                closed = None if STAGES[name].is_open else was.closed if STAGES[name] is was.stage else at
                changes = {"stage": STAGES[name], "status": name, "closed": closed}
                return Happening.STAGED, "status", str(was.status), name, changes
            case 3:
                points = draw.choice([1, 2.5, 8])
                before = f"{was.estimate.value:g}" if isinstance(was.estimate, Estimate) else ""
                return Happening.ESTIMATED, "Story Points", before, f"{points:g}", {"estimate": Estimate(value=points)}
            case 4:
                labels = frozenset(draw.sample(["ui", "api", "must"], draw.randint(0, 3)))
                before, after = (" ".join(sorted(words)) for words in (was.labels or (), labels))
                return Happening.LABELLED, "labels", before, after, {"labels": labels}
            case 5:
                name = draw.choice(["", *PEOPLE])
                before = was.assignees[0].name if was.assignees else ""
                return Happening.ASSIGNED, "assignee", before, name, {"assignees": (PEOPLE[name],) if name else ()}
            case 6:
                name = draw.choice([*LEVELS])
                before = was.priority.name if isinstance(was.priority, Priority) else ""
                return Happening.PRIORITISED, "priority", before, name, {"priority": LEVELS[name]}
            case 7:
                names = draw.sample([*NAMES], draw.randint(0, 2))
                before = ", ".join(name for name, id_ in NAMES.items() if id_ in (was.sprints or ()))
                ids = tuple(id_ for name, id_ in NAMES.items() if name in names)
                return Happening.SPRINTED, "Sprint", before, ", ".join(names), {"sprints": ids}
            case _:
                due = ago(draw.randint(-90, 30)).date()
                before = "" if was.due is EMPTY else f"{was.due} 00:00:00.0"
                return Happening.DATED, "duedate", before, f"{due} 00:00:00.0", {"due": due}

    def live(self, steps: int, start: datetime, end: datetime) -> None:
        """So many changes in equal distances."""
        for step in range(steps):
            at = start + (end - start) * step / steps
            if not self.items or self.draw.random() < 0.2:
                self.create(at)
            else:
                self.change(at)
            self.seen.append((at, tuple(self.items)))


def lived(seed: int, steps: int) -> Tracker:
    tracker = Tracker(Random(seed))  # noqa: S311 - reproducible, not secret
    tracker.live(steps, ago(90), ago(1))
    return tracker


def differing(rebuilt: Item, stood: Item) -> set[str]:
    """The fields that are known, and are not what they were. A vocabulary may lack a word, never know a wrong one."""
    return {
        each.name
        for each in fields(Item)
        if getattr(rebuilt, each.name) is not None and getattr(rebuilt, each.name) != getattr(stood, each.name)
    } - {"updated"}


@given(st.integers(0, 10**6), st.integers(1, 60))
def test_what_is_known_of_a_day_is_what_stood_then(seed: int, steps: int) -> None:
    tracker = lived(seed, steps)
    past = Past(tracker.items, now=NOW, sprints=SPRINTS)
    for at, stood in tracker.seen:
        rebuilt = past.items(at)
        if rebuilt is None:
            assert not any(event.what is Happening.STAGED for each in tracker.items for event in each.events or ())
            continue
        assert [each.id for each in rebuilt] == [each.id for each in stood]
        assert [differing(a, b) for a, b in zip(rebuilt, stood, strict=True)] == [set()] * len(stood)


def test_most_of_it_is_known() -> None:
    tracker = lived(7, 400)
    past = Past(tracker.items, now=NOW, sprints=SPRINTS)
    at, stood = tracker.seen[200]
    rebuilt = past.items(at)
    assert rebuilt
    for name in ("title", "status", "estimate", "labels", "assignees", "priority", "sprints", "due", "body"):
        known = sum(getattr(each, name) is not None for each in rebuilt)
        assert known > 0.8 * len(stood), name


@given(st.integers(0, 10**6), st.integers(5, 40), st.integers(0, 30))
def test_what_happens_later_changes_no_day_before(seed: int, steps: int, later: int) -> None:
    """As it was told at the time, and as it is told after more has happened: nothing known is told otherwise."""
    tracker = lived(seed, steps)
    told = {each.id: each for each in tracker.items}
    tracker.live(later, ago(1), NOW)
    rebuilt = Past(tracker.items, now=NOW, sprints=SPRINTS).items(ago(1) - timedelta(seconds=1))
    for each in rebuilt or ():
        assert differing(each, told[each.id]) == set()
        assert all(event.at < ago(1) for event in each.events or ())


@given(st.integers(0, 10**6), st.integers(1, 30))
def test_now_is_the_present(seed: int, size: int) -> None:
    items, look = some_backlog(seed, size)
    backlog = look(items)
    past = Past(backlog, now=NOW, sprints=backlog.sprints.values(), themes=backlog.themes.values())
    assert past.items(NOW) == backlog.items
    assert past.sprints(NOW) == tuple(backlog.sprints.values())
    assert past.themes(NOW) == tuple(backlog.themes.values())


@given(st.integers(0, 10**6), st.integers(1, 30), st.integers(1, 900))
def test_any_history_can_be_taken_back(seed: int, size: int, days: int) -> None:
    """However little sense it makes."""
    items, _ = some_backlog(seed, size)
    for each in Past(items, now=NOW).items(ago(days)) or ():
        assert each.created <= ago(days)
        assert each.updated <= ago(days)
        assert each.closed is None or each.closed <= ago(days)
        assert not each.is_open or each.closed is None
        assert {getattr(each, name) for name in ("rank", "votes", "flagged")} == {None}


def staged(days: float, stage: Stage, **more: Any) -> Event:
    return happened(Happening.STAGED, days, stage=stage, **more)


def stood(present: Item, *others: Item, days: float = 20) -> Item:
    """The first item as it stood, in a project whose stages are told."""
    teller = item(99, events=(staged(25, Stage.DOING),))
    rebuilt = Past([present, *others, teller], now=NOW).items(ago(days))
    assert rebuilt
    return rebuilt[0]


def test_where_nothing_is_told_nothing_is_invented() -> None:
    without = [item(number, updated=ago(1)) for number in (1, 2)]
    assert Past(without, now=NOW).items(ago(20)) is None
    without_stages = [item(number, events=(happened(Happening.COMMENTED, 3),)) for number in (1, 2)]
    assert Past(without_stages, now=NOW).items(ago(20)) is None


def test_what_nobody_touched_since_needs_no_history() -> None:
    assert stood(item(title="Pay", updated=ago(25))).title == "Pay"


def test_a_field_that_no_history_tells_of_is_not_known() -> None:
    """Nobody can say what it held then. Some trackers tell of no text, and most of no place."""
    told = stood(item(body="Written when?", estimate=Estimate(value=3), labels=frozenset({"ui"}), events=()))
    assert (told.body, told.estimate, told.labels, told.rank) == (None, None, None, None)


def test_a_text_of_which_only_the_beginning_was_kept_is_not_known() -> None:
    cut = happened(Happening.WROTE, 5, field="description", before="x" * LONGEST_VALUE, after="y")
    whole = happened(Happening.WROTE, 5, field="description", before="x", after="y")
    assert stood(item(body="y", events=(cut,))).body is None
    assert stood(item(body="y", events=(whole,))).body == "x"


def test_labels_that_come_one_by_one() -> None:
    events = (
        happened(Happening.LABELLED, 15, field="labels", after="good first issue"),
        happened(Happening.LABELLED, 10, field="labels", before="old", after=None),
        happened(Happening.LABELLED, 5, field="labels", before="good first issue", after=None),
    )
    assert stood(item(labels=frozenset({"stays"}), events=events)).labels == frozenset({"stays", "old"})


def test_an_event_that_tells_no_values_makes_its_field_unknown() -> None:
    for what, name in (
        (Happening.ESTIMATED, "estimate"),
        (Happening.LABELLED, "labels"),
        (Happening.ASSIGNED, "assignees"),
        (Happening.DATED, "due"),
        (Happening.PRIORITISED, "priority"),
        (Happening.WROTE, "body"),
    ):
        present = item(
            body="Told.",
            estimate=Estimate(value=3),
            labels=frozenset({"ui"}),
            assignees=(PERSON,),
            due=NOW.date(),
            priority=LEVELS["High"],
            events=(happened(what, 5),),
        )
        assert getattr(stood(present), name) is None, name


def test_an_item_as_it_stood_before_it_was_done() -> None:
    done = item(
        stage=Stage.DONE,
        created=ago(100),
        closed=ago(10),
        updated=ago(10),
        events=(staged(50, Stage.DOING), staged(10, Stage.DONE)),
    )
    past = Past([done], now=NOW)
    assert past.items(ago(101)) == ()
    stages = [past.items(ago(days))[0].stage for days in (99, 49, 9)]  # type: ignore[index] # it has a history
    assert stages == [Stage.BACKLOG, Stage.DOING, Stage.DONE]
    at_work = stood(done, days=49)
    assert (at_work.closed, len(at_work.events or ()), at_work.updated) == (None, 1, ago(50))


def test_what_was_closed_later_was_open_though_no_event_says_so() -> None:
    done = item(stage=Stage.DONE, closed=ago(5), events=())
    assert stood(done).stage is Stage.BACKLOG


def states(sprints: Sequence[Sprint], days: float) -> list[SprintState]:
    return [sprint.state for sprint in Past([], now=NOW, sprints=sprints).sprints(ago(days))]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (70, [SprintState.FUTURE, SprintState.FUTURE, SprintState.FUTURE]),
        (50, [SprintState.ACTIVE, SprintState.FUTURE, SprintState.FUTURE]),
        (5, [SprintState.CLOSED, SprintState.CLOSED, SprintState.ACTIVE]),
    ],
)
def test_sprints_stand_by_their_dates(days: float, expected: list[SprintState]) -> None:
    assert states(SPRINTS, days) == expected


def test_of_a_sprint_without_dates_nothing_is_known() -> None:
    undated = Sprint(id="s", name="S", state=SprintState.ACTIVE)
    assert states([undated], 3) == []
    assert states([undated], 0) == [SprintState.ACTIVE]


def test_a_theme_that_is_closed_now_is_left_out() -> None:
    themes = (Theme(id="a", key="a", title="A"), Theme(id="b", key="b", title="B", is_open=False))
    assert Past([], now=NOW, themes=themes).themes(ago(3)) == themes[:1]


def test_components_are_taken_back_apart_from_labels() -> None:
    events = (
        happened(Happening.LABELLED, 8, field="component", after="shop"),
        happened(Happening.LABELLED, 7, field="labels", after="ui"),
        happened(Happening.LABELLED, 6, field="Component", before="till", after=None),
    )
    present = item(labels=frozenset({"ui", "pay"}), components=frozenset({"shop"}), events=events)
    told = stood(present)
    assert (told.labels, told.components) == (frozenset({"pay"}), frozenset({"till"}))


def test_points_are_taken_back_and_times_and_hours_are_not_known() -> None:
    def estimated(unit: Unit, field: str, before: str | None) -> object:
        event = happened(Happening.ESTIMATED, 5, field=field, before=before, after="5")
        return stood(item(estimate=Estimate(value=5, unit=unit), events=(event,))).estimate

    assert estimated(Unit.POINTS, "Story Points", "3") == Estimate(value=3)
    assert estimated(Unit.POINTS, "Story Points", "three") is None
    assert estimated(Unit.HOURS, "Story Points", "3") is None
    assert estimated(Unit.HOURS, "timeoriginalestimate", "7200") is None


def test_a_date_that_cannot_be_read_is_not_known() -> None:
    def due(before: str) -> object:
        event = happened(Happening.DATED, 5, field="duedate", before=before, after="2026-12-24")
        return stood(item(due=NOW.date(), events=(event,))).due

    assert due("2026-11-30 00:00:00.0") == date(2026, 11, 30)
    assert due("end of November") is None
