"""Run a sync, and compare what is kept with what there is."""

import asyncio
from datetime import timedelta

from backlint.connector import Connector
from backlint.health import Reading
from backlint.model import Item
from backlint.store import Store
from backlint.sync import OnProgress, sync
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from tests.living import Tracker

PLACE = "living:site/one"


def run(
    store: Store, *connectors: Connector, clock: FakeClock | None = None, on_progress: OnProgress | None = None
) -> tuple[Reading, ...]:
    return asyncio.run(sync(store, connectors, Gate(clock or FakeClock()), on_progress))


def week_later(clock: FakeClock) -> FakeClock:
    clock.pass_time(timedelta(days=7).total_seconds())
    return clock


def kept(store: Store, source: str = PLACE) -> dict[str, Item]:
    return {item.id: item for item in store.items(source)}


def remote(tracker: Tracker) -> dict[str, str]:
    return {id_: item.title for id_, item in tracker.items.items()}


def local(store: Store) -> dict[str, str]:
    return {id_: item.title for id_, item in kept(store).items()}
