"""How often the rules that read text are right, on real issues that were labelled before any rule existed.

`make accuracy` runs the whole way that a user's file takes, through connector, engine and rules, over labelled issues,
prints precision and recall, and writes docs/accuracy.md and backlint/accuracy.json, from which each rule's page tells
its own. A folder of other labelled issues may be named, and after it one with the rest of their projects; then nothing
is written.
"""

import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from backlint.catalog import every
from backlint.engine import lint
from backlint.finding import Finding
from backlint.markup import to_markdown
from backlint.model import Backlog
from backlint.rule import Rule
from benchmarks.accuracy_page import write
from benchmarks.duplicates import duplicate_figures
from benchmarks.figures import Figure
from benchmarks.labelled import Labelled, as_line, backlogs, read_lines, the_rest
from benchmarks.markups import to_adf, to_wiki

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "accuracy"
REST = ROOT.parent / "shared" / "datasets"
REST_NAMED = 2
FAMILIES = {"readiness", "size", "content"}

CLAIMS: dict[str, tuple[str, tuple[str, ...] | None]] = {
    "missing-acceptance-criteria": ("missing-acceptance-criteria", None),
    "weak-acceptance-criteria": ("untestable-criteria", None),
    "story-form-defect": ("story-form", ("benefit", "unfinished")),
    "missing-reproduction-steps": ("bug-report", ("steps",)),
    "missing-expected-behaviour": ("bug-report", ("expected",)),
    "empty-description": ("missing-description", None),
    "unfilled-template": ("unfilled-template", None),
    "oversized": ("oversized-item", None),
    "spike-without-timebox": ("spike-without-timebox", ("timebox",)),
    "spike-without-question": ("spike-without-timebox", ("question",)),
}
"""The scorer's names, and which of our findings make that claim: a rule, and its parts where not all of them."""

MARKUPS: dict[str, Callable[[str], Any]] = {"jira-wiki": to_wiki, "adf": to_adf}

VAGUE = ("vague-title", ("restated",))


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "dev"
    if not folder.is_dir():
        sys.exit(f"There are no labelled issues in {folder}.")
    rest = Path(sys.argv[2]) if len(sys.argv) > REST_NAMED else REST
    figures = measure(folder, rest)
    for figure in figures:
        print(figure)
    same = {name: same_findings(folder, name) for name in MARKUPS}
    for name, (alike, count) in same.items():
        print(f"The same findings in {name}: {alike} of {count} items ({alike / count:.1%}).")
    pairs = duplicate_figures(folder)
    for pair in pairs:
        print(pair)
    if len(sys.argv) == 1:
        write(figures, same, pairs, ROOT)


def measure(folder: Path, rest: Path = REST) -> list[Figure]:
    golds = scorer(DATA / "score.py")
    items = read_lines(folder / "items.jsonl")
    stories = read_lines(folder / "user_stories.jsonl")
    found = claims(items, the_rest(items, rest))
    figures = [score(name, golds[name], items, found) for name in golds]
    told = claims(stories)
    figures += [
        score(name, golds[name], stories, told, "user stories") for name in ("story-form-present", "story-form-defect")
    ]
    return [figure for figure in figures if figure.true + figure.false + figure.missed]


def same_findings(folder: Path, markup: str) -> tuple[int, int]:
    """Of how many items the findings are the same when they are written in another markup; and how many there are."""
    lines = [dict(as_line(item)) for item in read_lines(folder / "items.jsonl")]
    for line in lines:
        line |= {"body": to_markdown(line["body"], line["markup"]), "markup": "markdown"}
    rewritten = [{**line, "body": MARKUPS[markup](line["body"]), "markup": markup} for line in lines]
    first, second = found_in(lines), found_in(rewritten)
    return sum(first[key] == second[key] for key in first), len(first)


def found_in(lines: list[dict[str, Any]]) -> dict[str, set[tuple[str, str]]]:
    """Rule and part of every finding, by item."""
    rules = text_rules()
    found: dict[str, set[tuple[str, str]]] = {line["key"]: set() for line in lines}
    for backlog in backlogs(lines):
        for finding in lint(backlog, rules).findings:
            if finding.subject:
                found[finding.subject.id].add((finding.rule, finding.part))
    return found


def text_rules() -> list[Rule]:
    return [rule() for rule in every(Rule) if rule.family() in FAMILIES]


def scorer(path: Path) -> dict[str, Any]:
    """The scorer's own definition of what is a defect, by its names."""
    spec = spec_from_file_location("score", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.RULES)


def claims(items: list[Labelled], others: list[Labelled] | None = None) -> dict[str, set[str]]:
    """What the rules claim of each item, in the scorer's words, with the rest of its project around it."""
    rules = text_rules()
    found: dict[str, set[str]] = {item["id"]: set() for item in items}
    for backlog in backlogs(as_line(item) for item in [*items, *(others or [])]):
        said = lint(backlog, rules)
        assert not said.crashes, said.crashes[0]
        for finding in said.findings:
            if finding.subject and finding.subject.id in found:
                found[finding.subject.id] |= _claimed(finding)
        for item in backlog:
            if item.id in found and tells_a_story(backlog, item.id):
                found[item.id].add("story-form-present")
    return found


def tells_a_story(backlog: Backlog, item_id: str) -> bool:
    item = backlog.by_id[item_id]
    return backlog.text(item).story(item.title) is not None


def _claimed(finding: Finding) -> set[str]:
    named = {
        claim
        for claim, (rule, parts) in CLAIMS.items()
        if finding.rule == rule and (parts is None or finding.part in parts)
    }
    if finding.rule == "missing-description" or (finding.rule == VAGUE[0] and finding.part in VAGUE[1]):
        named.add("vague-description")
    return named


def score(name: str, gold: Any, items: list[Labelled], found: dict[str, set[str]], data: str = "issues") -> Figure:
    """Count right claims, false ones and missed defects; what a label was unsure about is never counted."""
    decide, label = gold
    counts = {(claimed, real): 0 for claimed in (True, False) for real in (True, False)}
    wrong: list[str] = []
    for item in items:
        real = None if label in item.get("ambiguous", ()) else decide(item)
        if real is not None:
            claimed = name in found[item["id"]]
            counts[claimed, bool(real)] += 1
            if claimed is not bool(real):
                wrong.append(("false  " if claimed else "missed ") + item["id"])
    rule = CLAIMS[name][0] if name in CLAIMS else "vague-title" if name == "vague-description" else "story-form"
    return Figure(
        claim=name,
        rule=rule,
        data=data,
        true=counts[True, True],
        false=counts[True, False],
        missed=counts[False, True],
        rest=counts[False, False],
        wrong=tuple(wrong),
    )


if __name__ == "__main__":
    main()
