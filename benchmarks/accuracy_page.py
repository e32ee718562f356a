"""The page and the data that the benchmark writes."""

# ruff: noqa: E501 - lines of a page, not of code
import json
from pathlib import Path

from benchmarks.duplicates import Pairs
from benchmarks.figures import Figure, wilson

HEAD = """# How often the rules are right

Written by `make accuracy`; not by hand.

Real issues were read and labelled by one reader before any rule existed; what the reader was unsure of is not counted. The rules are developed on
these; other projects' issues are kept sealed, so that a figure on them means something. Precision: of what the rule says, the share that is
true. Recall: of what is at fault, the share that the rule says. In brackets the 95 % interval (Wilson): where it is wide, there is little to measure on.

| rule | says | measured on | items | at fault | precision | recall |
|---|---|---|---|---|---|---|
"""


MARKUPS = """
## However it is written

Every issue was rewritten in Jira's wiki markup and as an Atlassian document, and must give the same findings.

| written as | the same findings |
|---|---|
"""

DUPLICATES = """
## Duplicates

Pairs that `duplicate-item` calls alike, against pairs that were read, or that people linked. A series (`Release 3.1`, `Release 3.2`) is no duplicate.
What nobody judged is not counted. The rule finds what was filed twice: of the pairs that people linked by hand, few are worded alike.

| tracker | items | pairs found | judged right | judged wrong | not judged | series taken for duplicates |
|---|---|---|---|---|---|---|
"""

LIMITS = """
## What these figures are not

One reader labelled, so nobody knows how far two would have agreed: differences under some .08 are noise. The projects are the ones that the rules
were developed on: a project of another habit will do a little worse. Nearly all texts are English; the other ten languages have tests, not figures.
Requirements that are listed without a heading ("implicit" criteria) are not counted: people disagree about them, and the rule words them apart.
"""


def write(figures: list[Figure], same: dict[str, tuple[int, int]], pairs: list[Pairs], root: Path) -> None:
    """Write docs/accuracy.md for people, and backlint/accuracy.json for the rules' pages."""
    page = HEAD + "".join(map(_row, figures)) + MARKUPS + "".join(map(_same, same, same.values()))
    page += DUPLICATES + "".join(map(_pairs, pairs)) + LIMITS
    (root / "docs" / "accuracy.md").write_text(page, encoding="utf-8")
    told = [
        {
            "rule": figure.rule,
            "claim": figure.claim,
            "data": figure.data,
            "items": figure.true + figure.false + figure.missed + figure.rest,
            "faults": figure.true + figure.missed,
            "precision": _rounded(figure.precision),
            "recall": _rounded(figure.recall),
        }
        for figure in figures
    ]
    (root / "backlint" / "accuracy.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _row(figure: Figure) -> str:
    count = figure.true + figure.false + figure.missed + figure.rest
    right = _share(figure.precision, figure.true, figure.true + figure.false)
    found = _share(figure.recall, figure.true, figure.true + figure.missed)
    said = figure.claim.replace("-", " ")
    return (
        f"| `{figure.rule}` | {said} | {figure.data} | {count} | {figure.true + figure.missed} | {right} | {found} |\n"
    )


def _same(name: str, counts: tuple[int, int]) -> str:
    alike, count = counts
    return f"| {name} | {alike} of {count} ({alike / count:.1%}) |\n"


def _pairs(told: Pairs) -> str:
    counts = (told.items, told.found, told.right, told.wrong, told.unjudged, f"{told.series_found} of {told.series}")
    return f"| {told.data} | " + " | ".join(map(str, counts)) + " |\n"


def _share(share: float | None, hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return "-" if share is None else f"{share:.2f} [{low:.2f}, {high:.2f}]"


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 3)
