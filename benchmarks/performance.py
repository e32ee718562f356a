"""The page of figures, docs/performance.md: what was aimed at, what was measured, and how the machine was loaded then.

`make bench` measures everything and `make bench PART=sync` a part; each benchmark is one part and replaces its own
figures. They are kept in docs/performance.json, of which the page is made: `python -m benchmarks.performance`.
"""

import json
import os
import platform
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent.parent / "docs"
FIGURES, PAGE = DOCS / "performance.json", DOCS / "performance.md"


@dataclass(frozen=True, slots=True)
class Goal:
    """What is aimed at: `limit` in `unit`, at most; at least where `is_least`. Without a limit it is only shown."""

    name: str
    limit: float | None
    unit: str = ""
    is_least: bool = False

    def target(self) -> str:
        """In words."""
        if self.limit is None:
            return ""
        return f"{'at least' if self.is_least else 'at most'} {shown(self.limit)}{self.unit}"

    def is_met(self, value: float) -> bool | None:
        """Whether the value keeps to it."""
        if self.limit is None:
            return None
        return value >= self.limit if self.is_least else value <= self.limit


OF_FEWEST = " times the fewest possible"
OF_LOADS = " times `json.loads`, collector off"

PARTS: Mapping[str, tuple[str, tuple[Goal, ...]]] = {
    "sync": (
        "A sync, beside the tools that people have",
        (
            Goal("GitHub with a project, full: requests", 1.05, OF_FEWEST),
            Goal("GitHub with a project, full: wall clock beside PyGithub, tuned", 0.15, " times"),
            Goal("GitHub with a project, full: CPU beside PyGithub, tuned", 0.4, " times"),
            Goal("GitHub with a project, 1 % changed: requests besides the pages of the project", 3),
            Goal("GitHub with a project, nothing changed: requests besides the pages of the project", 1),
            Goal("GitHub, full: requests", 1.05, OF_FEWEST),
            Goal("GitHub, full: wall clock beside perceval", 0.02, " times"),
            Goal("GitHub, 1 % changed: requests", 3),
            Goal("GitHub, nothing changed: requests", 1),
            Goal("Jira Cloud, full: requests", 1.05, OF_FEWEST),
            Goal("Jira Cloud, full: wall clock beside the jira package", 0.2, " times"),
            Goal("Jira Cloud, full: wall clock beside the jira package, for the same data", 0.2, " times"),
            Goal("Jira Cloud, full: CPU beside the jira package", 0.4, " times"),
            Goal("Jira Cloud, full: CPU beside the jira package, for the same data", 0.4, " times"),
            Goal("Jira Cloud, 1 % changed: requests", 3),
            Goal("Jira Cloud, nothing changed: requests", 1),
            Goal("the largest peak of memory of these", 120, " MB"),
        ),
    ),
    "memory": (
        "The peak of memory of a full sync, by size",
        (
            Goal("1,000 issues of Jira Cloud", 120, " MB"),
            Goal("10,000 issues of Jira Cloud", 120, " MB"),
            Goal("50,000 issues of Jira Cloud", 120, " MB"),
        ),
    ),
    "startup": (
        "Start-up, CPU above a bare Python",
        (
            Goal("backlint --version", 60, " ms"),
            Goal("imports of check", 250, " ms"),
            Goal("import pydantic", None, " ms"),
            Goal("a check of one item", None, " ms"),
        ),
    ),
    "lint": (
        "Linting",
        (
            Goal("every rule of every item", 4.0, OF_LOADS),
            Goal("every rule, teams of 500", 4.0, OF_LOADS),
            Goal("faster than the natural port of the same rules", 3.0, " times", is_least=True),
        ),
    ),
    "duplicates": (
        "Duplicates",
        (
            Goal("recall of planted pairs", 0.95, is_least=True),
            Goal("CPU", 6.0, OF_LOADS),
            Goal("peak of memory", 200, " MB"),
        ),
    ),
    "night": (
        "A nightly check, CPU from the store to the findings",
        (
            Goal("an unchanged night", 1.5, " s of CPU"),
            Goal("a hundredth changed", None, " s of CPU"),
            Goal("the first night", None, " s of CPU"),
            Goal("unchanged, nothing remembered", None, " s of CPU"),
            Goal("peak of memory of the first night", 300, " MB"),
        ),
    ),
    "growth": (
        "Ten times as many items",
        (
            Goal("CPU an item at the larger size", 1.1, " times that of the smaller"),
            Goal("peak of memory", 300, " MB"),
        ),
    ),
    "reports": (
        "Reports",
        tuple(Goal(name, 0.6, OF_LOADS) for name in ("html", "json", "csv", "jsonl", "markdown")),
    ),
    "store": (
        "The store",
        (
            Goal("again, unchanged, beside an insert", 0.35, " times"),
            Goal("insert", None, OF_LOADS),
            Goal("read, streamed", None, OF_LOADS),
        ),
    ),
    "order": ("The fewest moves for 20,000 items", (Goal("the slowest of all", 1.0, " s of CPU"),)),
}

NOT_HERE = """\
Also aimed at, and held by tests or shown elsewhere: no item is lost to drifting pages (`make reliability`,
[reliability.md](reliability.md)); how often the rules are right (`make accuracy`, [accuracy.md](accuracy.md)).
"""

WHY_SO_MANY = """\
**What a night must ask, and why.** GitHub: one question, which gives labels, types, milestones and what changed last;
with a project one for its columns and one for every hundred of its items, because GitHub tells the order of a project
in no other way. Jira Cloud: the sprints of a scrum board (one may be closed without a change to any issue), the ids of
what is open in their order, 5,000 at a time (a change of rank leaves no trace on an issue), and what changed, a hundred
at a time, with its histories unless they are long. Data Center besides: whose time zone its times are in. Fewer would
be a guess: the search that gives 5,000 ids gives them alone, so that the order cannot say as well what changed, and a
sprint without open issues stands on the board only. Once a week a site is asked what it is, and which issues it still
shows.

**What is compared.** Ours reads histories, links and the order as well, turns every text into Markdown, and keeps all
of it in a store. The jira package is measured twice: asked for fields and comments, and for the same data as ours reads
(all fields, the newest forty changes of each history, the order); perceval reads issues and comments, GitHub without a
project. None of them keeps anything. On a machine that is busy with other things, wall clocks tell more of whoever uses
more CPU than of the distance.
"""


def record(
    part: str, about: str, values: Mapping[str, float], *, figures: Path = FIGURES, written: Path = PAGE
) -> None:
    """Put the figures of one part on the page."""
    kept = read(figures)
    kept[part] = {
        "about": about,
        "on": datetime.fromtimestamp(time.time(), UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}",
        "values": {name: round(value, 4) for name, value in values.items()},
    }
    figures.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")
    written.write_text(page(kept), "utf-8")


def read(figures: Path = FIGURES) -> dict[str, Any]:
    """All that was measured so far, by part."""
    return json.loads(figures.read_text("utf-8")) if figures.exists() else {}


def page(kept: Mapping[str, Any]) -> str:
    """The page."""
    parts = "\n".join(section(part, kept.get(part)) for part in PARTS)
    return (
        "# Performance\n\nWritten by `make bench`, a part at a time with `make bench PART=sync`. Ratios are of things "
        "measured in turn in one run, and can be compared over machines; seconds and milliseconds cannot. What misses "
        f"its target says so.\n\n{parts}\n{NOT_HERE}"
    )


def section(part: str, told: Any) -> str:
    """One part: a line for each goal."""
    title, goals = PARTS[part]
    values: Mapping[str, float] = told["values"] if told else {}
    rows = "\n".join(f"| {goal.name} | {goal.target()} | {measured(goal, values.get(goal.name))} |" for goal in goals)
    when = f"{told['about']} Measured on {told['on']}: {told['machine']}." if told else "Not measured yet."
    more = f"\n{WHY_SO_MANY}" if part == "sync" else ""
    return f"## {title}\n\n{when}\n\n| | target | measured |\n|---|---|---|\n{rows}\n{more}"


def measured(goal: Goal, value: float | None) -> str:
    """The figure, and plainly whether it is a miss."""
    if value is None:
        return "not measured"
    return f"{shown(value)}{goal.unit}{' **(missed)**' if goal.is_met(value) is False else ''}"


def shown(value: float) -> str:
    """No more digits than mean something."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def peak_of_memory() -> float:
    """MB. Linux tells it of this program alone; `ru_maxrss` begins with what the parent had."""
    told = Path("/proc/self/status").read_text()
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    PAGE.write_text(page(read()), "utf-8")
