"""Batches in, items out: ranks, tombstones, readings, and one transaction a batch."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backlint.connector import Batch
from backlint.errors import ConfigError
from backlint.example import NOW, ago, happened, item
from backlint.health import Reading
from backlint.model import Happening, Item, Sprint, SprintState, Theme
from backlint.store import Given, Store
from backlint.text.clean import clean
from tests.store.items import items

SHOP = "jira:tracker.example/SHOP"
WEB = "github:acme/web"


def keep(store: Store, batch: Batch, source: str = SHOP) -> int:
    return store.keep(source, batch, at=NOW)


def kept(store: Store, source: str = SHOP) -> dict[str, Item]:
    return {each.id: each for each in store.items(source)}


def test_gives_back_what_was_kept(store: Store) -> None:
    told = replace(item(1, events=(happened(Happening.COMMENTED, 3, text="Which cards?"),)), rank=None)
    keep(store, Batch(items=(told,)))
    assert list(store.items(SHOP)) == [told]
    assert [each.events for each in store.items(SHOP, with_history=False)] == [None]


def test_an_item_replaces_what_was_kept_under_its_id(store: Store) -> None:
    keep(store, Batch(items=(item(1, title="old", events=(happened(Happening.CREATED, 3),)),)))
    keep(store, Batch(items=(item(1, title="new", events=None),)))
    (now,) = store.items(SHOP)
    assert (now.title, now.events) == ("new", None)


def test_what_is_unchanged_is_not_written(store: Store) -> None:
    both = (item(1), item(2))
    assert keep(store, Batch(items=both)) == 2
    assert keep(store, Batch(items=both)) == 0
    assert keep(store, Batch(items=(item(1, title="new"), item(2)))) == 1


def test_the_last_of_an_item_in_one_batch_counts(store: Store) -> None:
    keep(store, Batch(items=(item(1, title="old"), item(1, title="new"))))
    assert [each.title for each in store.items(SHOP)] == ["new"]


def test_rank_is_the_place_in_the_ranking(store: Store) -> None:
    keep(store, Batch(items=(item(1), item(2), item(3)), ranking=("example:3", "elsewhere:9", "example:1")))
    assert {id_: each.rank for id_, each in kept(store).items()} == {"example:1": 3, "example:2": None, "example:3": 1}
    keep(store, Batch(ranking=("example:2",)))
    assert [each.id for each in store.items(SHOP) if each.rank] == ["example:2"]


def test_without_a_ranking_an_item_says_its_own_rank(store: Store) -> None:
    keep(store, Batch(items=(item(4),)))
    assert [each.rank for each in store.items(SHOP)] == [4]
    keep(store, Batch(ranking=("example:1",)))
    assert [each.rank for each in store.items(SHOP)] == [None]
    keep(store, Batch(ranking=()))
    assert [each.rank for each in store.items(SHOP)] == [4]


def test_sources_do_not_mix(store: Store) -> None:
    keep(store, Batch(items=(item(1),), ranking=("example:1",)))
    keep(store, Batch(items=(item(1, title="other"), item(2)), gone=("example:1",)), WEB)
    assert [each.title for each in store.items(SHOP)] == ["Item 1"]
    assert {each.id for each in store.backlog_items([SHOP, WEB])} == {"example:1", "example:2"}
    assert list(store.items("file:nothing")) == []


def test_what_the_tracker_deleted_is_not_given_until_it_comes_back(store: Store) -> None:
    keep(store, Batch(items=(item(1), item(2))))
    keep(store, Batch(gone=("example:1", "never:seen")))
    assert kept(store).keys() == {"example:2"}
    assert keep(store, Batch(items=(item(1),))) == 1
    assert kept(store).keys() == {"example:1", "example:2"}


def test_a_source_that_was_read_whole_keeps_only_what_it_gave(store: Store) -> None:
    sprint = Sprint(id="s1", name="Sprint 1", state=SprintState.ACTIVE)
    theme = Theme(id="t1", key="Checkout", title="Checkout")
    keep(store, Batch(items=(item(1), item(2)), sprints=(sprint,), themes=(theme,)))
    given_now = Given()
    given_now.add(Batch(items=(item(2),), sprints=(sprint,)))
    store.keep_only(SHOP, given_now, at=NOW)
    assert kept(store).keys() == {"example:2"}
    assert (store.sprints([SHOP]), store.themes([SHOP])) == ((sprint,), ())


def test_sprints_themes_and_velocity_come_back(store: Store) -> None:
    sprint = Sprint(id="s1", name="Sprint \0 1", state=SprintState.CLOSED, start=ago(14), end=NOW, goal="Cards")
    theme = Theme(
        id="t1", key="Checkout", title="Checkout", is_open=False, due=NOW.date(), url="https://tracker.example"
    )
    keep(store, Batch(sprints=(sprint,), themes=(theme,), velocity=(21, 18.5)))
    assert store.sprints([SHOP, WEB]) == (replace(sprint, name="Sprint  1"),)
    assert store.themes([SHOP]) == (theme,)
    assert store.velocity(SHOP) == (21, 18.5)
    assert store.velocity(WEB) is None


def test_a_read_goes_on_from_the_last_cursor(store: Store) -> None:
    assert store.begin(SHOP) is None
    keep(store, Batch(cursor="page 2"))
    keep(store, Batch(items=(item(1),)))
    assert store.begin(SHOP) == "page 2"
    store.restart(SHOP)
    assert store.begin(SHOP) is None


def test_readings_say_how_complete_a_source_is(store: Store) -> None:
    assert store.readings([SHOP])[0].problems == ("It was never read.",)
    store.begin(SHOP)
    keep(store, Batch(items=(item(1),)))
    (interrupted,) = store.readings([SHOP])
    assert (interrupted.items, interrupted.is_complete, interrupted.read_at) == (1, False, None)
    assert store.finish(SHOP, at=NOW) == Reading(source=SHOP, items=1, read_at=NOW, is_complete=True)
    store.begin(SHOP)
    later = store.finish(SHOP, at=NOW + timedelta(days=1), problems=("No sprints.",))
    assert later == Reading(source=SHOP, items=1, read_at=NOW, is_complete=False, problems=("No sprints.",))


def test_a_batch_is_kept_as_a_whole_or_not_at_all(store: Store) -> None:
    keep(store, Batch(items=(item(1),), cursor="1"))
    with pytest.raises(TypeError):
        keep(store, Batch(items=(item(2), item(3)), velocity=(cast("float", object()),), cursor="2"))
    assert kept(store).keys() == {"example:1"}
    assert store.begin(SHOP) == "1"


def test_a_reader_sees_one_moment_while_another_writes(store: Store) -> None:
    keep(store, Batch(items=tuple(item(number) for number in range(1, 1300))))
    reading = store.items(SHOP)
    first = next(reading)
    keep(store, Batch(items=tuple(item(number, title="new") for number in range(1, 1300))))
    assert {each.title for each in reading} | {first.title} == {f"Item {number}" for number in range(1, 1300)}


def test_a_store_outlives_its_process(url: str) -> None:
    with Store.open(url) as store:
        keep(store, Batch(items=(item(1),)))
    with Store.open(url if "://" in url else f"sqlite:///{url}") as again:
        assert kept(again).keys() == {"example:1"}


def test_backs_itself_up(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path / "backlint.db"))
    keep(store, Batch(items=(item(1),)))
    store.backup(tmp_path / "copy.db")
    with Store.open(str(tmp_path / "copy.db")) as copy:
        assert kept(copy).keys() == {"example:1"}
    with pytest.raises(ConfigError, match="is there already"):
        store.backup(tmp_path / "copy.db")


def test_pruning_drops_what_was_gone_long_ago(store: Store) -> None:
    keep(store, Batch(items=(item(1), item(2, events=(happened(Happening.CREATED, 3),)))))
    keep(store, Batch(gone=("example:2",)))
    store.prune(NOW)
    assert rows(store) == {"items": 2, "histories": 1}
    store.prune(NOW + timedelta(days=1), team="Checkout")
    assert rows(store) == {"items": 2, "histories": 1}
    store.prune(NOW + timedelta(days=1))
    assert rows(store) == {"items": 1, "histories": 0}


def rows(store: Store) -> dict[str, int]:
    return {name: number for name, number in store.info().rows.items() if name in {"items", "histories"}}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(items(), max_size=4, unique_by=lambda each: each.id))
def test_any_items_come_back_whatever_batches_they_came_in(new_url: Callable[[], str], given_items: list[Item]) -> None:
    with Store.open(new_url()) as store:
        for each in given_items:
            keep(store, Batch(items=(each,)))
        assert keep(store, Batch(items=tuple(given_items))) == 0
        assert kept(store) == {each.id: each for each in given_items}


def test_what_no_database_keeps_is_cleaned(store: Store) -> None:
    told = "a\0b\ud800c"
    event = happened(Happening.COMMENTED, 3, text=told)
    keep(store, Batch(items=(item(1, title=told, body=told, labels=frozenset({told}), events=(event,)),), cursor="1"))
    (back,) = store.items(SHOP)
    assert (back.title, back.body, back.labels) == (clean(told), clean(told), frozenset({clean(told)}))
    assert back.events == (replace(event, text=clean(told)),)
    assert store.finish(SHOP, at=NOW, problems=(told,)).problems == (clean(told),)
