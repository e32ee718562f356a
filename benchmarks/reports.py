"""What the reports of many findings cost, beside `json.loads` of as many issues: `python -m benchmarks.reports`.

The findings are real ones: what every rule says of some thousand issues, repeated under other keys. Everything is
measured in turn in one process and repeated; figures are medians of CPU time. The yardstick is `json.loads` of the
issues as pages of GitHub's REST API, with the collector off. Ratios can be compared over machines, seconds cannot.
"""

import gc
import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from statistics import median
from time import process_time

from backlint import catalog
from backlint.catalog import every
from backlint.engine import lint
from backlint.example import NOW
from backlint.finding import Finding
from backlint.health import Run, diagnose
from backlint.model import Backlog
from backlint.report import Report
from backlint.rule import Rule
from benchmarks.performance import record
from benchmarks.synthetic import as_item, issues

FINDINGS = 100_000
ROUNDS = 5
LINTED = 2_000
PAGE = 100
YARDSTICK = "json.loads, collector off"
REPORTS = ("html", "json", "csv", "jsonl", "markdown")
TARGET = 0.6
"""Of the yardstick."""


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=FINDINGS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--record", action="store_true", help="put the figures on the page")
    asked = parser.parse_args()
    pages = [*written(asked.findings)]
    run = run_of(asked.findings)
    gc.collect()
    gc.freeze()
    taken: dict[str, list[float]] = {}
    for _ in range(asked.rounds):
        gc.disable()
        taken.setdefault(YARDSTICK, []).append(cpu(lambda: [json.loads(page) for page in pages]))
        gc.enable()
        for name in REPORTS:
            taken.setdefault(name, []).append(cpu(partial(render, name, run)))
    print(f"{asked.findings:,} findings, as many issues; median of {asked.rounds}")
    yardstick = median(taken[YARDSTICK])
    for name, each in taken.items():
        ratio = median(each) / yardstick
        target = "" if name == YARDSTICK else f"   (target {TARGET})"
        print(f"{name:28} {median(each):7.2f} s of CPU   {ratio:6.2f} x json.loads{target}")
    if asked.record:
        ratios = {name: median(each) / yardstick for name, each in taken.items() if name != YARDSTICK}
        record("reports", f"{asked.findings:,} findings of as many issues; median of {asked.rounds}.", ratios)


def render(name: str, run: Run) -> str:
    """The report of that name, as it is without settings."""
    report: type[Report] = catalog.load(Report, name)
    return report().render(run)


def written(count: int) -> Iterator[str]:
    """The issues as pages."""
    made = issues(count)
    while page := [*islice(made, PAGE)]:
        yield json.dumps([each.payload for each in page])


def run_of(count: int) -> Run:
    """A run of one team with so many findings."""
    rules = [rule() for rule in every(Rule)]
    backlog = Backlog(map(as_item, issues(LINTED)), now=NOW, name="Checkout")
    said = lint(backlog, rules)
    health = diagnose(backlog, replace(said, findings=tuple(repeated(said.findings, count))), rules=rules)
    return Run(id=NOW.isoformat(), at=NOW, version="1.0", teams=(health,))


def repeated(findings: Sequence[Finding], count: int) -> Iterator[Finding]:
    """The findings again and again, each time about other items."""
    for number, finding in enumerate(islice(cycle(findings), count)):
        about = finding.subject
        yield replace(finding, subject=about and replace(about, id=f"{about.id}-{number}", key=f"shop/{number}"))


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU time."""
    began = process_time()
    work()
    return process_time() - began


if __name__ == "__main__":
    main()
