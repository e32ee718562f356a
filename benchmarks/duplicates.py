"""How often what is worded alike is the same thing, on pairs that people judged."""

from dataclasses import dataclass
from pathlib import Path

from backlint.text.similar import similar
from benchmarks.labelled import read_lines

ALIKE = 0.8


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
