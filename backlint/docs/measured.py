"""How often a rule is right, as `make accuracy` measured it on labelled issues."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TypeAlias

Figure: TypeAlias = Mapping[str, str | int | float | None]


@cache
def _figures() -> Sequence[Figure]:
    told: Sequence[Figure] = json.loads(files("backlint").joinpath("accuracy.json").read_text(encoding="utf-8"))
    return told


def measured(rule: str) -> Iterator[str]:
    """The lines of a rule's page that say how often it is right; none where nobody measured it."""
    figures = [figure for figure in _figures() if figure["rule"] == rule]
    if not figures:
        return
    yield from ("## How often it is right", "")
    yield "Measured on labelled issues ([how](../accuracy.md)): of what it says, the share that is true, and of what is"
    yield from ("at fault, the share that it says.", "")
    yield from ("| what it says | measured on | at fault | true | found |", "|---|---|---|---|---|")
    for figure in figures:
        said = str(figure["claim"]).replace("-", " ")
        data = f"{figure['items']} {figure['data']}"
        yield f"| {said} | {data} | {figure['faults']} | {_share(figure['precision'])} | {_share(figure['recall'])} |"
    yield ""


def _share(value: str | float | None) -> str:
    return "-" if value is None else f"{float(value):.0%}"
