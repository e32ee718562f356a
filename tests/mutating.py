"""Break the rules and the sync, one small change at a time, and count what no test notices.

    python -m tests.mutating [PATH ...]

Works on a copy, with mutmut (`pip install --group mutants`). Prints every change that survived and the share that was
caught, by file and in all; the exit code is 1 where that is too small. Without a path it takes all of `PATHS`, about
half an hour, and writes docs/mutants.md.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "mutants.md"
PATHS = ("rules", "backlint/sync.py", "backlint/store/census.py")
LEAST = 0.85

TESTS = {
    "rules": ("tests/rules", "tests/test_every_rule.py"),
    "backlint/sync.py": ("tests/test_sync.py",),
    "backlint/store/census.py": ("tests/store/test_suspects.py", "tests/store/test_store.py", "tests/test_sync.py"),
}
"""Where the tests of a path are; of these, each change runs those that come by."""

SURVIVED = {0: "survived", 5: "no test", 33: "no test"}
"""What mutmut keeps for a change that was not caught. All else is a failed test, or one that no longer ends."""

UNTRIED = {None, 2}
"""What it keeps where it was stopped before."""

NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "dist", "node_modules")


@dataclass(frozen=True)
class Tried:
    """The changes to one file."""

    path: str
    count: int
    survived: Mapping[str, str]
    """Those that no test noticed, and why."""
    untried: int = 0
    """How many more there are, where a run was stopped."""

    @property
    def share(self) -> float:
        """How many were caught."""
        return 1 - len(self.survived) / max(self.count, 1)


def main() -> int:
    given = [path.rstrip("/") for path in sys.argv[1:]]
    with TemporaryDirectory() as folder:
        copy = _copy(Path(folder) / "backlint", given or PATHS)
        environment = os.environ | {"CI": "1"}  # hypothesis looks at the same examples every time
        told = [_mutmut(), "run", "--max-children", str(os.cpu_count() or 1)]
        ran = subprocess.run(told, cwd=copy, check=False, env=environment)  # noqa: S603 - mutmut
        if ran.returncode:
            return ran.returncode
        tried = sorted(_read(copy), key=lambda file: file.path)
        for file in tried:
            for name, why in file.survived.items():
                _say(f"{why}: {_change(copy, name)}\n")
    total = _total(tried)
    for file in [*tried, total]:
        _say(f"{file.share:7.1%} of {file.count:4} {file.path}")
    if not given:
        PAGE.write_text(_page(tried), "utf-8")
    return total.share < LEAST


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _mutmut() -> str:
    return str(Path(sys.executable).with_name("mutmut"))


def _copy(copy: Path, paths: Sequence[str]) -> Path:
    """The checkout, with folders where it has links, and mutmut told what to change and what to run."""
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    told = {
        "source_paths": ["backlint"],
        "only_mutate": [_pattern(path) for path in paths],
        "also_copy": [one.name for one in copy.iterdir() if one.name != "backlint"],
        "pytest_add_cli_args_test_selection": sorted({test for path in paths for test in _tests(path)}),
    }
    with (copy / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[tool.mutmut]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in told.items()))
    return copy


def _pattern(path: str) -> str:
    within = path if path.startswith("backlint/") else f"backlint/{path}"
    return within if within.endswith(".py") else f"{within}/*.py"


def _tests(path: str) -> tuple[str, ...]:
    return next((tests for place, tests in TESTS.items() if path.startswith(place)), ("tests",))


def _read(copy: Path) -> list[Tried]:
    files: list[Tried] = []
    for kept in (copy / "mutants").rglob("*.py.meta"):
        path = kept.relative_to(copy / "mutants").as_posix().removesuffix(".meta")
        passed_over = tuple(f".x_{name}__mutmut_" for name in _writers_of_examples((copy / path).read_text("utf-8")))
        told: dict[str, int | None] = json.loads(kept.read_text("utf-8"))["exit_code_by_key"]
        counted = {name: code for name, code in told.items() if not any(one in name for one in passed_over)}
        ended = {name: code for name, code in counted.items() if code not in UNTRIED}
        survived = {name: SURVIVED[code] for name, code in ended.items() if code in SURVIVED}
        if counted:
            shown = path.replace("backlint/rules/", "rules/")
            files.append(Tried(shown, len(ended), survived, len(counted) - len(ended)))
    return files


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


def _change(copy: Path, name: str) -> str:
    """The change as a diff."""
    shown = subprocess.run([_mutmut(), "show", name], cwd=copy, check=True, capture_output=True, text=True)  # noqa: S603 - mutmut
    lines = [line for line in shown.stdout.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    return "\n".join([name, *lines])


def _total(tried: Sequence[Tried]) -> Tried:
    survived = {name: why for file in tried for name, why in file.survived.items()}
    return Tried("in all", sum(file.count for file in tried), survived, sum(file.untried for file in tried))


def _page(tried: Sequence[Tried]) -> str:
    total = _total(tried)
    untried = f" {total.untried:,} more were not tried in this run." if total.untried else ""
    return f"""# What the tests of the rules and the sync notice

Written by `make mutants`; not by hand.

mutmut breaks the code one small change at a time (a `<` becomes a `<=`, an `and` an `or`, an argument goes missing, a
word is spelled wrong) and runs the tests that come by. A change that no test notices survives. Only what functions do
is changed: the defaults and descriptions of settings, patterns, examples and docstrings stand outside functions, and
are held by the pages that are written from them. Private functions that only write a rule's examples are not counted:
they have run before a test begins. Nothing else is left out, and no survivor is forgiven, though some change nothing
that anybody could see.

**{total.share:.1%} of {total.count:,} changes were caught.**{untried}

| file | changes | survived | caught |
|---|---|---|---|
""" + "".join(
        f"| `{file.path}` | {file.count} | {len(file.survived)} | {file.share:.1%} |\n" for file in tried if file.count
    )


if __name__ == "__main__":
    sys.exit(main())
