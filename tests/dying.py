"""A sync that dies at its every step, as a power cut or `kill -9` would have it: `python -m tests.dying FOLDER`.

Each step is one statement or one commit. A process of its own, because it forks, and a child that dies in a test runner
takes the runner's threads into an unknown state.
"""

import asyncio
import os
import shutil
import sys
from pathlib import Path

from sqlalchemy import Engine, event

from backlint.store import Store
from backlint.store.database import connect
from backlint.sync import sync
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from tests.living import Living, Tracker

KILLED = 9
ITEMS = 5


def main(folder: Path) -> int:
    """Kill a sync at its first step, then at its second, and so on; gives the number of kills."""
    Store.open(str(folder / "new.db")).close()
    kills = 0
    while True:
        tracker = Tracker()
        tracker.create(ITEMS)
        path = str(shutil.copy(folder / "new.db", folder / f"{kills}.db"))
        if not dies(path, tracker, kills):
            return kills
        check(path, tracker)
        kills += 1


def dies(path: str, tracker: Tracker, step: int) -> bool:
    """Run a sync in a process that ends at a step; whether it did."""
    child = os.fork()
    if child == 0:
        engine = connect(path)
        die_at(engine, step)
        run(Store(engine), tracker)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


def die_at(engine: Engine, step: int) -> None:
    left = iter(range(step))

    def count(*_: object) -> None:
        if next(left, None) is None:
            os._exit(KILLED)

    event.listen(engine, "before_cursor_execute", count)
    event.listen(engine, "commit", count)


def check(path: str, tracker: Tracker) -> None:
    """What was kept is what its cursor says, and the next run needs only the rest."""
    with Store.open(path) as store:
        source = Living(tracker=tracker).source
        kept = {item.id for item in store.items(source)}
        cursor = int(store.begin(source) or 0)
        assert kept == {id_ for id_, at in tracker.changed.items() if at <= cursor}, (kept, cursor)
        run(store, tracker)
        assert tracker.asked[0] == cursor
        assert {item.id for item in store.items(source)} == tracker.items.keys()
        assert store.readings([source])[0].is_complete


def run(store: Store, tracker: Tracker) -> None:
    asyncio.run(sync(store, [Living(tracker=tracker)], Gate(FakeClock())))


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))  # noqa: T201 - the test reads it
