"""What linting costs, beside `json.loads` of the same issues and beside a natural port of the rules on plain `re`.

`python -m benchmarks.lint [--items 100000]`. Everything is measured in turn in one process and repeated; figures are
medians of CPU time. The yardstick is `json.loads` of the issues as pages of GitHub's REST API. The collector is off for
all of it, as it is where the product lints.
Ratios can be compared over machines, microseconds cannot.

Each item is linted twice over: once as if all stood in the band that is planned next, where every rule speaks of every
item; and once as teams of 500 have them, with the bands that follow from their order.
"""

import gc
import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from statistics import median
from time import process_time

from backlint.app.collector import collector_off
from backlint.catalog import every
from backlint.engine import lint
from backlint.example import NOW
from backlint.model import Backlog, Item
from backlint.rule import Rule
from benchmarks.labelled import ALL_NEXT
from benchmarks.natural_port import RULES, port
from benchmarks.performance import record
from benchmarks.synthetic import as_item, issues

ITEMS = 20_000
ROUNDS = 5
PAGE = 100
TEAM = 500
PORTED = 4_000
"""The port is measured on so many; it reads item by item, and more would only take longer."""

YARDSTICK = "json.loads, collector off"
EVERY = "every rule of every item"
TEAMS = "every rule, teams of 500"
OURS = "the ported rules, ours"
PORT = "the ported rules, plain re"
TARGETS = {EVERY: 4.0}
"""Of the yardstick."""
FASTER = 3.0
"""Than the port."""


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--record", action="store_true", help="put the figures on the page")
    asked = parser.parse_args()
    made = list(issues(asked.items))
    pages = [json.dumps([each.payload for each in made[start : start + PAGE]]) for start in range(0, asked.items, PAGE)]
    items = [as_item(each) for each in made]
    length = sum(len(each.written.body) for each in made) / asked.items
    del made
    gc.collect()
    gc.freeze()
    taken: dict[str, list[float]] = {}
    for _ in range(asked.rounds):
        for name, microseconds in measured(items, pages):
            taken.setdefault(name, []).append(microseconds)
    print(f"{asked.items:,} issues, bodies of {length:,.0f} characters; median of {asked.rounds}")
    yardstick = median(taken[YARDSTICK])
    for name, each in taken.items():
        target = f"   (target {TARGETS[name]})" if name in TARGETS else ""
        print(f"{name:28} {median(each):7.1f} us/item of CPU   {median(each) / yardstick:6.2f} x json.loads{target}")
    faster = median([theirs / ours for theirs, ours in zip(taken[PORT], taken[OURS], strict=True)])
    print(f"faster than the port of {len(RULES)} rules: {faster:.2f} (target {FASTER})")
    if asked.record:
        seen = {name: median(taken[name]) / yardstick for name in (EVERY, TEAMS)}
        seen["faster than the natural port of the same rules"] = faster
        record("lint", f"{asked.items:,} items; median of {asked.rounds}.", seen)
    print(f"the port says the same of {agreement(items[:PORTED]):.1%} of items and rules")


def measured(items: Sequence[Item], pages: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Microseconds of CPU an item for each thing, in turn."""
    rules = [rule() for rule in every(Rule)]
    ported = [rule for rule in rules if rule.name() in RULES]
    some = items[:PORTED]
    ranked = list(teams(items))
    with collector_off():
        yield YARDSTICK, cpu(lambda: [json.loads(page) for page in pages], len(items))
        yield EVERY, cpu(lambda: lint(next_to(items), rules), len(items))
        yield TEAMS, cpu(lambda: [lint(Backlog(team, now=NOW), rules) for team in ranked], len(items))
        yield OURS, cpu(lambda: lint(next_to(some), ported), len(some))
        yield PORT, cpu(lambda: list(port(some)), len(some))


def next_to(items: Sequence[Item]) -> Backlog:
    """All of them, in the band that is planned next."""
    return Backlog(items, now=NOW, widths=ALL_NEXT)


def teams(items: Sequence[Item]) -> Iterator[list[Item]]:
    """The same items as teams have them, each with its own order."""
    for start in range(0, len(items), TEAM):
        yield [replace(item, rank=rank) for rank, item in enumerate(items[start : start + TEAM], 1)]


def agreement(items: Sequence[Item]) -> float:
    """Of how many items and rules the port says what ours say."""
    ours = {
        (finding.subject.id, finding.rule)
        for finding in lint(next_to(items), [rule() for rule in every(Rule) if rule.name() in RULES]).findings
        if finding.subject
    }
    asked = sum(item.kind in kinds for item in items for kinds, _ in RULES.values())
    return 1 - len(ours ^ set(port(items))) / asked


def cpu(work: Callable[[], object], of: int) -> float:
    began = process_time()
    work()
    return (process_time() - began) / of * 1e6


if __name__ == "__main__":
    main()
