"""The outbox, the journal, and the lease that lets one run write."""

from datetime import datetime, timedelta

import pytest

from backlint.connector import Batch
from backlint.errors import StoreError
from backlint.example import NOW, item
from backlint.store import Entry, Outbox, Store
from backlint.store.outbox import FEW, LEASE

SOURCE = "jira:example/SHOP"


@pytest.fixture
def outbox(store: Store) -> Outbox:
    return store.outbox(SOURCE)


def entry(item: str = "1", *, slot: str = "note", run: str = "mine", at: datetime = NOW, step: str = "{}") -> Entry:
    return Entry(SOURCE, item, slot, run, at, step)


def test_what_is_sent_stands_in_the_outbox_until_it_is_known_what_became_of_it(outbox: Outbox) -> None:
    with outbox.held("mine", NOW):
        outbox.send(entry("1"))
        outbox.send(entry("2"))
        assert outbox.in_doubt() == (entry("1"), entry("2"))
        outbox.settle(entry("1"), was_done=True)
        outbox.settle(entry("2"), was_done=False)
    assert outbox.in_doubt() == ()
    assert outbox.journal() == (entry("1"),)


def test_one_run_writes_at_a_time(outbox: Outbox) -> None:
    with (
        outbox.held("mine", NOW),
        pytest.raises(StoreError, match=r"run again after 08:10 UTC"),
        outbox.held("other", NOW),
    ):
        pass
    with outbox.held("other", NOW):
        outbox.send(entry(run="other"))


def test_another_project_is_free(outbox: Outbox) -> None:
    elsewhere = Outbox(outbox.engine, "jira:example/CART")
    with outbox.held("mine", NOW), elsewhere.held("other", NOW):
        assert elsewhere.in_doubt() == ()


def test_a_lease_that_is_over_can_be_taken_and_who_lost_it_sends_nothing(outbox: Outbox) -> None:
    with outbox.held("mine", NOW), outbox.held("other", NOW + LEASE):
        with pytest.raises(StoreError, match="Another run writes"):
            outbox.send(entry(run="mine", at=NOW + LEASE))
        outbox.send(entry(run="other", at=NOW + LEASE))
    assert [each.run for each in outbox.in_doubt()] == ["other"]


def test_every_write_renews_the_lease(outbox: Outbox) -> None:
    almost = NOW + LEASE - timedelta(seconds=1)
    with outbox.held("mine", NOW):
        outbox.send(entry(at=almost))
        with pytest.raises(StoreError), outbox.held("other", NOW + LEASE):
            pass


def test_the_last_write_to_each_place(outbox: Outbox) -> None:
    with outbox.held("mine", NOW):
        for step in ("first", "second"):
            outbox.send(entry(step=step))
            outbox.settle(entry(step=step), was_done=True)
        outbox.send(entry(slot="label:ready"))
        outbox.settle(entry(slot="label:ready"), was_done=True)
    last = outbox.last()
    assert last["1", "note"].step == "second"
    assert last.keys() == {("1", "note"), ("1", "label:ready")}
    assert len(outbox.journal("mine")) == 3
    assert outbox.journal("other") == ()


@pytest.mark.parametrize("others", [0, FEW])
def test_the_last_writes_to_some_items_are_those_to_no_other(outbox: Outbox, others: int) -> None:
    for about in ("1", "2"):
        outbox.note(entry(about))
    among = {"1", *(f"no {number}" for number in range(others))}
    assert outbox.last(among) == {("1", "note"): entry("1")}


def test_what_was_written_to_an_item_is_forgotten_with_it(store: Store, outbox: Outbox) -> None:
    store.keep(SOURCE, Batch(items=(item(1), item(2))), at=NOW)
    for about in ("example:1", "example:2", "the dashboard"):
        outbox.note(entry(about))
    store.outbox("jira:example/OTHER").note(entry("example:2")._replace(project="jira:example/OTHER"))
    store.keep(SOURCE, Batch(gone=("example:2",)), at=NOW)
    store.prune(NOW)
    assert len(outbox.journal()) == 3
    store.prune(NOW + timedelta(days=1))
    assert {each.item for each in outbox.journal()} == {"example:1", "the dashboard"}
    assert store.outbox("jira:example/OTHER").journal()
