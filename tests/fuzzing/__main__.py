"""Fuzz what reads other people's writing, guided by coverage: `python -m tests.fuzzing [SECONDS] [TARGET ...]`.

Each target runs in a process of its own for so many seconds, as many at once as there are cores. An input that breaks
one is written to `dist/fuzzing/`, and the exit code is 1. Needs atheris (`pip install --group fuzz`).
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path

from tests.fuzzing.targets import TARGETS

SECONDS = 60
KEPT = Path("dist/fuzzing")
LONGEST = 4096
SLOW = 20
"""Seconds for one input: longer, and it counts as hung."""


def main() -> int:
    if find_spec("atheris") is None:
        print("No atheris here: `pip install --group fuzz` (Linux and macOS).")
        return 0
    given = sys.argv[1:]
    seconds = int(given[0]) if given and given[0].isdigit() else SECONDS
    names = [name for name in given if not name.isdigit()] or list(TARGETS)
    with ThreadPoolExecutor(os.cpu_count()) as cores:
        held = list(cores.map(_survives, names, repeat(seconds)))
    broken = [name for name, is_well in zip(names, held, strict=True) if not is_well]
    print(f"{len(names)} targets, {seconds} s each: " + (f"broken: {', '.join(broken)}" if broken else "nothing broke"))
    return 1 if broken else 0


def _survives(name: str, seconds: int) -> bool:
    corpus = KEPT / name
    corpus.mkdir(parents=True, exist_ok=True)
    limits = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        f"-timeout={SLOW}",
        f"-artifact_prefix={corpus}/crash-",
    ]
    environment = os.environ | {"BACKLINT_FUZZ": name}
    ran = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "tests.fuzzing.child", *limits, str(corpus)],
        env=environment, check=False, capture_output=True, text=True,
    )  # fmt: skip
    runs = next((line for line in reversed(ran.stderr.splitlines()) if line.startswith("Done")), "it stopped early")
    why = "" if ran.returncode == 0 else f"\n{ran.stdout[-3000:]}\n{ran.stderr[-3000:]}"
    print(f"{name}: {runs}{why}", flush=True)
    return ran.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
