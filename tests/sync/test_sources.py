"""Which sources are read, under which names, and which of them side by side."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from backlint.connector import Batch
from backlint.errors import ConfigError
from backlint.occasion import going_on
from backlint.store import Store
from backlint.sync import source_of
from backlint.transport import Gate
from tests.living import Living, Tracker
from tests.sync.running import PLACE, kept, run


def test_a_source_is_read_once_however_many_teams_have_it(store: Store, tracker: Tracker) -> None:
    assert len(run(store, Living(tracker=tracker), Living(tracker=tracker))) == 1
    assert len(tracker.asked) == 5
    with pytest.raises(ConfigError, match="configured twice"):
        run(store, Living(tracker=tracker), Living(tracker=tracker, counts=False))


def test_two_ways_to_read_one_source_are_told_apart_by_a_name(store: Store, tracker: Tracker) -> None:
    with pytest.raises(ConfigError) as told:
        run(store, Living(tracker=tracker), Living(tracker=tracker, counts=False))
    assert str(told.value) == (f'"{PLACE}" is configured twice, in two ways; give one of them a name_in_store.')


def test_a_source_can_have_another_name_in_the_store(store: Store, tracker: Tracker) -> None:
    named = Living(tracker=tracker, name_in_store="shop")
    assert source_of(named) == "shop"
    assert run(store, named)[0].source == "shop"
    assert len(kept(store, "shop")) == 10


def test_a_site_is_asked_for_one_source_at_a_time(store: Store) -> None:
    busy: dict[str, int] = {}
    seen: list[dict[str, int]] = []

    class Watched(Living):
        async def pull(self, gate: Gate, cursor: str | None) -> AsyncIterator[Batch]:
            site = self.place.partition("/")[0]
            busy[site] = busy.get(site, 0) + 1
            async for batch in super().pull(gate, cursor):
                await asyncio.sleep(0)
                seen.append(dict(busy))
                yield batch
            busy[site] -= 1

    places = [f"living:{site}/{project}" for site in "abcdef" for project in ("x", "y", "z/z")]
    run(store, *(Watched(tracker=Tracker(), place=place) for place in places))
    assert max(count for moment in seen for count in moment.values()) == 1
    assert max(sum(moment.values()) for moment in seen) == 4


def test_what_is_said_while_a_source_is_read_tells_which_it_is(store: Store, tracker: Tracker) -> None:
    occasions: list[object] = []
    tracker.between_pages = lambda: occasions.append(going_on())
    run(store, Living(tracker=tracker))
    assert occasions == [{"source": PLACE}] * 4
