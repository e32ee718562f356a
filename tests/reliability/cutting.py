"""R10: a write-ahead log torn at random places: `python -m tests.reliability.cutting [CUTS] [SEED]`.

A power cut leaves the log as long as it was at some moment, its last sector perhaps with nothing sensible in it. What
is then opened must be a whole database, hold what its cursor says and nothing else, and take the rest.
"""

import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from backlint.connector import Batch
from backlint.example import NOW, item
from backlint.store import Store

SOURCE = "file:backlog.jsonl"
BATCHES = 40
PER_BATCH = 3
SECTOR = 512


@dataclass
class Tally:
    """What became of the logs that were cut. Without a batch lost nothing was tried: the cuts came too late."""

    cuts: int = 0
    corrupt: int = 0
    wrong: int = 0
    shortened: int = 0

    @property
    def is_well(self) -> bool:
        return not (self.corrupt or self.wrong) and self.shortened > 0

    def __str__(self) -> str:
        return (
            f"{self.cuts:,} logs torn, {self.shortened:,} with a batch or more undone: {self.corrupt} databases "
            f"corrupt, {self.wrong} whose items are not those of the cursor"
        )


def write(path: Path) -> None:
    """A store whose batches all stand in its log; it is copied before it is closed, for that empties the log."""
    whole = path.with_name("open.db")
    Store.open(str(whole)).close()
    with closing(sqlite3.connect(whole)) as reader, Store.open(str(whole)) as store:
        reader.execute("BEGIN")
        reader.execute(
            "SELECT count(*) FROM items"
        ).fetchone()  # who reads the old state keeps the log from being merged
        for number in range(1, BATCHES + 1):
            store.keep(SOURCE, batch(number), at=NOW)
        shutil.copy(whole, path)
        shutil.copy(f"{whole}-wal", f"{path}-wal")


def batch(number: int) -> Batch:
    first = (number - 1) * PER_BATCH
    items = tuple(item(first + each, body="x" * (number * 97 % 3000)) for each in range(1, PER_BATCH + 1))
    return Batch(items=items, cursor=str(number))


def tear(log: bytes, random: Random) -> bytes:
    """Cut, and in half of all cases with the last sector before the cut garbled, or one anywhere in it."""
    cut = random.randrange(len(log))
    torn = bytearray(log[:cut])
    match random.randrange(4):
        case 0 | 1:
            pass
        case 2:
            torn[-SECTOR:] = random.randbytes(len(torn[-SECTOR:]))
        case _:
            torn = bytearray(log)
            torn[cut : cut + SECTOR] = random.randbytes(len(torn[cut : cut + SECTOR]))
    return bytes(torn)


def check(path: Path, tally: Tally) -> None:
    with closing(sqlite3.connect(path)) as database:
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            tally.corrupt += 1
            return
    with Store.open(str(path)) as store:
        done = int(store.begin(SOURCE) or 0)
        kept = {each.id for each in store.items(SOURCE)}
        wanted = {each.id for number in range(1, done + 1) for each in batch(number).items}
        tally.shortened += done < BATCHES
        store.keep(SOURCE, batch(BATCHES), at=NOW)
        tally.wrong += kept != wanted or store.begin(SOURCE) != str(BATCHES)


def cut(cuts: int, seed: int = 7) -> Tally:
    """Tear the same log so many times."""
    random, tally = Random(seed), Tally()  # noqa: S311 - it keeps no secret
    with tempfile.TemporaryDirectory(prefix="cutting-") as folder:
        path, torn = Path(folder) / "whole.db", Path(folder) / "torn.db"
        write(path)
        log = Path(f"{path}-wal").read_bytes()
        for _ in range(cuts):
            for old in Path(folder).glob("torn.db*"):
                old.unlink()
            shutil.copy(path, torn)
            Path(f"{torn}-wal").write_bytes(tear(log, random))
            check(torn, tally)
            tally.cuts += 1
    return tally


if __name__ == "__main__":
    told = cut(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000, int(sys.argv[2]) if len(sys.argv) > 2 else 7)
    sys.stdout.write(f"{told}\n")
    sys.exit(0 if told.is_well else 1)
