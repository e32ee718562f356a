"""The page of the matrix: what is promised, how large the trial was, what it found and when."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.reliability.matrix import Row

HEAD = """# What holds on bad days

Written by `make reliability`: each figure is what the trial itself said, on the day that stands beside it. Every row
has a short form among the tests of every commit (`tests/reliability/matrix.py` names them). Trials draw their accidents
from the seed 7, drifting trackers from 0 on, so that each can be repeated: `python -m tests.reliability --full R5`.

| | promise | found | seconds | on |
| --- | --- | --- | ---: | --- |
"""
UNTRIED = "not run in full yet: short form only"
LINE = re.compile(r"\| (R\d+) \| [^|]* \| ([^|]*?)(?: <!-- (.*?) -->)? \| (\d+) \| (\d{4}-\d\d-\d\d) \|")


@dataclass(frozen=True, slots=True)
class Figure:
    """What one trial found. `size` is what it was asked for, where it can be asked for more or less."""

    found: str
    size: str
    seconds: float
    on: date


def read(page: Path) -> dict[str, Figure]:
    """The figures that stand on the page."""
    text = page.read_text("utf-8") if page.exists() else ""
    return {
        name: Figure(found, size, float(seconds), date.fromisoformat(on))
        for name, found, size, seconds, on in LINE.findall(text)
    }


def write(page: Path, matrix: Mapping[str, Row], figures: Mapping[str, Figure]) -> None:
    """The page anew."""
    lines = [_line(name, row, figures.get(name)) for name, row in matrix.items()]
    page.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


def _line(name: str, row: Row, figure: Figure | None) -> str:
    if figure is None:
        return f"| {name} | {row.promise} | {UNTRIED} | | |"
    found = figure.found.replace("|", "/") + (f" <!-- {figure.size} -->" if figure.size else "")
    return f"| {name} | {row.promise} | {found} | {figure.seconds:.0f} | {figure.on} |"
