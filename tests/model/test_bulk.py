"""One actor, many items, seconds apart."""

from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlint.example import PERSON, ago, happened, item
from backlint.model import Event, Happening, Item, Person
from backlint.model.bulk import BULK_ITEMS, BULK_SECONDS, SAME_ITEMS, bulk_edits

moments = st.integers(min_value=0, max_value=150).map(lambda seconds: ago(10) + timedelta(seconds=seconds))


def labelled(at: datetime, actor: Person = PERSON, label: str = "") -> Event:
    return Event(at=at, what=Happening.LABELLED, actor=actor, after=label or str(at))


def edited(times: list[datetime], actor: Person = PERSON) -> list[Item]:
    return [item(number, events=(labelled(at, actor),)) for number, at in enumerate(times, 1)]


def spaced(count: int, seconds: float) -> list[datetime]:
    return [ago(10) + timedelta(seconds=number * seconds) for number in range(count)]


def test_ten_items_in_a_minute_are_a_bulk_edit_wherever_the_minute_begins() -> None:
    items = edited(spaced(BULK_ITEMS, BULK_SECONDS / BULK_ITEMS))
    bulk = bulk_edits(items)
    assert all(bulk.cover(event) for one in items for event in one.events or ())


def test_the_same_change_of_five_items_in_a_minute_is_a_bulk_edit() -> None:
    same = [item(n, events=(labelled(at, label="3.x"),)) for n, at in enumerate(spaced(SAME_ITEMS, 3), 1)]
    other = [item(n, events=(labelled(at),)) for n, at in enumerate(spaced(SAME_ITEMS, 3), 1)]
    assert all(bulk_edits(same).cover(event) for one in same for event in one.events or ())
    assert not bulk_edits(other).spans


def test_ten_items_in_an_hour_are_work() -> None:
    assert not bulk_edits(edited(spaced(BULK_ITEMS, 360))).spans


def test_ten_edits_of_one_item_are_work() -> None:
    events = tuple(labelled(at) for at in spaced(BULK_ITEMS * 2, 1))
    assert not bulk_edits([item(events=events)]).spans


def test_ten_people_in_a_minute_are_a_meeting() -> None:
    people = [Person(id=str(number), name=str(number)) for number in range(BULK_ITEMS)]
    items = [
        item(n, events=(labelled(at, who),))
        for n, (at, who) in enumerate(zip(spaced(BULK_ITEMS, 1), people, strict=True), 1)
    ]
    assert not bulk_edits(items).spans


def test_all_at_the_same_second_is_a_bulk_edit() -> None:
    assert bulk_edits(edited([ago(3)] * BULK_ITEMS)).spans


def test_what_has_no_actor_or_no_time_of_day_is_no_bulk_edit() -> None:
    midnight = ago(3).replace(hour=0)
    assert not bulk_edits(edited([midnight] * BULK_ITEMS)).spans
    unknown = [item(n, events=(happened(Happening.LABELLED, 3, actor=None),)) for n in range(1, 30)]
    assert not bulk_edits(unknown).spans


@pytest.mark.parametrize(
    ("texts", "are_bulk"), [(["Closing soon?"] * 12, True), ([f"Answer {n}" for n in range(12)], False)]
)
def test_the_same_words_under_many_items_are_bulk(texts: list[str], are_bulk: bool) -> None:
    items = [item(n, events=(happened(Happening.COMMENTED, 3, text=text),)) for n, text in enumerate(texts, 1)]
    bulk = bulk_edits(items)
    assert all(bulk.cover(event) is are_bulk for one in items for event in one.events or ())


@given(st.lists(moments, max_size=30))
def test_bulk_is_what_a_slow_reading_of_the_definition_says(times: list[datetime]) -> None:
    items = [item(n, events=(labelled(at, label=str(n)),)) for n, at in enumerate(times, 1)]
    bulk = bulk_edits(items)
    window = timedelta(seconds=BULK_SECONDS)
    crowds = [[t for t in times if start <= t <= start + window] for start in times]
    expected = {at for crowd in crowds if len(crowd) >= BULK_ITEMS for at in crowd}
    assert {event.at for one in items for event in one.events or () if bulk.cover(event)} == expected


@given(st.lists(moments, max_size=30), st.randoms())
def test_bulk_edits_do_not_depend_on_the_order_of_items(times: list[datetime], random: Random) -> None:
    items = edited(times)
    shuffled = list(items)
    random.shuffle(shuffled)
    assert bulk_edits(shuffled) == bulk_edits(items)
