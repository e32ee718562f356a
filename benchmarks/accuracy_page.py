"""The page and the data that the benchmark writes."""

import json
from pathlib import Path

from benchmarks.figures import Figure, wilson

HEAD = """# How often the rules are right

Written by `make accuracy`; not by hand.

Real issues were read and labelled by one reader before any rule existed; what the reader was unsure of is not counted. The rules are developed on
these; other projects' issues are kept sealed, so that a figure on them means something. Precision: of what the rule says, the share that is
true. Recall: of what is at fault, the share that the rule says. In brackets the 95 % interval (Wilson): where it is wide, there is little to measure on.

| rule | says | measured on | items | at fault | precision | recall |
|---|---|---|---|---|---|---|
"""


def write(figures: list[Figure], root: Path) -> None:
    """Write docs/accuracy.md for people, and backlint/accuracy.json for the rules' pages."""
    (root / "docs" / "accuracy.md").write_text(HEAD + "".join(map(_row, figures)), encoding="utf-8")
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


def _share(share: float | None, hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return "–" if share is None else f"{share:.2f} [{low:.2f}, {high:.2f}]"


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 3)
