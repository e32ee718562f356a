"""Run the long forms of the matrix one after the other, and write what they found to `docs/reliability.md`.

    python -m tests.reliability [--full] [--kills N] [--nights N] [ROW ...]

Without `--full` it is the short form of CI, which writes nothing. A row that was not run keeps its last figure.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.reliability.matrix import MATRIX, Row
from tests.reliability.page import Figure, read, write

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("--full", action="store_true", help="the long forms; their figures are written down")
    parser.add_argument("--kills", default="1000")
    parser.add_argument("--nights", default="1000")
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"one of {', '.join(MATRIX)}; all where none is named")
    asked = parser.parse_args()
    figures, is_well = read(PAGE), True
    for name in asked.rows or MATRIX:
        row = MATRIX[name]
        if not asked.full and not row.small:
            continue
        with tempfile.TemporaryDirectory(prefix="reliability-") as folder:
            sizes = {"kills": asked.kills, "nights": asked.nights, "folder": folder}
            figure, held = _run(row, [part.format(**sizes) for part in (row.full if asked.full else row.small)])
        is_well = is_well and held
        sys.stdout.write(f"{name}: {figure.found} ({figure.seconds:.0f} s){'' if held else ' - NOT HELD'}\n")
        sys.stdout.flush()
        if asked.full:
            figures[name] = figure
            write(PAGE, MATRIX, figures)
    return 0 if is_well else 1


def _run(row: Row, command: list[str]) -> tuple[Figure, bool]:
    """The figure is the last line that it says."""
    began = time.monotonic()
    ran = subprocess.run([sys.executable, "-m", *command], check=False, capture_output=True, text=True)  # noqa: S603
    said = ran.stdout.strip().splitlines() or ["nothing was said"]
    if ran.returncode:
        sys.stdout.write(f"{ran.stdout[-3000:]}{ran.stderr[-3000:]}\n")
    seconds = time.monotonic() - began
    size = "" if row.full[0] == "pytest" else " ".join(command[1:])
    today = date.fromtimestamp(time.time())  # noqa: DTZ012 - the day on the page is that of whoever ran it
    return Figure(found=said[-1].strip("= "), size=size, seconds=seconds, on=today), ran.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
