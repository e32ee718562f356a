"""What a nightly check costs where nothing changed: `python -m benchmarks.night [--items 100000]`.

A team with sprints, seven tenths of whose items are done, is checked on four nights out of one store, each time in a
process of its own: a first night; the next one, on which nothing changed; one on which a hundredth did; and the
unchanged one again with nothing remembered. CPU is told beside `json.loads` of the items (collector off), the peak of
memory beside the number of items.
"""

import gc
import json
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from backlint.app import checking
from backlint.app.looking import Asked, look
from backlint.app.policy import Policy
from backlint.catalog import every, load
from backlint.config import Team, TeamSettings
from backlint.connector import Batch, Connector
from backlint.example import NOW, ago
from backlint.model import Item, Sprint, SprintState, Stage
from backlint.rule import Rule
from backlint.store import Store
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from benchmarks.performance import peak_of_memory, record
from benchmarks.synthetic import as_item, issues

SOURCE = "github:github.com/acme/shop"
DONE_SHARE = 0.7
CHANGED_SHARE = 0.01
PAGE = 500
SPRINTS = tuple(
    Sprint(id=f"s{n}", name=f"Sprint {n}", state=SprintState.CLOSED, start=ago(14 * n + 14), end=ago(14 * n))
    for n in range(1, 9)
)
VELOCITY = (34.0, 40.0, 31.0, 38.0, 42.0, 36.0)
"""As Jira tells it. Where a tracker does not, it is counted from what was closed, and may shift from day to day."""


def items(count: int) -> Iterator[Item]:
    """The items, most of them done in the last two years."""
    draw = Random(5)  # noqa: S311 - it is no secret
    for made in issues(count):
        item = as_item(made)
        if draw.random() < DONE_SHARE:
            yield replace(item, stage=Stage.DONE, closed=max(item.created, ago(draw.uniform(1, 700))), rank=None)
        else:
            yield item


def fill(path: Path, count: int) -> float:
    """Keep the items; gives the seconds that `json.loads` of them takes."""
    taken = 0.0
    page: list[Item] = []
    order: list[str] = []
    with Store.open(str(path)) as store:
        store.begin(SOURCE)
        for item in items(count):
            page.append(item)
            if item.is_open:
                order.append(item.id)
            if len(page) == PAGE:
                store.keep(SOURCE, Batch(items=tuple(page)), at=NOW)
                page = []
        store.keep(SOURCE, Batch(items=tuple(page), sprints=SPRINTS, velocity=VELOCITY, ranking=tuple(order)), at=NOW)
        store.finish(SOURCE, at=NOW, is_counted=True)
    gc.disable()
    for made in issues(count):
        told = json.dumps(made.payload)
        began = process_time()
        json.loads(told)
        taken += process_time() - began
    gc.enable()
    return taken


def change(path: Path, count: int) -> None:
    """A hundredth of the items get another text."""
    with Store.open(str(path)) as store:
        changed = [replace(it, body=f"{it.body}\n\nChanged.") for n, it in enumerate(items(count)) if n % 100 == 0]
        store.keep(SOURCE, Batch(items=tuple(changed)), at=NOW)


def night(path: Path, days: int, *, remembers: bool) -> dict[str, Any]:
    """One night: what it took and found."""
    connector = load(Connector, "file").model_validate({"path": "items.jsonl", "name_in_store": SOURCE})
    team = Team("Shop", TeamSettings(), (connector,))
    rules = [rule() for rule in every(Rule) if rule.is_default]
    now = NOW + timedelta(days=days)
    began = process_time()
    with Store.open(str(path)) as store:
        if remembers:
            asked = Asked(now=now, syncs=False)
            found = len(checking.run(store, rules, [team], Gate(FakeClock(now)), asked).found["Shop"])
        else:
            found = len(look(store, Policy(rules), team, now, remembers=False).said.findings)
    return {"cpu": process_time() - began, "peak": peak_of_memory(), "found": found}


@dataclass(frozen=True)
class Night:
    """One night's line."""

    name: str
    days: int
    remembers: bool = True

    def run(self, path: Path) -> dict[str, Any]:
        asked = [sys.executable, "-m", "benchmarks.night", "--store", str(path), "--days", str(self.days)]
        done = subprocess.run([*asked, *([] if self.remembers else ["--fresh"])], capture_output=True, check=True)  # noqa: S603
        told: dict[str, Any] = json.loads(done.stdout)
        return told


NIGHTS = (
    Night("the first night", 0),
    Night("an unchanged night", 1),
    Night("a hundredth changed", 2),
    Night("unchanged, nothing remembered", 2, remembers=False),
)


def main() -> None:
    """Print a line for each night, or be one of them."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--days", type=int, default=0)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--record", action="store_true", help="put the figures on the page")
    told = parser.parse_args()
    if told.store:
        print(json.dumps(night(told.store, told.days, remembers=not told.fresh)))
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        yardstick = fill(path, told.items)
        print(f"{told.items:,} items; json.loads of them, collector off: {yardstick:.2f} s of CPU")
        seen: dict[str, float] = {}
        for each in NIGHTS:
            if each.name == "a hundredth changed":
                change(path, told.items)
            line = each.run(path)
            seen[each.name] = line["cpu"]
            seen.setdefault("peak of memory of the first night", line["peak"])
            print(
                f"{each.name:30} {line['cpu']:7.2f} s of CPU  {line['cpu'] / yardstick:5.2f} x json.loads"
                f"  {line['cpu'] / told.items * 1e6:5.0f} us an item {line['peak']:6.0f} MB  {line['found']:,} findings"
            )
    if told.record:
        record("night", f"{told.items:,} items, seven tenths of them done.", seen)


if __name__ == "__main__":
    main()
