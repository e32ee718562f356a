"""What was looked for and not found is gone once the next census misses it, too."""

from datetime import timedelta

from backlint.connector import Batch
from backlint.example import NOW, item
from backlint.store import Store

SOURCE = "jira:example.net/SHOP"
HOUR = timedelta(hours=1)


def filled(store: Store) -> frozenset[str]:
    """A source of three items, just counted."""
    items = tuple(item(n, id=f"{SOURCE}/{n}") for n in range(1, 4))
    store.keep(SOURCE, Batch(items=items), at=NOW)
    store.finish(SOURCE, at=NOW, is_counted=True)
    return frozenset(it.id for it in items)


def test_a_suspect_makes_a_census_due_and_is_gone_by_it(store: Store) -> None:
    ids = filled(store)
    gone = f"{SOURCE}/1"
    assert not store.census_is_due(SOURCE, at=NOW + HOUR)
    store.suspect(SOURCE, [gone])
    store.suspect(SOURCE, [gone, gone])
    assert store.census_is_due(SOURCE, at=NOW + HOUR)
    assert store.take_census(SOURCE, ids - {gone}, at=NOW + HOUR).gone == 1
    assert {it.id for it in store.items(SOURCE)} == ids - {gone}


def test_a_suspect_that_the_census_shows_is_none(store: Store) -> None:
    ids = filled(store)
    store.suspect(SOURCE, [f"{SOURCE}/1"])
    assert store.take_census(SOURCE, ids, at=NOW + HOUR).gone == 0
    assert {it.id for it in store.items(SOURCE)} == ids
    assert not store.census_is_due(SOURCE, at=NOW + 2 * HOUR)
