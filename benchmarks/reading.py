"""What reading costs: CPU for all rules that read text, for each thousand real items, and how that grows.

`python -m benchmarks.reading` needs the real issues beside the checkout.
"""

import gc
import time
from dataclasses import replace

from backlint.engine import lint
from backlint.example import NOW
from backlint.model import Backlog, Item
from backlint.rule import Rule
from benchmarks.accuracy import DATA, REST, text_rules
from benchmarks.labelled import ALL_NEXT, as_line, read_items, read_lines, the_rest

NOT_TEXT = {"missing-estimate", "missing-owner", "unresolved-dependency", "short-runway", "too-many-subtasks",
            "estimate-outlier", "epic-without-children", "endless-epic"}  # fmt: skip
SIZES = (1_000, 5_000, 20_000)


def main() -> None:
    items = real_items()
    rules = [rule for rule in text_rules() if rule.name() not in NOT_TEXT]
    gc.disable()
    for size in SIZES:
        print(f"{size:7,} items: {seconds(items, size, rules):.2f} s CPU a thousand, {len(rules)} rules")


def real_items() -> list[Item]:
    labelled = read_lines(DATA / "dev" / "items.jsonl")
    return read_items(as_line(item) for item in the_rest(labelled, REST))


def seconds(items: list[Item], size: int, rules: list[Rule]) -> float:
    """The items as often as it takes, each time with words of their own, so that none is a copy."""
    many = [
        replace(item, id=f"{item.id}:{time_}", rank=None, title=f"{item.title} {time_ or ''}".strip())
        for time_ in range(size // len(items) + 1)
        for item in items
    ][:size]
    backlog = Backlog([replace(item, rank=rank) for rank, item in enumerate(many, 1)], now=NOW, widths=ALL_NEXT)
    started = time.process_time()
    lint(backlog, rules)
    return (time.process_time() - started) * 1000 / size


if __name__ == "__main__":
    main()
