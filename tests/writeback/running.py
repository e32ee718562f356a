"""One run that writes, from the store to the tracker."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event

from backlint.store import Store
from backlint.writeback import Applying, Journal, Outcome, Step
from tests.writeback.places import Place
from tests.writeback.wires import Life


def run(
    place: Place, path: Path, steps: Sequence[Step], *, name: str = "run", life: Life | None = None
) -> list[Outcome]:
    """Recover, then take the steps; every statement of the database is a step of the life."""
    place.wire.life = life or Life()
    store = Store.open(str(path))
    outbox = store.outbox(place.source)
    event.listen(outbox.engine, "before_cursor_execute", place.wire.life.step)
    event.listen(outbox.engine, "commit", place.wire.life.step)
    try:
        return asyncio.run(_run(place, Journal(outbox, name), steps))
    finally:
        store.close()


async def _run(place: Place, journal: Journal, steps: Sequence[Step]) -> list[Outcome]:
    with journal.held(place.clock.now()):
        async with place.writing() as writer:
            applying = Applying(writer, journal, place.clock)
            outcomes = list(await applying.recover())
            return outcomes + [outcome async for outcome in applying.apply(steps)]


def journal(place: Place, path: Path, name: str = "run") -> Journal:
    """The journal, to read in."""
    return Journal(Store.open(str(path)).outbox(place.source), name)


def let_the_lease_end(place: Place) -> None:
    place.clock.pass_time(timedelta(minutes=11).total_seconds())
