"""What is kept is what was read, exactly."""

import sqlite3
from dataclasses import replace

from hypothesis import given

from backlint.example import item
from backlint.model import EMPTY, Item
from backlint.store.content import content, storable
from backlint.store.encoding import LARGEST
from backlint.store.rows import Stored, to_columns, to_item
from backlint.text.clean import clean
from tests.store.items import any_texts, items


def through_a_database(item: Item) -> Item:
    said = storable(content(item))
    row = to_columns(said.item)
    with sqlite3.connect(":memory:") as connection:
        text = None if said.events is None else said.events.decode()
        *columns, events = connection.execute(f"SELECT {', '.join('?' * (len(row) + 1))}", (*row, text)).fetchone()
    kept = Stored._make(columns)
    return to_item(kept._replace(flagged=row.flagged, confidential=bool(kept.confidential)), kept.rank, events)


@given(items())
def test_an_item_comes_back_as_it_was(kept: Item) -> None:
    assert through_a_database(kept) == kept


@given(items(any_texts))
def test_what_no_database_keeps_is_cleaned_and_the_rest_stays(kept: Item) -> None:
    back = through_a_database(kept)
    assert (back.title, back.body) == (clean(kept.title), None if kept.body is None else clean(kept.body))
    assert (back.created, back.votes, back.estimate, back.due) == (kept.created, kept.votes, kept.estimate, kept.due)
    assert "\0" not in repr(back)
    repr(back).encode()


@given(items(), items())
def test_the_digest_tells_items_apart(one: Item, other: Item) -> None:
    assert (content(one).digest == content(other).digest) == (one == other)


def test_empty_and_unsaid_differ_in_the_digest() -> None:
    said = [
        content(item(1, due=due, labels=labels)).digest for due in (None, EMPTY) for labels in (None, frozenset[str]())
    ]
    assert len(set(said)) == 4


def test_the_order_of_labels_is_no_change() -> None:
    words = [f"label {number}" for number in range(50)]
    one, other = (content(item(1, labels=frozenset(each))) for each in (words, list(reversed(words))))
    assert one.digest == other.digest
    assert to_columns(one.item) == to_columns(other.item)


def test_a_number_that_no_database_keeps_is_kept_as_the_largest() -> None:
    assert to_columns(item(1, votes=10**30)).votes == LARGEST


def test_a_person_is_made_once_however_often_they_appear() -> None:
    row = to_columns(replace(item(1), author=None))
    author = '["p1","Robin",false,null]'
    one, other = (to_item(row._replace(author=author), 1, None) for _ in range(2))
    assert one.author is other.author
