"""What became of the items that the staleness rules named: 3,031 real histories, looked at from eight past moments.

    python -m benchmarks.foresight

A rule that calls an item stale or unlikely foretells that it will hardly be done. Here the next year is known.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from backlint.engine import lint
from backlint.model import Backlog, Item, Stage
from backlint.model.history import closed_at
from backlint.model.past import Past
from backlint.rule import PLANNED_KINDS
from backlint.rules.staleness.stale_item import StaleItem
from backlint.rules.staleness.stuck_in_progress import StuckInProgress
from backlint.rules.staleness.unlikely_item import UnlikelyItem
from benchmarks.duraspace import READ_AT, issues, lines
from benchmarks.replay import MOMENTS, items, ranked

RULES = (StaleItem(), StuckInProgress())
YEAR = timedelta(days=365)
NO_ORDER = "no order"
EVERY_OPEN = ("every open item", "")


def done_after(item: Item, at: datetime) -> bool:
    """Whether the item was done within the year after that moment."""
    closed = closed_at(item)
    return item.stage is Stage.DONE and closed is not None and at < closed <= at + YEAR


def named(past: Iterable[Item], at: datetime) -> Iterator[tuple[tuple[str, str], str]]:
    """Which items are named, by rule and band; and every open one."""
    backlog = Backlog(past, now=at)
    yield from ((EVERY_OPEN, item.id) for item in backlog.open)
    yield from ((("unlikely-item", ""), item.id) for item in UnlikelyItem().unlikely(_waiting(backlog), backlog))
    for finding in lint(backlog, RULES).findings:
        if finding.subject:
            yield (finding.rule, str(finding.band or NO_ORDER)), finding.subject.id


def _waiting(backlog: Backlog) -> list[Item]:
    return [item for item in backlog.open if item.stage.is_waiting and item.kind in PLANNED_KINDS]


def count(present: Sequence[Item]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """How many items were named at all moments together, and how many of them were done within a year."""
    today = {item.id: item for item in present}
    every: Counter[tuple[str, str]] = Counter()
    done: Counter[tuple[str, str]] = Counter()
    history = Past(present, now=READ_AT)
    for at in (moment for moment in MOMENTS if moment + YEAR <= READ_AT):
        past = history.items(at) or ()
        unordered = [(group, item) for group, item in named(past, at) if group[1] == NO_ORDER]
        for group, item in [*named(ranked(past), at), *unordered]:
            every[group] += 1
            done[group] += done_after(today[item], at)
    return every, done


def main() -> None:
    every, done = count(items(lines(issues())))
    for rule, band in sorted(every):
        share = done[rule, band] / every[rule, band]
        print(f"{rule:18} {band:9} {every[rule, band]:5} named  {done[rule, band]:4} done within a year  {share:6.1%}")


if __name__ == "__main__":
    main()
