"""What a command costs before it does anything: `python -m benchmarks.startup`.

CPU of a child process above that of a bare Python, in turn, median of several. Milliseconds are this machine's, so the
import of pydantic alone is measured beside them: no command that reads a configuration can cost less.
"""

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.performance import record

ROUNDS = 5

BARE = "bare Python"
COMMANDS: Mapping[str, Sequence[str]] = {
    BARE: ("-c", "pass"),
    "import pydantic": ("-c", "import pydantic.dataclasses, pydantic_settings"),
    "backlint --version": ("-m", "backlint", "--version"),
    "backlint --help": ("-m", "backlint", "--help"),
    "imports of check": ("-c", "import backlint.cli.check"),
    "imports of a check that runs": ("-c", "import backlint.cli.check, backlint.app.checking"),
    "a check of one item": ("-m", "backlint", "check", "items.jsonl", "--exit-zero"),
}

TARGETS = {"backlint --version": 60, "imports of check": 250}
"""Milliseconds above a bare Python."""


def spent(arguments: Sequence[str], folder: Path) -> float:
    """Milliseconds of CPU."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S603
    after = getrusage(RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def measured(folder: Path) -> dict[str, float]:
    """The median of each, all measured in turn."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, arguments in COMMANDS.items():
            taken[name].append(spent(arguments, folder))
    return {name: median(each) for name, each in taken.items()}


def main() -> None:
    """Print a line for each."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--record", action="store_true", help="put the figures on the page")
    asked = parser.parse_args()
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "items.jsonl").write_text('{"key": "SHOP-1", "title": "Pay later"}\n')
        found = measured(folder)
    bare = found.pop(BARE)
    print(f"{BARE}: {bare:.0f} ms of CPU; above that, median of {ROUNDS}:")
    for name, each in found.items():
        target = f"   (at most {TARGETS[name]})" if name in TARGETS else ""
        print(f"{name:30} {each - bare:6.0f} ms{target}")
    if asked.record:
        record("startup", f"Median of {ROUNDS}.", {name: each - bare for name, each in found.items()})


if __name__ == "__main__":
    main()
