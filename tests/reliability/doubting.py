"""R4: writes that a tracker does late, after it hung up or while the writer was dead.

    python -m tests.reliability.doubting [DELAYS] [SEED]

Each trial sends a few notes; for some the tracker answers nothing useful and does it up to its longest request later,
and often the run dies at a random step meanwhile. A later run finds out what became of them. On all trackers in turn.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random

from backlint.store import Store
from tests.writeback.places import PLACES, note_step
from tests.writeback.running import journal, let_the_lease_end, run
from tests.writeback.wires import Died, Life, delays

SLOWEST = 59.0
"""Seconds: no tracker takes longer over a request than the minute after which its proxies give up."""
ITEMS = 3


@dataclass
class Tally:
    """What became of the notes."""

    delays: int = 0
    deaths: int = 0
    doubled: int = 0
    lost: int = 0
    in_doubt: int = 0

    @property
    def is_well(self) -> bool:
        return not (self.doubled or self.lost or self.in_doubt) and self.deaths > 0

    def __str__(self) -> str:
        return (
            f"{self.delays:,} writes done up to {SLOWEST:.0f} s late, {self.deaths:,} runs died over them: "
            f"{self.doubled} doubled, {self.lost} lost, {self.in_doubt} left in doubt"
        )


def trial(name: str, path: Path, random: Random, tally: Tally) -> None:
    """One tracker, one store; a run that is unlucky, and the one after it."""
    place = PLACES[name](items=ITEMS)
    steps = [note_step(place, key, "Say more.") for key in place.all_keys()]
    late = random.randint(1, ITEMS)
    place.wire.accidents = [delays(random.uniform(0, SLOWEST)) for _ in range(late)]
    try:
        run(place, path, steps, life=Life(random.randint(4, 60)))
    except Died:
        tally.deaths += 1
        let_the_lease_end(place)
    tally.delays += late - len(place.wire.accidents)
    run(place, path, steps, name="next")
    place.clock.pass_time(SLOWEST)
    place.wire.catch_up()
    notes = [len(place.bodies(key)) for key in place.all_keys()]
    tally.doubled += sum(number > 1 for number in notes)
    tally.lost += sum(number == 0 for number in notes)
    tally.in_doubt += len(journal(place, path).in_doubt())


def doubt(delayed: int, seed: int = 7) -> Tally:
    """Trials until so many writes were late."""
    random, tally = Random(seed), Tally()  # noqa: S311 - it keeps no secret
    with tempfile.TemporaryDirectory(prefix="doubting-") as folder:
        new = Path(folder) / "new.db"
        Store.open(str(new)).close()
        number = 0
        while tally.delays < delayed:
            path = Path(folder) / f"{number}.db"
            path.write_bytes(new.read_bytes())
            trial([*PLACES][number % len(PLACES)], path, random, tally)
            for old in Path(folder).glob(f"{number}.db*"):
                old.unlink()
            number += 1
    return tally


if __name__ == "__main__":
    told = doubt(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000, int(sys.argv[2]) if len(sys.argv) > 2 else 7)
    sys.stdout.write(f"{told}\n")
    sys.exit(0 if told.is_well else 1)
