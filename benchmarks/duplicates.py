"""How often what is worded alike is the same thing, on pairs that people judged; and what finding it costs.

`python -m benchmarks.duplicates [--items 100000]` plants near-duplicates among issues that nobody wrote (4 % of the
body's words are others, and one of the title) and looks for them, beside `json.loads` of the same issues.
"""

import gc
import json
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import process_time

from backlint.rules.content.duplicate_item import DuplicateItem
from backlint.text.similar import alike, similar
from benchmarks.labelled import read_lines
from benchmarks.performance import record
from benchmarks.synthetic import issues

ALIKE = DuplicateItem().alike
ITEMS = 100_000
PAGE = 100
TARGETS = {"recall": 0.95, "times": 6, "megabytes": 200}


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--record", action="store_true", help="put the figures on the page")
    asked = parser.parse_args()
    planted: set[tuple[int, int]] = set()
    texts: list[tuple[str, str]] = []
    pages: list[str] = []
    page: list[object] = []
    for number, made in enumerate(issues(asked.items)):
        texts.append((made.written.title, made.written.body))
        if made.copy_of:
            planted.add((made.copy_of - 1, number))
        page.append(made.payload)
        if len(page) == PAGE or number == asked.items - 1:
            pages.append(json.dumps(page))
            page = []
    gc.collect()
    before = getrusage(RUSAGE_SELF).ru_maxrss
    found = {(pair.first, pair.second) for pair in alike(texts, ALIKE)}
    extra = (getrusage(RUSAGE_SELF).ru_maxrss - before) / 1024
    told = {(pair.first, pair.second) for pair in similar(texts, ALIKE)}
    gc.disable()
    ratios = [seconds(texts) / yardstick(pages) for _ in range(asked.rounds)]
    print(f"{asked.items:,} issues, {len(planted):,} of them near-duplicates of another")
    print(f"found alike: {len(planted & found) / len(planted):.3f} of the planted (target {TARGETS['recall']})")
    print(f"of those told, as no series: {len(planted & told) / len(planted):.3f} of the planted")
    print(f"CPU: {median(ratios):.2f} x json.loads, median of {asked.rounds} (target {TARGETS['times']})")
    print(f"memory: {extra:,.0f} MB above the texts (target {TARGETS['megabytes']})")
    if asked.record:
        seen = {"recall of planted pairs": len(planted & found) / len(planted), "CPU": median(ratios)}
        about = f"{asked.items:,} issues; median of {asked.rounds}; memory is what is needed above the texts."
        record("duplicates", about, seen | {"peak of memory": extra})


def seconds(texts: list[tuple[str, str]]) -> float:
    began = process_time()
    for _ in similar(texts, ALIKE):
        pass
    return process_time() - began


def yardstick(pages: list[str]) -> float:
    began = process_time()
    kept = [json.loads(page) for page in pages]
    taken = process_time() - began
    del kept
    return taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """What was found in one tracker, and what is known about it."""

    data: str
    items: int
    found: int
    right: int
    wrong: int
    unjudged: int
    series: int
    series_found: int

    def __str__(self) -> str:
        return (
            f"duplicates in {self.data}: {self.found} pairs of {self.items} items; of those judged {self.right} right,"
            f" {self.wrong} wrong; {self.series_found} of {self.series} series taken for duplicates"
        )


def duplicate_figures(folder: Path) -> list[Pairs]:
    return [_figure(path) for path in sorted(folder.glob("duplicates_*_items.jsonl"))]


def _figure(path: Path) -> Pairs:
    items = read_lines(path)
    judged = {
        frozenset((pair["a"], pair["b"])): pair["label"] == "duplicate"
        for pair in read_lines(path.with_name(path.name.replace("_items", "_pairs")))
        if not pair["ambiguous"]
    }
    texts = [(item["title"], item["body"] or "") for item in items]
    found = {frozenset((items[pair.first]["id"], items[pair.second]["id"])) for pair in similar(texts, ALIKE)}
    return Pairs(
        data=path.name.split("_")[1],
        items=len(items),
        found=len(found),
        right=sum(judged.get(pair) is True for pair in found),
        wrong=sum(judged.get(pair) is False for pair in found),
        unjudged=sum(pair not in judged for pair in found),
        series=sum(not real for real in judged.values()),
        series_found=sum(judged.get(pair) is False for pair in found),
    )


if __name__ == "__main__":
    main()
