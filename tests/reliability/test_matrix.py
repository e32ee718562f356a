"""Every promise has its tests, which exist, and a long form that can be run."""

import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.reliability.matrix import MATRIX
from tests.reliability.page import UNTRIED, Figure, read, write

ROOT = Path(__file__).resolve().parents[2]


def test_no_row_is_missing() -> None:
    assert [*MATRIX] == [f"R{number}" for number in range(1, 18)]
    for row in MATRIX.values():
        assert row.promise.endswith(".")
        assert "|" not in row.promise
        assert row.tests
        assert find_spec(row.full[0])
        assert all(part in " ".join(row.full) or find_spec(part) for part in row.small[:1])


def test_every_test_that_is_named_is_there() -> None:
    named = sorted({test for row in MATRIX.values() for test in row.tests})
    collected = subprocess.run(  # noqa: S603 - our own tests
        [sys.executable, "-m", "pytest", "--collect-only", "-qq", "-p", "no:cacheprovider", "-p", "no:syrupy", *named],
        check=False, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert collected.returncode == 0, collected.stdout[-2000:]


def test_what_was_not_run_keeps_its_figure(tmp_path: Path) -> None:
    page = tmp_path / "reliability.md"
    assert read(page) == {}
    figures = {"R5": Figure("0 of 1,000 | lost", "1000", 61.0, date(2026, 11, 22))}
    write(page, MATRIX, figures)
    assert page.read_text().count(UNTRIED) == len(MATRIX) - 1
    kept = read(page)
    assert kept == {"R5": Figure("0 of 1,000 / lost", "1000", 61.0, date(2026, 11, 22))}
    write(page, MATRIX, kept | {"R6": Figure("48 passed in 9 s", "", 9.0, date(2026, 11, 23))})
    assert read(page)["R5"] == kept["R5"]


@pytest.mark.parametrize("name", MATRIX)
def test_the_page_has_every_row(name: str) -> None:
    assert f"\n| {name} | {MATRIX[name].promise} |" in (ROOT / "docs" / "reliability.md").read_text()
