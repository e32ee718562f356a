"""What was looked for and not found is gone once the next census misses it, too."""

from datetime import timedelta

import pytest

from backlint.connector import Batch
from backlint.example import NOW, item
from backlint.model import Sprint, SprintState, Theme
from backlint.store import Given, Store

SOURCE = "jira:example.net/SHOP"
SAME = "shop, as another team reads it"
HOUR = timedelta(hours=1)


def filled(store: Store, source: str = SOURCE, count: int = 3) -> frozenset[str]:
    """A source of a few items, just counted."""
    items = tuple(item(n, id=f"{SOURCE}/{n}") for n in range(1, count + 1))
    store.keep(source, Batch(items=items), at=NOW)
    store.finish(source, at=NOW, is_counted=True)
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


def test_what_the_tracker_called_gone_is_not_asked_for(store: Store) -> None:
    filled(store)
    store.suspect(SOURCE, [f"{SOURCE}/{number}" for number in (3, 1, 2)])
    assert store.suspects(SOURCE, 9) == {f"{SOURCE}/{number}": f"SHOP-{number}" for number in (1, 2, 3)}
    store.keep(SOURCE, Batch(gone=(f"{SOURCE}/1",)), at=NOW)
    assert [*store.suspects(SOURCE, 9)] == [f"{SOURCE}/2", f"{SOURCE}/3"]
    assert [*store.suspects(SOURCE, 1)] == [f"{SOURCE}/2"]


@pytest.mark.parametrize(
    ("kept", "missing", "is_doubtful"), [(40, 20, False), (50, 21, False), (42, 21, False), (41, 21, True)]
)
def test_more_than_half_and_more_than_a_few_is_too_much_to_believe(
    kept: int, missing: int, is_doubtful: bool, store: Store
) -> None:
    ids = sorted(filled(store, count=kept))
    census = store.take_census(SOURCE, ids[missing:], at=NOW + HOUR)
    assert (census.suspected, census.is_doubtful, census.gone, census.unread) == (missing, is_doubtful, 0, 0)


def test_one_source_in_two_stores_of_a_name_is_counted_in_each(store: Store) -> None:
    ids = filled(store)
    filled(store, SAME)
    first, second, third = sorted(ids)
    store.suspect(SOURCE, [first])
    assert store.suspects(SAME, 9) == {}
    store.suspect(SAME, [first, second])
    assert [*store.suspects(SOURCE, 9)] == [first]
    store.settle(SOURCE, gone=[], kept=[first], at=NOW + HOUR)
    assert [*store.suspects(SAME, 9)] == [first, second]
    store.settle(SAME, gone=[third], kept=[second], at=NOW + HOUR)
    assert store.take_census(SAME, [first], at=NOW + HOUR).suspected == 1
    assert store.take_census(SAME, [second], at=NOW + 2 * HOUR).gone == 0
    assert store.unread(SOURCE, ids) == 0
    assert store.unread(SAME, ids) == 1
    assert store.take_census(SOURCE, ids, at=NOW + HOUR).suspected == 0


def test_what_one_source_did_not_give_the_other_keeps(store: Store) -> None:
    sprints = tuple(Sprint(id=f"s{n}", name=f"Sprint {n}", state=SprintState.ACTIVE) for n in (1, 2))
    themes = tuple(Theme(id=f"t{n}", key=f"t{n}", title=f"Theme {n}") for n in (1, 2))
    for source in (SOURCE, SAME):
        store.keep(source, Batch(sprints=sprints, themes=themes), at=NOW)
    given = Given()
    given.add(Batch(sprints=sprints[:1], themes=themes[:1]))
    store.keep_only(SOURCE, given, at=NOW)
    assert (store.sprints([SOURCE]), store.themes([SOURCE])) == (sprints[:1], themes[:1])
    assert (store.sprints([SAME]), store.themes([SAME])) == (sprints, themes)
