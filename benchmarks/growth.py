"""Whether a million items cost each what each of a hundred thousand does: `python -m benchmarks.growth`.

An organisation's teams, each with a backlog of its own in one store, are checked one after the other in one process, as
`backlint serve` and `backlint worker` check them: with every rule, the first time, so that nothing can be recalled. CPU
an item is told of both sizes, and the peak of memory, which may not grow with the number of teams.
"""

import json
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from backlint.app import checking
from backlint.app.looking import Asked
from backlint.catalog import every, load
from backlint.config import Team, TeamSettings
from backlint.connector import Batch, Connector
from backlint.example import NOW
from backlint.model import Item
from backlint.rule import Rule
from backlint.store import Store
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from benchmarks.performance import peak_of_memory, record
from benchmarks.synthetic import as_item, issues

SIZES = (100_000, 1_000_000)
TEAM = 1_000


def source(team: int) -> str:
    return f"github:github.com/acme/team-{team}"


def fill(path: Path, items: int) -> None:
    """A store with the backlogs of as many teams as that takes."""
    with Store.open(str(path)) as store:
        for team in range(items // TEAM):
            store.begin(source(team))
            made = tuple(backlog(team))
            order = tuple(item.id for item in made)
            store.keep(source(team), Batch(items=made, ranking=order), at=NOW)
            store.finish(source(team), at=NOW, is_counted=True)


def backlog(team: int) -> Iterator[Item]:
    """One team's items; no two teams have the same texts."""
    for made in issues(TEAM, seed=team):
        yield replace(as_item(made), id=f"github:github.com/acme/team-{team}#{made.payload['number']}")


def check(path: Path, items: int) -> dict[str, Any]:
    """Check every team's backlog; gives CPU in microseconds an item, the peak of memory in MB, and what was found."""
    gate = Gate(FakeClock(NOW))
    rules = [rule() for rule in every(Rule)]
    found = 0
    began = process_time()
    with Store.open(str(path)) as store:
        for number in range(items // TEAM):
            connector = load(Connector, "file").model_validate({"path": "-", "name_in_store": source(number)})
            team = Team(f"Team {number}", TeamSettings(), (connector,))
            checked = checking.run(store, rules, [team], gate, Asked(now=NOW, syncs=False))
            found += len(checked.found[team.name])
    return {"cpu": (process_time() - began) / items * 1e6, "peak": peak_of_memory(), "found": found}


def in_a_process(path: Path, items: int) -> dict[str, Any]:
    asked = [sys.executable, "-m", "benchmarks.growth", "--store", str(path), str(items)]
    told: dict[str, Any] = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)  # noqa: S603
    return told


def measured(sizes: Sequence[int]) -> Iterator[dict[str, Any]]:
    """A line for each size."""
    for items in sizes:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "store.db"
            fill(path, items)
            told = in_a_process(path, items)
        print(f"{items:9,} items {told['cpu']:6.1f} us of CPU each {told['peak']:6.0f} MB {told['found']:9,} findings")
        yield told


def main() -> None:
    """Print a line for each size, or be the process that is measured."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("items", type=int, nargs="*", default=SIZES)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--record", action="store_true", help="put the figures on the page")
    asked = parser.parse_args()
    if asked.store:
        print(json.dumps(check(asked.store, asked.items[0])))
        return
    few, *_, many = measured(asked.items)
    print(f"CPU an item: {many['cpu'] / few['cpu']:.2f} times that of the smaller size")
    if asked.record:
        about = f"{asked.items[0]:,} and {asked.items[-1]:,} items in backlogs of {TEAM:,}; every rule, the first time."
        values = {"CPU an item at the larger size": many["cpu"] / few["cpu"], "peak of memory": many["peak"]}
        record("growth", about, values)


if __name__ == "__main__":
    main()
