"""The pages are valid HTML, whatever the titles are."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_planned import written
from tests.reports import hostile, report, sample

CHECKER = Path(__file__).resolve().parents[2] / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
NODE = shutil.which("node")
needs_checker = pytest.mark.skipif(not (NODE and CHECKER.exists()), reason="no html-validate here: npm install")
pytestmark = needs_checker


def faults(page: Path) -> list[str]:
    """What the checker says of a page."""
    assert NODE
    command = [NODE, str(CHECKER), "--preset", "standard", "--formatter", "json", str(page)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a tool of the tests
    return [f"{each['line']}: {each['message']}" for file in json.loads(told.stdout) for each in file["messages"]]


def test_the_nightly_page(tmp_path: Path) -> None:
    health = sample.health(titles=[*hostile.TITLES, *sample.TITLES], items=80)
    page = tmp_path / "report.html"
    run = sample.run(health, sample.health("Platform", nth_night=False))
    page.write_text(report("html", by_person=True).render(run), "utf-8")
    assert faults(page) == []


def test_the_readiness_page(tmp_path: Path) -> None:
    assert faults(written("html", tmp_path, *hostile.TITLES, *sample.TITLES)) == []


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text(
        "<!DOCTYPE html>\n<html lang='en'><head><title>x</title></head><body><p>a < b<div></p></body></html>"
    )
    assert faults(page)
