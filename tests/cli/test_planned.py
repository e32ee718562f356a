"""Readiness and the agenda as pages: what people read, whatever the titles are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from backlint.app.planned import Planned
from backlint.cli.planned import Page
from backlint.planning import agenda, plan
from tests.browser import Tab, browser, needs_chromium
from tests.cli.conftest import Shell
from tests.reports import hostile, sample
from tests.reports.page import read
from tests.reports.test_browser import AXE, needs_axe

NOW = ("--now", "2026-11-22T08:00:00Z")


def written(form: str, folder: Path, *titles: str, items: int = 64) -> Path:
    log = sample.backlog("Checkout", titles=titles or sample.TITLES, items=items)
    planning = plan(log, sample.said(log))
    file = folder / f"ready.{form}"
    Page(form, str(file)).write([Planned("Checkout", planning, agenda(planning, people=2))], log.now)
    return file


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_what_people_read(form: str, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    text = written(form, tmp_path, items=16).read_text("utf-8")
    assert (text.partition("<main>")[2] or text) == snapshot


@pytest.mark.parametrize("title", hostile.TITLES)
def test_a_hostile_title_is_only_shown(title: str, tmp_path: Path) -> None:
    told, plain = (read(written("html", tmp_path, it, items=12).read_text("utf-8")) for it in (title, "Plain"))
    assert [it.tag for it in told.every()] == [it.tag for it in plain.every()]


def test_pages_are_written_beside_the_answer(shell: Shell) -> None:
    shell.write_items({"title": "Pay by invoice", "body": ""})
    said = shell("ready", "items.jsonl", "--minutes", "30", "-o", "html=ready.html", "-o", "ready.md", *NOW)
    assert "cannot plan yet. Of the next 1, 0 are ready." in said.out
    assert "How will we see that it is done?" in (shell.directory / "ready.html").read_text("utf-8")
    assert (shell.directory / "ready.md").read_text("utf-8").startswith("# items.jsonl: not ready to plan\n")


def test_a_page_on_standard_output_stands_alone(shell: Shell) -> None:
    shell.write_items({"title": "Pay by invoice", "body": ""})
    assert shell("ready", "items.jsonl", "-o", "markdown", *NOW).out.startswith("# items.jsonl: not ready to plan\n")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("ready.pdf",), "--output ready.pdf: expected html=FILE or markdown=FILE."),
        (("html=nowhere/ready.html",), "--output html=nowhere/ready.html: there is no directory nowhere."),
        (("html", "markdown"), "Only one page can go to standard output; give the others a file."),
    ],
)
def test_what_cannot_be_written_is_said_first(shell: Shell, given: tuple[str, ...], said: str) -> None:
    answer = shell("ready", "items.jsonl", *(word for each in given for word in ("-o", each)))
    assert (answer.code, answer.err) == (2, f"error: {said}\n")


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with browser() as opened:
        yield opened


@needs_chromium
@needs_axe
@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("width", [390, 1180])
def test_everybody_can_read_it(tab: Tab, tmp_path: Path, width: int, is_dark: bool) -> None:
    page = written("html", tmp_path, *hostile.TITLES, *sample.TITLES)
    tab.requests.clear()
    tab.show(page, width=width, is_dark=is_dark)
    assert tab.requests == [page.as_uri()]
    assert tab.ask("document.documentElement.scrollWidth") <= width
    tab.ask(AXE.read_text("utf-8"))
    found = tab.ask("axe.run().then(it => it.violations.map(each => `${each.id}: ${each.nodes[0].html}`))")
    assert found == []
