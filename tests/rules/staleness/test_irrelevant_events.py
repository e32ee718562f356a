"""What no person did changes no finding about staleness: a bot's comment, our own note, a bulk edit of labels."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backlint.catalog import every
from backlint.engine import lint
from backlint.example import NOW, ago
from backlint.model import Backlog, Event, Happening, Item, Person
from backlint.model.bulk import BULK_ITEMS, BULK_SECONDS
from backlint.rule import Rule
from tests.some_backlog import some_backlog

BOT = Person(id="robot", name="tidy[bot]")
ADMIN = Person(id="admin", name="Admin", on_team=True)
RULES = tuple(rule() for rule in every(Rule) if rule.family() in {"staleness", "flow"})

days = st.floats(0, 900)


def bots_comment(when: float) -> Event:
    return Event(at=ago(when), what=Happening.COMMENTED, actor=BOT, text="Is this still wanted?")


def our_note(when: float) -> Event:
    return Event(at=ago(when), what=Happening.COMMENTED, actor=ADMIN, text="Has no estimate?", is_ours=True)


def migration(when: float) -> Event:
    return Event(at=ago(when), what=Happening.OTHER, actor=ADMIN, field="Workflow", before="old", after="new")


def told(items: list[Item]) -> list[str]:
    said = lint(Backlog(items, now=NOW), RULES)
    assert not said.crashes
    return [f"{finding.rule}: {finding} {finding.fix} {finding.evidence}" for finding in said.findings]


def with_events(item: Item, *events: Event) -> Item:
    return replace(item, events=tuple(sorted((*(item.events or ()), *events), key=lambda event: event.at)))


@pytest.mark.parametrize("irrelevant", [bots_comment, our_note, migration])
@given(seed=st.integers(0, 10_000), when=days, which=st.sets(st.integers(0, 19), min_size=1))
@settings(max_examples=25, deadline=None)
def test_what_machines_do_changes_nothing(
    irrelevant: Callable[[float], Event], seed: int, when: float, which: set[int]
) -> None:
    items, _ = some_backlog(seed, 20)
    noisy = [with_events(item, irrelevant(when)) if number in which else item for number, item in enumerate(items)]
    assert told(noisy) == told(items)


@given(seed=st.integers(0, 10_000), when=days, pace=st.floats(0, BULK_SECONDS / BULK_ITEMS))
@settings(max_examples=40, deadline=None)
def test_a_bulk_edit_of_labels_changes_nothing(seed: int, when: float, pace: float) -> None:
    assume(ago(when).time() != time.min)  # at exact midnight it is a date without a time, and never bulk
    items, _ = some_backlog(seed, 20)
    edited = [
        with_events(
            item,
            Event(at=ago(when) + timedelta(seconds=number * pace), what=Happening.LABELLED, actor=ADMIN, after="3.x"),
        )
        for number, item in enumerate(items)
    ]
    assert told(edited) == told(items)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_the_order_of_reading_changes_nothing(seed: int) -> None:
    items, _ = some_backlog(seed, 20)
    shuffled = list(items)
    Random(seed).shuffle(shuffled)  # noqa: S311 - reproducible, not secret
    assert told(shuffled) == told(items)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_no_age_is_negative(seed: int) -> None:
    items, _ = some_backlog(seed, 20)
    early = [with_events(item, bots_comment(-3), our_note(-2), migration(-1)) for item in items]
    backlog = Backlog(early, now=NOW - timedelta(days=450))
    said = lint(backlog, RULES)
    assert not said.crashes
    figures = [
        value
        for finding in said.findings
        for key, value in finding.evidence.items()
        if "days" in key and isinstance(value, int | float)
    ]
    assert all(figure >= 0 for figure in figures)
    assert all(quiet is None or quiet >= timedelta() for quiet in map(backlog.quiet_for, early))
