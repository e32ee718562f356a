"""R13: items in which anything may stand, through the whole pipe: `python -m tests.reliability.odd [ITEMS] [SEED]`.

A Jira whose titles and texts are hostile, huge or broken is read, checked and kept, and every report is written of it.
"""

import sys
import tempfile
import tracemalloc
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from backlint import catalog
from backlint.app.checking import Checked
from backlint.report import Report
from backlint.testing.fakes.jira import FakeJira
from tests.reliability.teams import OnJira, Team
from tests.reports.hostile import TITLES

MEGABYTE = 1_000_000
LONGEST = 65_536
"""Characters that GitHub lets into a body; Jira takes half of that."""
DEEP = 400
"""Levels: Python's own reader of JSON gives up soon after that, which is one clear line and no crash."""
UNPRINTABLE = "\x00\x07\x1b\u200b\u202e\u2066\ud800\udfff\ufeff"
LARGE = 8
"""Texts of a megabyte that are held at once when memory is measured."""


@dataclass
class Tally:
    """What became of the items."""

    items: int = 0
    crashes: int = 0
    unread: int = 0
    unwritable: int = 0
    reports: int = 0

    @property
    def is_well(self) -> bool:
        return not (self.crashes or self.unread or self.unwritable) and self.reports > 0

    def __str__(self) -> str:
        return (
            f"{self.items:,} odd items, {self.reports:,} reports: {self.crashes} rules crashed, {self.unread} items "
            f"not read, {self.unwritable} reports could not be written"
        )


def words(random: Random) -> str:
    """Something that somebody pasted."""
    match random.randrange(6):
        case 0:
            return random.choice(TITLES)
        case 1:
            return "".join(random.choices(UNPRINTABLE + "ab ", k=random.randrange(1, 60)))
        case 2:
            return "".join(chr(random.randrange(sys.maxunicode)) for _ in range(random.randrange(1, 80)))
        case 3:
            return random.choice(
                ("- [ ] ", "*", "> ", "|", "`" * 3 + "\n", "{code}", "((", "\u0301")
            ) * random.randrange(1, 400)
        case 4:
            return f"## {random.choice(TITLES)}\n\n- [ ] {random.choice(TITLES)}\n\n{random.choice(TITLES)}"
        case _:
            return " ".join(random.choice(TITLES) for _ in range(3))


def deep(levels: int, text: str) -> dict[str, Any]:
    """A document of lists in lists."""
    node: dict[str, Any] = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
    for _ in range(levels // 4):
        node = {"type": "bulletList", "content": [{"type": "listItem", "content": [node]}]}
    return {"type": "doc", "version": 1, "content": [node]}


def fill(jira: FakeJira, random: Random, count: int) -> None:
    for _ in range(count):
        title = words(random).replace("\n", " ")[:255] or "x"
        text = words(random)[:LONGEST]
        body = deep(random.randrange(DEEP), text) if random.random() < 0.2 else text
        issue = jira.issue("SHOP", title, description=body, criteria=words(random)[:LONGEST])
        jira.comment(issue, words(random))


def check(folder: Path, tracker: OnJira, tally: Tally) -> Checked:
    """A night of it, and every report."""
    told = Team(folder, tracker).check()
    (health,) = told.run.teams
    tally.crashes += len(health.crashes)
    tally.items += len(tracker.jira.issues)
    tally.unread += len(tracker.jira.issues) - health.readings[0].items
    for report in catalog.every(Report):
        try:
            written = report().render(told.run).encode()
        except (UnicodeError, ValueError, RecursionError):
            tally.unwritable += 1
        else:
            tally.unwritable += b"\x00" in written
            tally.reports += 1
    return told


def memory(folder: Path) -> float:
    """The peak that checking large texts takes beyond that of small ones, to what the texts hold."""
    peaks: list[int] = []
    for size in (100, MEGABYTE):
        here = folder / str(size)
        here.mkdir()
        tracker = OnJira(is_cloud=True)
        for issue in [*tracker.jira.issues.values()][:LARGE]:
            issue.description = "A word or two. " * (size // 15)
        team = Team(here, tracker)
        team.check()
        tracemalloc.start()
        team.check(syncs=False)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return (peaks[1] - peaks[0]) / (LARGE * MEGABYTE)


def odd(count: int, seed: int = 7) -> Tally:
    """So many odd items, a hundred in a backlog."""
    random, tally = Random(seed), Tally()  # noqa: S311 - it keeps no secret
    with tempfile.TemporaryDirectory(prefix="odd-") as folder:
        for number in range(-(-count // 100)):
            here = Path(folder) / str(number)
            here.mkdir()
            tracker = OnJira(is_cloud=bool(number % 2))
            tracker.jira.issues.clear()
            tracker.jira.order.clear()
            tracker.page = 100
            fill(tracker.jira, random, min(100, count - number * 100))
            check(here, tracker, tally)
    return tally


if __name__ == "__main__":
    told = odd(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000, int(sys.argv[2]) if len(sys.argv) > 2 else 7)
    sys.stdout.write(f"{told}\n")
    sys.exit(0 if told.is_well else 1)
