"""Break the rules and the sync, one small change at a time, and count what no test notices.

    python -m tests.mutating [PATH ...]

Works on a copy, with mutmut (`pip install --group mutants`). Prints every change that survived and the share that was
caught, by file and in all; the exit code is 1 where that is too small. Without a path it takes all parts of `TESTS`,
about half an hour on two cores, and writes docs/mutants.md. What a part gave is kept (dist/mutants/), so that a run
that was stopped goes on at the part where it was; a file is tried anew once its code or its tests' is another.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import ndiff
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "mutants.md"
KEPT = ROOT / "dist" / "mutants"
LEAST = 0.85

OF_EVERY_RULE = (
    "tests/test_every_rule.py",
    "tests/rules/test_bands.py",
    "tests/rules/test_limits.py",
    "tests/rules/test_messages.py",
)
FAMILIES = ("content", "flow", "ordering", "readiness", "roadmap", "size", "staleness", "waivers")

TESTS: Mapping[str, Sequence[str]] = {
    "backlint/sync.py": ("tests/sync",),
    "backlint/store/census.py": ("tests/store/test_suspects.py", "tests/store/test_store.py", "tests/sync"),
    **{f"rules/{family}": (f"tests/rules/{family}", *OF_EVERY_RULE) for family in FAMILIES},
}
"""Where the tests of each part are; of these, each change runs those that come by."""

ARGUMENTS = ("-k", "not postgresql")
"""A PostgreSQL that is started for each change would take longer than all the rest, and the code is the same."""

SURVIVED = {0, 5, 33}
"""What mutmut keeps for a change that was not caught: its tests passed, or there were none."""

ENDLESS = {-24, -9, 24, 36, 152, 255}
"""What it keeps where tests no longer ended."""

PATIENCE = 4.0
"""Tests have fifteen times as long as without the change, and as so many seconds: the machine may be busy."""

UNTRIED = {None, 2}
"""What it keeps where it was stopped before."""

NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "dist", "node_modules")


@dataclass(frozen=True)
class Tried:
    """The changes to one file."""

    path: str
    count: int
    survived: Sequence[str]
    """Those that no test noticed, as they read."""
    endless: int = 0
    """Those that were caught because the tests no longer ended."""

    @property
    def share(self) -> float:
        """How many were caught."""
        return 1 - len(self.survived) / max(self.count, 1)


def main() -> int:
    given = [path.rstrip("/") for path in sys.argv[1:]]
    tried = [file for path in given for file in _try([path], _tests(path))]
    if not given:
        tried = sorted((file for part in TESTS for file in _kept_or_tried(part)), key=lambda file: file.path)
        PAGE.write_text(_page(tried), "utf-8")
    for file in tried:
        for change in file.survived:
            _say(f"{change}\n")
    total = _total(tried)
    for file in [*tried, total]:
        _say(f"{file.share:7.1%} of {file.count:4} {file.path}")
    return total.share < LEAST


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _tests(path: str) -> Sequence[str]:
    return next((tests for part, tests in TESTS.items() if path.startswith(part)), ("tests",))


def _kept_or_tried(part: str) -> Iterable[Tried]:
    """What is kept of the files that are as they were, tests and all; the others are tried."""
    where = KEPT / f"{part.replace('/', '.')}.json"
    kept: dict[str, Any] = json.loads(where.read_text("utf-8")) if where.exists() else {}
    seen = {path: _fingerprint(path, *TESTS[part]) for path in _sources(part)}
    known = {path: Tried(**told["tried"]) for path, told in kept.items() if told["seen"] == seen.get(path)}
    if others := [path for path in seen if path not in known]:
        known |= {path: Tried(path, 0, []) for path in others}
        known |= {file.path: file for file in _try(others, TESTS[part])}
        told = {path: {"seen": seen[path], "tried": asdict(file)} for path, file in known.items()}
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(json.dumps(told, indent=1), "utf-8")
    return known.values()


def _sources(part: str) -> Sequence[str]:
    return [file.relative_to(ROOT).as_posix() for file in _code(part) if file.stem != "__init__"]


def _fingerprint(*paths: str) -> str:
    each = (f"{file.name} {sha256(file.read_bytes()).hexdigest()}" for path in paths for file in _code(path))
    return sha256("\n".join(each).encode()).hexdigest()


def _code(path: str) -> Sequence[Path]:
    return [ROOT / path] if path.endswith(".py") else sorted((ROOT / path).rglob("*.py"))


def _try(paths: Sequence[str], tests: Sequence[str]) -> Sequence[Tried]:
    """Break the files of these paths. Ends the program where mutmut gives up, or is stopped."""
    _say(f"{', '.join(paths)}: {', '.join(tests)}")
    with TemporaryDirectory() as folder:
        copy = _copy(Path(folder) / "backlint", paths, tests)
        environment = os.environ | {"CI": "1"}  # hypothesis looks at the same examples every time
        told = [_mutmut(), "run", "--max-children", str(os.cpu_count() or 1)]
        ran = subprocess.run(told, cwd=copy, check=False, env=environment)  # noqa: S603 - mutmut
        if ran.returncode:
            raise SystemExit(ran.returncode)
        return sorted(_read(copy), key=lambda file: file.path)


def _mutmut() -> str:
    return str(Path(sys.executable).with_name("mutmut"))


def _copy(copy: Path, paths: Sequence[str], tests: Sequence[str]) -> Path:
    """The checkout, with folders where it has links, and mutmut told what to change and what to run."""
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    told = {
        "source_paths": ["backlint"],
        "only_mutate": [_pattern(path) for path in paths],
        "also_copy": [one.name for one in copy.iterdir() if one.name != "backlint"],
        "timeout_constant": PATIENCE,
        "pytest_add_cli_args": ARGUMENTS,
        "pytest_add_cli_args_test_selection": tests,
    }
    with (copy / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[tool.mutmut]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in told.items()))
    return copy


def _pattern(path: str) -> str:
    within = path if path.startswith("backlint/") else f"backlint/{path}"
    return within if within.endswith(".py") else f"{within}/*.py"


def _read(copy: Path) -> Iterator[Tried]:
    for kept in (copy / "mutants").rglob("*.py.meta"):
        path = kept.relative_to(copy / "mutants").as_posix().removesuffix(".meta")
        passed_over = tuple(f".x_{name}__mutmut_" for name in _writers_of_examples((copy / path).read_text("utf-8")))
        told: dict[str, int | None] = json.loads(kept.read_text("utf-8"))["exit_code_by_key"]
        counted = {name: code for name, code in told.items() if not any(one in name for one in passed_over)}
        if untried := [name for name, code in counted.items() if code in UNTRIED]:
            raise SystemExit(f"{len(untried)} changes to {path} were not tried.")
        survived = [name for name, code in counted.items() if code in SURVIVED]
        if counted:
            read = (copy / "mutants" / path).read_text("utf-8")
            endless = sum(code in ENDLESS for code in counted.values())
            shown = path.replace("backlint/rules/", "rules/")
            yield Tried(shown, len(counted), [*_as_they_read(read, survived)], endless)


def _writers_of_examples(source: str) -> set[str]:
    """The private functions of a module that nothing in a function calls: they ran when the examples were read."""
    body = ast.parse(source).body
    private = {one.name: one for one in body if isinstance(one, ast.FunctionDef) and one.name.startswith("_")}
    public = [one for one in ast.walk(ast.Module(body, [])) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    reached = _names(one for one in public if one.name not in private)
    while more := _names(private[name] for name in reached & private.keys()) - reached:
        reached |= more
    return private.keys() - reached


def _names(functions: Iterable[ast.AST]) -> set[str]:
    return {node.id for one in functions for node in ast.walk(one) if isinstance(node, ast.Name)}


def _as_they_read(broken: str, names: Iterable[str]) -> Iterator[str]:
    """The changes as diffs, from mutmut's file with all of them: each a function beside the original one."""
    lines = broken.split("\n")
    functions = (one for one in ast.walk(ast.parse(broken)) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
    written = {one.name: lines[one.lineno : one.end_lineno] for one in functions}
    for name in names:
        function = name.rpartition(".")[2]
        before = written[f"{function.rpartition('_')[0]}_orig"]
        changed = [line for line in ndiff(before, written[function]) if line[0] in "+-"]
        yield "\n".join([name, *changed])


def _total(tried: Sequence[Tried]) -> Tried:
    survived = [change for file in tried for change in file.survived]
    return Tried("in all", sum(file.count for file in tried), survived, sum(file.endless for file in tried))


def _page(tried: Sequence[Tried]) -> str:
    total = _total(tried)
    endless = f" For {total.endless:,} of them a test no longer ended." if total.endless else ""
    return f"""# What the tests of the rules and the sync notice

Written by `make mutants`; not by hand.

mutmut breaks the code one small change at a time (a `<` becomes a `<=`, an `and` an `or`, an argument goes missing, a
word is spelled wrong) and runs the tests that come by: those of the sync, of the store, or of the rule's family, and
those that every rule has. A change that no test notices survives. Only what functions do is changed: the defaults and
descriptions of settings, patterns, examples and docstrings stand outside functions, and are held by the pages that are
written from them. Private functions that only write a rule's examples are not counted: they have run before a test
begins. Nothing else is left out, and no survivor is forgiven, though some change nothing that anybody could see. A file
keeps its figures until its code, or that of its tests, is another.

**{total.share:.1%} of {total.count:,} changes were caught.**{endless}

| file | changes | survived | caught |
|---|---|---|---|
""" + "".join(
        f"| `{file.path}` | {file.count} | {len(file.survived)} | {file.share:.1%} |\n" for file in tried if file.count
    )


if __name__ == "__main__":
    sys.exit(main())
