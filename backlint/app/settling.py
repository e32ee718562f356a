"""Before a job writes: let whoever writes to its trackers finish, and find out what became of what a dead run sent.

A person at a command line is told at once that another run writes. A job has the whole night, so it waits. What is in
doubt is settled before anything is planned: a note that did arrive needs no step, and where a plan has none, nobody
would ever look.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

from backlint.app.writing import new_run
from backlint.config import Team
from backlint.connector import Connector
from backlint.store import Outbox, Store
from backlint.sync import source_of
from backlint.transport import Clock, Gate
from backlint.writeback import Applying, Journal

PATIENCE = 30 * 60.0
"""Seconds. A lease of the dead is over after ten minutes, and half an hour writes a thousand notes."""

LOOK = 10.0
"""Seconds between two looks."""


def settle(store: Store, team: Team, gate: Gate, watch: Callable[[], None]) -> None:
    """Come to where this run may write, and nothing is in doubt. The gate's time does not run meanwhile.

    `watch` is called while it waits; it may raise. After `PATIENCE` it waits no more: whoever then writes is told of
    the other run. Raises `TrackerError` where it cannot be known what became of a write.
    """
    began = gate.clock.monotonic()
    for source in team.sources:
        outbox = store.outbox(source_of(source))
        asyncio.run(_wait(outbox, gate.clock, began + PATIENCE, watch))
        if outbox.in_doubt():
            asyncio.run(_recover(outbox, source, gate))
    if gate.until is not None:
        gate.until += gate.clock.monotonic() - began


async def _wait(outbox: Outbox, clock: Clock, end: float, watch: Callable[[], None]) -> None:
    while (until := outbox.taken_until(clock.now())) and clock.monotonic() < end:
        await clock.sleep(min(LOOK, _seconds(clock.now(), until)))
        watch()


def _seconds(now: datetime, until: datetime) -> float:
    return max(0.0, (until - now).total_seconds())


async def _recover(outbox: Outbox, source: Connector, gate: Gate) -> None:
    journal = Journal(outbox, new_run(gate.clock))
    way = source.writing(Gate(gate.clock, wire=gate.wire))
    if way is None:
        return
    with journal.held(gate.clock.now()):
        async with way as writer:
            await Applying(writer, journal, gate.clock).recover()
