"""`--pages`: a page of its own for each team, and one that leads to them."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backlint.cli.site import write_pages
from backlint.config import Surroundings, load
from backlint.health import Health
from tests.browser import Tab, browser, needs_chromium
from tests.cli.conftest import Shell
from tests.reports import sample
from tests.reports.page import read
from tests.reports.test_browser import AXE, needs_axe
from tests.reports.test_valid import faults, needs_checker

CHECKOUT = sample.health()
NOW = ("--now", "2026-11-22T08:00:00Z")


def site(folder: Path, *teams: Health) -> Path:
    write_pages(folder / "site", sample.run(*teams), load(around=Surroundings(folder, {})))
    return folder / "site"


def test_each_team_has_a_page_and_a_table(tmp_path: Path) -> None:
    folder = site(tmp_path, CHECKOUT, sample.health("Platform & Co", nth_night=False, items=8))
    names = [f"{team}.{form}" for team in ("checkout", "platform-co") for form in ("csv", "html", "json")]
    assert sorted(file.name for file in folder.iterdir()) == sorted([*names, "index.html"])
    page = read((folder / "checkout.html").read_text("utf-8"))
    assert [it.attributes["aria-label"] for it in page.every("article")] == ["Checkout"]
    rows = list(csv.reader((folder / "checkout.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == 1 + len(CHECKOUT.findings)


@pytest.mark.parametrize("name", ["index", "CHECKOUT", "../../etc/passwd", "", "日本", "a/b\\c"])
def test_no_name_writes_over_another_page_or_elsewhere(tmp_path: Path, name: str) -> None:
    folder = site(tmp_path, CHECKOUT, replace(CHECKOUT, name=name), replace(CHECKOUT, name=f"{name} "))
    assert len(list(folder.iterdir())) == 10
    assert [file for file in tmp_path.iterdir() if file.is_file()] == []
    links = [it.attributes["href"] for it in read((folder / "index.html").read_text("utf-8")).every("a")]
    assert sorted(links) == sorted(file.name for file in folder.glob("*.html") if file.name != "index.html")


def test_who_needs_somebody_comes_first(tmp_path: Path) -> None:
    well = replace(CHECKOUT, name="Well", is_well=True, headline="Ready for sprint planning")
    index = read((site(tmp_path, well, CHECKOUT) / "index.html").read_text("utf-8"))
    assert [it.text for it in index.every("strong")][1:] == ["Checkout", "Well"]
    assert next(index.every("h1")).text == "1 of 2 ready for planning"


def test_by_the_command(shell: Shell) -> None:
    shell.write_items({"title": "Pay by invoice", "body": ""})
    shell("check", "items.jsonl", "--exit-zero", "--pages", "nightly", "-o", "json=run.json", *NOW)
    shell("report", "--from", "run.json", "--pages", "again")
    first, again = (shell.directory / folder / "items-jsonl.html" for folder in ("nightly", "again"))
    assert first.read_text("utf-8") == again.read_text("utf-8")


def test_a_folder_that_cannot_be(shell: Shell) -> None:
    shell.write_items({"title": "Pay by invoice", "body": ""})
    shell.write("taken", "a file")
    said = shell("check", "items.jsonl", "--pages", "taken/inside", *NOW)
    assert said.code == 2
    assert said.err.startswith("error: --pages: The folder taken/inside cannot be made: ")


@needs_checker
def test_the_index_is_valid(tmp_path: Path) -> None:
    assert faults(site(tmp_path, CHECKOUT, replace(CHECKOUT, name="<b>x", grade=None)) / "index.html") == []


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with browser() as opened:
        yield opened


@needs_chromium
@needs_axe
@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("width", [390, 1180])
def test_everybody_can_read_the_index(tab: Tab, tmp_path: Path, width: int, is_dark: bool) -> None:
    page = site(tmp_path, CHECKOUT, replace(CHECKOUT, name="Platform " * 20)) / "index.html"
    tab.requests.clear()
    tab.show(page, width=width, is_dark=is_dark)
    assert tab.requests == [page.as_uri()]
    assert tab.ask("document.documentElement.scrollWidth") <= width
    tab.ask(AXE.read_text("utf-8"))
    found = tab.ask("axe.run().then(it => it.violations.map(each => `${each.id}: ${each.nodes[0].html}`))")
    assert found == []
