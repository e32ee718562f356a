"""Labelled issues as backlogs, through the connector that a user's own file takes."""

import asyncio
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from backlint.catalog import load
from backlint.connector import Connector
from backlint.example import NOW
from backlint.model import Backlog, BandWidths, Item
from backlint.testing.clock import FakeClock
from backlint.text.markdown import unflattened
from backlint.transport import Gate

Label = dict[str, Any]
Labelled = dict[str, Any]

ALL_NEXT = BandWidths(next_items=10**6)
"""Every item stands where the most is asked of it: what is measured is the reading, not the ranking."""

KINDS = {
    "story": "story", "feature": "story", "improvement": "story", "bug": "bug", "analysis": "spike",
    "refactor": "debt", "maintenance": "task", "question": "task",
}  # fmt: skip
"""The trackers' own words for a kind, where they have one."""

ENOUGH = 500
"""So many issues of a project show its template and its scale."""

MARKUPS = {"jira-wiki": "jira-wiki", "jira-wiki-flattened": "jira-wiki", "plain": "plain"}


def read_lines(path: Path) -> list[Labelled]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def as_line(labelled: Labelled) -> Mapping[str, Any]:
    """One labelled issue as a line of a backlog file."""
    markup = labelled.get("markup", "markdown")
    body = labelled["body"] or ""
    line: dict[str, Any] = {
        "key": labelled["id"],
        "title": labelled["title"],
        "project": labelled.get("source", ""),
        "body": unflattened(body) if markup.endswith("flattened") else body,
        "markup": MARKUPS.get(markup, "markdown"),
    }
    if labelled.get("type"):
        line |= {"kind": KINDS.get(labelled["type"], "unknown"), "kind_name": labelled["type"]}
    if labelled.get("points") is not None:
        line["estimate"] = labelled["points"]
    return line


def the_rest(of: Iterable[Labelled], folder: Path) -> list[Labelled]:
    """The other issues of the same projects, where they are at hand: a team's backlog holds more than a sample."""
    known = {(item["source"], item["title"]) for item in of}
    paths = {source: folder.joinpath(*_file_name(source)) for source, _ in known if source}
    others = [item for path in paths.values() if path.is_file() for item in _packed(path)]
    return [
        {**item, "markup": _markup(item["source"])} for item in others if (item["source"], item["title"]) not in known
    ]


def _packed(path: Path) -> list[Labelled]:
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")
    return [json.loads(line) for line in lines[:ENOUGH] if line]


def _file_name(source: str) -> tuple[str, str]:
    tracker, _, project = source.partition("/")
    return tracker, project.replace("/", "__") + ".jsonl.gz"


def _markup(source: str) -> str:
    return "jira-wiki-flattened" if source.startswith("jira/") else "markdown"


def read_items(lines: Iterable[Mapping[str, Any]]) -> list[Item]:
    """The lines as items, read by the file connector in their order."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "backlog.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        source = load(Connector, "file")(path=str(path), is_ordered=True)

        async def pull() -> list[Item]:
            return [item async for batch in source.pull(Gate(clock=FakeClock()), None) for item in batch.items]

        return asyncio.run(pull())


def backlogs(lines: Iterable[Mapping[str, Any]]) -> list[Backlog]:
    """One backlog a project: its template and its scale are learned from its own items only."""
    by_project: dict[str, list[Item]] = defaultdict(list)
    for item in read_items(lines):
        by_project[item.project].append(item)
    return [
        Backlog(map(_ranked, range(1, len(items) + 1), items), now=NOW, name=project, widths=ALL_NEXT)
        for project, items in by_project.items()
    ]


def _ranked(rank: int, item: Item) -> Item:
    return replace(item, rank=rank)
