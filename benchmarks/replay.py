"""Every rule, put to 3,031 real histories as they stood at ten moments of the past.

    python -m benchmarks.replay

At each moment the items are what they were then: created by then, in the stage that they had, without what happened
later. No rule may fail, nothing may have a negative age, and the findings may not depend on the order of reading. The
backlog is looked at without an order and with one (by priority and age), so that every band has its items.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from backlint.catalog import every
from backlint.connectors.file import File
from backlint.engine import Lint, lint
from backlint.model import Backlog, Item, Priority
from backlint.model.history import closed_at
from backlint.model.past import Past
from backlint.rule import Rule
from backlint.testing.clock import FakeClock
from backlint.transport import Gate
from benchmarks.duraspace import READ_AT, Json, issues, lines

MOMENTS = tuple(datetime(year, month, 1, tzinfo=UTC) for year in range(2010, 2015) for month in (2, 9))
LOWEST = 9


@dataclass(frozen=True)
class Look:
    """What the rules said at one moment, and what is wrong with that."""

    at: datetime
    is_ordered: bool
    open_items: int
    said: Lint
    seconds: float
    faults: tuple[str, ...]


def items(told: Iterable[Json]) -> list[Item]:
    """The lines as the file connector reads them."""

    async def collect(path: str) -> list[Item]:
        return [item async for batch in File(path=path).pull(Gate(FakeClock(READ_AT)), None) for item in batch.items]

    with TemporaryDirectory() as folder:
        path = Path(folder, "items.jsonl")
        path.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
        return asyncio.run(collect(str(path)))


def ranked(backlog: Sequence[Item]) -> list[Item]:
    """The items in an order: by priority, then by age."""
    waiting = [item for item in backlog if item.stage.is_waiting]
    waiting.sort(key=lambda item: (_level(item), item.created, item.id))
    ranks = {item.id: rank for rank, item in enumerate(waiting, 1)}
    return [replace(item, rank=ranks.get(item.id)) for item in backlog]


def _level(item: Item) -> int:
    return item.priority.level if isinstance(item.priority, Priority) else LOWEST


def look(past: Sequence[Item], at: datetime, *, is_ordered: bool) -> Look:
    """Put every rule to the items, twice: as they come, and shuffled."""
    rules = [rule() for rule in every(Rule)]
    backlog = Backlog(past, now=at)
    start = perf_counter()
    said = lint(backlog, rules)
    seconds = perf_counter() - start
    shuffled = list(past)
    Random(len(past)).shuffle(shuffled)  # noqa: S311 - no secret: the same shuffle in every run
    again = lint(Backlog(shuffled, now=at), rules)
    faults = [f"{crash.rule}: {crash.error}" for crash in said.crashes]
    faults += [f"{item.key}: a negative age" for item in past if _is_negative(backlog, item)]
    faults += [
        f"{it.rule}: {key} is {days}"
        for it in said.findings
        for key, days in it.evidence.items()
        if _below_zero(key, days)
    ]
    faults += sorted({it.rule for it in set_of(said) ^ set_of(again)})
    return Look(at, is_ordered, len(backlog.open), said, seconds, tuple(faults))


def set_of(said: Lint) -> frozenset["Told"]:
    """The findings, so that two runs can be compared."""
    return frozenset(
        Told(it.rule, f"{it} {it.severity} {it.band} {it.limit} {it.fix} {it.evidence}") for it in said.findings
    )


@dataclass(frozen=True)
class Told:
    """A finding, whole, as text."""

    rule: str
    words: str


def _is_negative(backlog: Backlog, item: Item) -> bool:
    quiet = backlog.quiet_for(item)
    closed = closed_at(item)
    return (quiet is not None and quiet.total_seconds() < 0) or (closed is not None and closed > backlog.now)


def _below_zero(key: str, value: object) -> bool:
    return "days" in key and isinstance(value, int | float) and value < 0


def looks(present: Sequence[Item], moments: Iterable[datetime] = MOMENTS) -> Iterator[Look]:
    """Every moment, without an order and with one."""
    history = Past(present, now=READ_AT)
    for at in moments:
        past = history.items(at) or ()
        yield look(past, at, is_ordered=False)
        yield look(ranked(past), at, is_ordered=True)


def told(each: Look) -> str:
    """One moment in one line."""
    order = "in order" if each.is_ordered else "no order"
    counts = Counter(finding.rule for finding in each.said.findings)
    most = ", ".join(f"{rule} {count}" for rule, count in counts.most_common(5))
    size = f"{each.open_items:4} open  {counts.total():5} findings"
    return f"{each.at:%Y-%m-%d}  {order}  {size}  {each.seconds:.1f} s  {most}"


def main() -> None:
    present = items(lines(issues()))
    print(f"{len(present)} histories, {len(every(Rule))} rules")
    faults: list[str] = []
    for each in looks(present):
        print(told(each))
        faults += each.faults
    print("\n".join(faults) or "No rule failed, no age is negative, no finding depends on the order of reading.")
    raise SystemExit(bool(faults))


if __name__ == "__main__":
    main()
